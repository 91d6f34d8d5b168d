namespace Gradus.Data;

/// <summary>How samples are mixed in pairs.</summary>
public sealed record MixOptions
{
    /// <summary>
    /// The share of the one sample is drawn from Beta(α, α): near 0 or 1 for small α, near one half for large. 0.01 to 1000. Default: null, 0.2 for MixUp
    /// and 1 for CutMix.
    /// </summary>
    public double? Alpha { get; init; }

    /// <summary>Number of classes, where targets are class numbers. Default: null, that of a <see cref="Dataset"/>.</summary>
    public int? Classes { get; init; }

    /// <summary>The share of the samples that are mixed, 0 to 1. Default: 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>The seed of all draws. Default: 0.</summary>
    public ulong Seed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(MixOptions), PrintMembers);
}
