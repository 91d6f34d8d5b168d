namespace Gradus.Nn;

/// <summary>tanh x, element by element.</summary>
public sealed class Tanh : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Tanh();
}
