namespace Gradus.Nn;

/// <summary>Settings of <see cref="EmbeddingBag"/>.</summary>
public sealed record EmbeddingBagOptions
{
    /// <summary>How rows become one. Default: <see cref="BagMode.Mean"/>.</summary>
    public BagMode Mode { get; init; } = BagMode.Mean;

    /// <summary>How the table begins. Unset: normal(0, 1).</summary>
    public Init? Init { get; init; }

    /// <summary>An index that counts as if it were not in the bag. Default: null, none.</summary>
    public int? PaddingIndex { get; init; }

    /// <summary>The greatest Euclidean norm of a row: rows above it are shortened in the table when they are read. Default: null, none.</summary>
    public double? MaxNorm { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(EmbeddingBagOptions), PrintMembers);
}
