namespace Gradus.Nn;

/// <summary>The scaled exponential linear unit, which keeps mean 0 and variance 1 from layer to layer. Klambauer et al., 2017.</summary>
public sealed class Selu : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Selu();
}
