namespace Gradus.Nn;

/// <summary>min(max(x / 6 + 1/2, 0), 1), element by element.</summary>
public sealed class Hardsigmoid : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Hardsigmoid();
}
