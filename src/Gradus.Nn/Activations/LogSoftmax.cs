using System.Globalization;

namespace Gradus.Nn;

/// <summary>log(eˣ / Σ eˣ) along an axis.</summary>
/// <param name="axis">The axis. Default: the last.</param>
public sealed class LogSoftmax(int axis = -1) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.LogSoftmax(axis);

    /// <inheritdoc/>
    protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"{axis}");
}
