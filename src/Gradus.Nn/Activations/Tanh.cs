namespace Gradus.Nn;

/// <summary>tanh x, element by element.</summary>
public sealed class Tanh : Module<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Tanh();
}
