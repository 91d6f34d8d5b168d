namespace Gradus.Nn;

/// <summary>Bags of indices.</summary>
/// <param name="Indices">[bags, indices of each], or, with offsets, [all indices].</param>
/// <param name="Offsets">Where each bag begins among all indices, the first at 0; none where the bags are rows.</param>
/// <param name="Weights">A factor for each index, shaped like the indices; only for sums. None by default.</param>
public readonly record struct BagInput(Tensor Indices, IReadOnlyList<int>? Offsets = null, Tensor? Weights = null)
{
    /// <summary>Bags of one size, [bags, indices].</summary>
    public static implicit operator BagInput(Tensor indices) => new(indices);
}

/// <summary>How an <see cref="EmbeddingBag"/> makes one row of several.</summary>
public enum BagMode
{
    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The greatest of each column.</summary>
    Max,
}

/// <summary>The sum, mean or maximum of the rows of a table that a bag of indices names: [bags, indices] → [bags, width]. An empty bag gives zeros.</summary>
/// <remarks>The table begins normal(0, 1).</remarks>
public sealed class EmbeddingBag : Layer<BagInput, Tensor>
{
    private readonly BagMode _mode;
    private readonly int? _paddingIndex;

    /// <summary>A table of <paramref name="count"/> rows.</summary>
    /// <param name="count">How many different indices there are.</param>
    /// <param name="width">The size of a row.</param>
    /// <param name="mode">How rows become one. Default: the mean.</param>
    /// <param name="init">How the table begins; unset, normal(0, 1).</param>
    /// <param name="paddingIndex">An index that counts as if it were not in the bag; none by default.</param>
    /// <exception cref="GradusException">A size is not positive.</exception>
    public EmbeddingBag(int count, int width, BagMode mode = BagMode.Mean, Init? init = null, int? paddingIndex = null)
    {
        if (count < 1 || width < 1) throw new GradusException($"embeddingBag: {count} rows of {width}; both sizes must be at least 1.");
        (_mode, _paddingIndex) = (mode, paddingIndex);
        Weight = new Parameter([count, width], init ?? Init.Normal());
    }

    /// <summary>The table, [count, width].</summary>
    public Parameter Weight { get; set => field = Register(value)!; }

    /// <inheritdoc/>
    protected override Tensor Compute(BagInput input)
    {
        var (indices, offsets, weights) = input;
        if (indices.Rank != (offsets is null ? 2 : 1)) throw Expect.Got(offsets is null ? "[bags, indices]" : "[indices] with offsets", indices);
        if (weights is not null && (_mode != BagMode.Sum || weights.Shape != indices.Shape)) throw Expect.Got($"weights {indices.Shape} for a sum", weights);
        var count = (int)indices.Count;
        offsets ??= [.. Enumerable.Range(0, indices.Shape[0]).Select(bag => bag * indices.Shape[1])];
        if (offsets.Count == 0 || offsets[0] != 0) throw new GradusException("expected offsets that begin with 0.");
        var rows = EmbeddingTable.Rows(Weight, indices.Flatten(), null);
        if (weights is not null) rows *= weights.Reshape(-1, 1);
        var bags = new Tensor[offsets.Count];
        for (var bag = 0; bag < bags.Length; bag++)
        {
            int from = offsets[bag], to = bag + 1 < bags.Length ? offsets[bag + 1] : count;
            if (to < from || to > count) throw new GradusException(FormattableString.Invariant($"expected offsets that rise up to {count}, got {from} and {to}."));
            bags[bag] = Join(Counted(rows.Slice(0, from, to - from), indices.Flatten().Slice(0, from, to - from)));
        }

        return Tensor.Stack(bags);
    }

    /// <inheritdoc/>
    protected override string Describe() => $"{Weight.Shape[0]} → {Weight.Shape[1]}, {_mode switch { BagMode.Sum => "sum", BagMode.Mean => "mean", _ => "max" }}{(_paddingIndex is { } index ? FormattableString.Invariant($", padding index {index}") : "")}";

    private Tensor Counted(Tensor rows, Tensor indices) => _paddingIndex is { } padding ? rows.IndexSelect(0, indices.NotEqual(padding).NonZero().Flatten()) : rows;

    private Tensor Join(Tensor rows)
    {
        if (rows.Shape[0] == 0) return Tensor.Zeros([rows.Shape[1]], rows.DType);
        return _mode switch { BagMode.Sum => rows.Sum(0), BagMode.Mean => rows.Mean(0), _ => rows.Max(0).Item1 };
    }
}
