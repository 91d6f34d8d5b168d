using System.Globalization;

namespace Gradus.Nn;

/// <summary>x from 0 on, else alpha·(eˣ − 1), element by element. Clevert et al., 2015.</summary>
/// <param name="alpha">The limit at −∞ is −alpha. Default 1.</param>
public sealed class Elu(double alpha = 1) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Elu(alpha);

    /// <inheritdoc/>
    protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"{alpha}");
}
