namespace Gradus.Nn;

/// <summary>x·Φ(x) with the standard normal distribution Φ, element by element: the exact form. Hendrycks and Gimpel, "Gaussian error linear units", 2016.</summary>
public sealed class Gelu : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Gelu();
}
