namespace Gradus.Nn;

/// <summary>x − tanh x, element by element.</summary>
public sealed class Tanhshrink : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Tanhshrink();
}
