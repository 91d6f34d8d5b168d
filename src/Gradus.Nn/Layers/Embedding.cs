namespace Gradus.Nn;

/// <summary>A row of a table for each index: […] → […, width].</summary>
/// <remarks>The table begins normal(0, 1). Rows that occur several times add up their gradients in the order of the indices.</remarks>
public sealed class Embedding : Layer<Tensor, Tensor>
{
    /// <summary>A table of <paramref name="count"/> rows.</summary>
    /// <param name="count">How many different indices there are.</param>
    /// <param name="width">The size of a row.</param>
    /// <param name="init">How the table begins; unset, normal(0, 1).</param>
    /// <exception cref="GradusException">A size is not positive.</exception>
    public Embedding(int count, int width, Init? init = null)
    {
        if (count < 1 || width < 1) throw new GradusException($"embedding: {count} rows of {width}; both sizes must be at least 1.");
        Weight = new Parameter([count, width], init ?? Init.Normal());
    }

    /// <summary>The table, [count, width].</summary>
    public Parameter Weight { get; set => field = Register(value)!; }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Weight.Value.IndexSelect(0, input.Flatten()).Reshape([.. input.Shape.AsSpan(), Weight.Shape[1]]);

    /// <inheritdoc/>
    protected override string Describe() => $"{Weight.Shape[0]} → {Weight.Shape[1]}";
}
