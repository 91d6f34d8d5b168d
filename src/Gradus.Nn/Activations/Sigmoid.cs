namespace Gradus.Nn;

/// <summary>1 / (1 + e⁻ˣ), element by element.</summary>
public sealed class Sigmoid : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Sigmoid();
}
