namespace Gradus.Nn;

/// <summary>A row of a table for each index: […] → […, width].</summary>
/// <remarks>The table begins normal(0, 1). Rows that occur several times add up their gradients in the order of the indices.</remarks>
public sealed class Embedding : Layer<Tensor, Tensor>
{
    private readonly int? _paddingIndex;

    /// <summary>A table of <paramref name="count"/> rows.</summary>
    /// <param name="count">How many different indices there are.</param>
    /// <param name="width">The size of a row.</param>
    /// <param name="init">How the table begins; unset, normal(0, 1).</param>
    /// <param name="paddingIndex">An index whose row begins as zeros and is not trained; none by default.</param>
    /// <param name="maxNorm">The greatest Euclidean norm of a row: rows above it are shortened in the table when they are read. None by default.</param>
    /// <exception cref="GradusException">A size is not positive, or there is no row of the padding's index.</exception>
    public Embedding(int count, int width, Init? init = null, int? paddingIndex = null, double? maxNorm = null)
    {
        if (count < 1 || width < 1) throw new GradusException($"embedding: {count} rows of {width}; both sizes must be at least 1.");
        if (paddingIndex < 0 || paddingIndex >= count) throw new GradusException($"embedding: padding index {paddingIndex}; expected 0 … {count - 1}.");
        (_paddingIndex, MaxNorm) = (paddingIndex, maxNorm);
        init ??= Init.Normal();
        Weight = new Parameter([count, width], paddingIndex is { } row ? new ZeroRow(init, row) : init);
    }

    /// <summary>The table, [count, width].</summary>
    public Parameter Weight { get; set => field = Register(value)!; }

    /// <summary>The length that no row may exceed.</summary>
    internal double? MaxNorm { get; }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (input.DType is not (DType.Int32 or DType.Int64)) throw Expect.Got("indices, i32 or i64", input);
        var index = input.Flatten();
        if (MaxNorm is { } most) EmbeddingTable.Shorten(Weight, index, most);
        return EmbeddingTable.Rows(Weight, index, _paddingIndex).Reshape([.. input.Shape.AsSpan(), Weight.Shape[1]]);
    }

    /// <inheritdoc/>
    protected override string Describe() => FormattableString.Invariant(
        $"{Weight.Shape[0]} → {Weight.Shape[1]}{(_paddingIndex is { } index ? $", padding index {index}" : "")}") +
            (MaxNorm is { } most ? FormattableString.Invariant($", norm at most {most}") : "");

    private sealed record ZeroRow(Init Rest, int Row) : Init
    {
        public override Tensor Create(Shape shape, Generator generator) => Rest.Create(shape, generator).IndexFill(0, Tensor.Of(Row), 0);
    }
}
