using System.Globalization;

namespace Gradus.Nn;

/// <summary>x where |x| is above lambda, else 0.</summary>
/// <param name="lambda">λ. Default 0.5.</param>
public sealed class Hardshrink(double lambda = 0.5) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Hardshrink(lambda);

    /// <inheritdoc/>
    protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"{lambda}");
}
