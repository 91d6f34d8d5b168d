namespace Gradus.Nn;

/// <summary>x·Φ(x) with the standard normal distribution Φ, element by element. Hendrycks and Gimpel, "Gaussian error linear units", 2016.</summary>
/// <param name="tanh">Whether Φ is approximated by ½·(1 + tanh(√(2/π)·(x + 0.044715·x³))), as in GPT-2. Default false: the exact form.</param>
public sealed class Gelu(bool tanh = false) : Layer<Tensor, Tensor>
{
    /// <summary>Whether it is the approximation by tanh.</summary>
    internal bool IsTanh => tanh;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => tanh ? input.GeluTanh() : input.Gelu();

    /// <inheritdoc/>
    protected override string Describe() => tanh ? "tanh" : "";
}
