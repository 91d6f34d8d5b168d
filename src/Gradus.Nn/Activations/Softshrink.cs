using System.Globalization;

namespace Gradus.Nn;

/// <summary>x drawn towards 0 by lambda, and 0 where |x| is at most lambda.</summary>
/// <param name="lambda">λ. Default 0.5.</param>
public sealed class Softshrink(double lambda = 0.5) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Softshrink(lambda);

    /// <inheritdoc/>
    protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"{lambda}");
}
