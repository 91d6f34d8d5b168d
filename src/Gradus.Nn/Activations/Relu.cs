namespace Gradus.Nn;

/// <summary>max(x, 0), element by element.</summary>
public sealed class Relu : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Relu();
}
