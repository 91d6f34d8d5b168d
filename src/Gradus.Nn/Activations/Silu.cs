namespace Gradus.Nn;

/// <summary>x / (1 + e⁻ˣ), element by element; also called swish.</summary>
public sealed class Silu : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Silu();
}
