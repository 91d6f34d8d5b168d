namespace Gradus.Nn;

/// <summary>min(max(x, 0), 6), element by element.</summary>
public sealed class Relu6 : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Relu6();
}
