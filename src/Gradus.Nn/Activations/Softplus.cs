using System.Globalization;

namespace Gradus.Nn;

/// <summary>log(1 + e^(beta·x)) / beta, and x itself where beta·x is above the threshold.</summary>
/// <param name="beta">Default 1.</param>
/// <param name="threshold">Default 20.</param>
public sealed class Softplus(double beta = 1, double threshold = 20) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Softplus(beta, threshold);

    /// <inheritdoc/>
    protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"{beta}, {threshold}");
}
