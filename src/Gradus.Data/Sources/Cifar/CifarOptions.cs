namespace Gradus.Data;

/// <summary>The datasets of the CIFAR format.</summary>
public enum CifarVariant
{
    /// <summary>CIFAR-10: ten classes, from airplane to truck.</summary>
    Ten,

    /// <summary>CIFAR-100: a hundred classes, from apple to worm.</summary>
    Hundred,
}

/// <summary>The options of <see cref="Cifar.Load"/>.</summary>
public sealed record CifarOptions
{
    /// <summary>The dataset. Default: CIFAR-10.</summary>
    public CifarVariant Variant { get; init; } = CifarVariant.Ten;

    /// <summary>The fraction of the training pictures for validation, from 0 to below 1. Default: null, which means 0.1, at most 5,000 pictures.</summary>
    public double? ValidationShare { get; init; }

    /// <summary>The seed that selects the pictures for validation. Default: 0.</summary>
    public ulong Seed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(CifarOptions), PrintMembers);
}
