using System.Globalization;

namespace Gradus.Nn;

/// <summary>x above a threshold, else a value, element by element.</summary>
/// <param name="threshold">What x must exceed.</param>
/// <param name="value">What stands in its place if it does not.</param>
public sealed class Threshold(double threshold, double value) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Threshold(threshold, value);

    /// <inheritdoc/>
    protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"{threshold}, {value}");
}
