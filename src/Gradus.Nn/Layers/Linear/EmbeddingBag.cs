namespace Gradus.Nn;

/// <summary>Bags of indices.</summary>
/// <param name="Indices">[bags, indices of each], or, with offsets, [all indices].</param>
/// <param name="Offsets">Where each bag begins among all indices, the first at 0; none where the bags are rows.</param>
/// <param name="Weights">A factor for each index, shaped like the indices; only for sums. None by default.</param>
public readonly record struct BagInput(Tensor Indices, IReadOnlyList<int>? Offsets = null, Tensor? Weights = null)
{
    /// <summary>Bags of one size, [bags, indices].</summary>
    public static implicit operator BagInput(Tensor indices) => new(indices);

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(BagInput), PrintMembers);
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
    /// <summary>A table of <paramref name="count"/> rows.</summary>
    /// <param name="count">How many different indices there are.</param>
    /// <param name="width">The size of a row.</param>
    /// <param name="options">How rows become one, and the rest. Default: their mean, and a table that begins normal(0, 1).</param>
    /// <exception cref="GradusException">A size is not positive.</exception>
    public EmbeddingBag(int count, int width, EmbeddingBagOptions? options = null)
    {
        if (count < 1 || width < 1) throw new GradusException($"embeddingBag: {count} rows of {width}; both sizes must be at least 1.");
        options ??= new();
        (Mode, PaddingIndex, MaxNorm) = (options.Mode, options.PaddingIndex, options.MaxNorm);
        Weight = new Parameter([count, width], options.Init ?? Init.Normal());
    }

    /// <summary>The table, [count, width].</summary>
    public Parameter Weight { get; set => field = Register(value)!; }

    /// <summary>What becomes of the rows of a bag.</summary>
    internal BagMode Mode { get; }

    /// <summary>The index whose rows do not count.</summary>
    internal int? PaddingIndex { get; }

    /// <summary>The length that no row may exceed.</summary>
    internal double? MaxNorm { get; }

    /// <inheritdoc/>
    protected override Tensor Compute(BagInput input)
    {
        var (indices, offsets, weights) = input;
        if (indices.Rank != (offsets is null ? 2 : 1)) throw Expect.Got(offsets is null ? "[bags, indices]" : "[indices] with offsets", indices);
        if (weights is not null && (Mode != BagMode.Sum || weights.Shape != indices.Shape)) throw Expect.Got($"weights {indices.Shape} for a sum", weights);
        if (indices.DType is not (DType.Int32 or DType.Int64)) throw Expect.Got("indices, i32 or i64", indices);
        var index = indices.Flatten();
        if (MaxNorm is { } most) EmbeddingTable.Shorten(Weight, index, most);
        var rows = EmbeddingTable.Rows(Weight, index, null);
        if (weights is not null) rows *= weights.Reshape(-1, 1);
        var (places, counts) = Places(index, offsets ?? [.. Enumerable.Range(0, indices.Shape[0]).Select(bag => bag * indices.Shape[1])]);
        // One row more stands for all that is not there: it adds nothing, and is never the greatest.
        var bags = rows.Pad(0, 0, 1, value: Mode == BagMode.Max ? double.NegativeInfinity : 0)
            .IndexSelect(0, places.Flatten()).Unflatten(0, places.Shape[0], places.Shape[1]);
        return Mode switch
        {
            BagMode.Sum => bags.Sum(1),
            BagMode.Mean => bags.Sum(1) / counts.Clamp(min: 1).To(rows.DType).Unsqueeze(1),
            _ => Tensor.Where(counts.Unsqueeze(1) > 0, bags.Max(1).Item1, Tensor.Zeros([], rows.DType)),
        };
    }

    /// <inheritdoc/>
    protected override string Describe() =>
        $"{Weight.Shape[0]} → {Weight.Shape[1]}, {Mode switch { BagMode.Sum => "sum", BagMode.Mean => "mean", _ => "max" }}" +
        $"{(PaddingIndex is { } index ? FormattableString.Invariant($", padding index {index}") : "")}";

    /// <summary>
    /// The positions of each bag's indices, [bags, most of a bag], the number of all positions where there is none; and how many count in each bag.
    /// </summary>
    private (Tensor Places, Tensor Counts) Places(Tensor index, IReadOnlyList<int> offsets)
    {
        var count = (int)index.Count;
        if (offsets.Count == 0 || offsets[0] != 0)
        {
            throw new GradusException($"expected offsets that begin with 0, got {(offsets.Count == 0 ? "none" : string.Join(", ", offsets.Take(8)))}.");
        }

        var lengths = new int[offsets.Count];
        for (var bag = 0; bag < lengths.Length; bag++)
        {
            int from = offsets[bag], to = bag + 1 < lengths.Length ? offsets[bag + 1] : count;
            if (to < from || to > count)
            {
                throw new GradusException(FormattableString.Invariant($"expected offsets that rise up to {count}, got {from} and {to}."));
            }

            lengths[bag] = to - from;
        }

        var longest = Math.Max(1, lengths.Max());
        var places = new int[lengths.Length * longest];
        Array.Fill(places, count);
        var numbers = PaddingIndex is null ? null : index.To(DType.Int64).ToArray<long>();
        for (var bag = 0; bag < lengths.Length; bag++)
        {
            var counted = 0;
            for (var place = 0; place < lengths[bag]; place++)
            {
                if (numbers is null || numbers[offsets[bag] + place] != PaddingIndex) places[(bag * longest) + counted++] = offsets[bag] + place;
            }

            lengths[bag] = counted;
        }

        return (Tensor.From(places, [lengths.Length, longest]), Tensor.From(lengths, [lengths.Length]));
    }
}
