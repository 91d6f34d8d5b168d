namespace Gradus.Data;

/// <summary>The options of <see cref="ArrayFile.LoadSplit"/>.</summary>
public sealed record ArrayOptions
{
    /// <summary>The name of the array of inputs. Default: <c>x</c>.</summary>
    public string Inputs { get; init; } = "x";

    /// <summary>The name of the array of labels or targets; without such an array the samples have none. Default: <c>y</c>.</summary>
    public string Targets { get; init; } = "y";

    /// <summary>The names of the classes, such as those of a model. Default: null, the numbers from 0 to the largest label.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>The fraction of the samples for validation, from 0 to below 1, where there are no arrays for it. Default: 0.1.</summary>
    public double ValidationShare { get; init; } = 0.1;

    /// <summary>The fraction of the samples for the test, from 0 to below 1, where there are no arrays for it. Default: 0.1.</summary>
    public double TestShare { get; init; } = 0.1;

    /// <summary>The seed of the split. Default: 0.</summary>
    public ulong Seed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(ArrayOptions), PrintMembers);
}
