using System.Globalization;

namespace Gradus.Nn;

/// <summary>e⁻ˣ / Σ e⁻ˣ along an axis.</summary>
/// <param name="axis">The axis whose elements sum to 1. Default: the last.</param>
public sealed class Softmin(int axis = -1) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Softmin(axis);

    /// <inheritdoc/>
    protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"{axis}");
}
