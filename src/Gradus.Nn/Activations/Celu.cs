using System.Globalization;

namespace Gradus.Nn;

/// <summary>x from 0 on, else alpha·(e^(x/alpha) − 1), element by element. Barron, 2017.</summary>
/// <param name="alpha">The limit at −∞ is −alpha. Default 1.</param>
public sealed class Celu(double alpha = 1) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Celu(alpha);

    /// <inheritdoc/>
    protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"{alpha}");
}
