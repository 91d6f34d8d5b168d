using System.Globalization;

namespace Gradus.Nn;

/// <summary>x brought into [min, max], element by element.</summary>
/// <param name="min">Default −1.</param>
/// <param name="max">Default 1.</param>
public sealed class Hardtanh(double min = -1, double max = 1) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Hardtanh(min, max);

    /// <inheritdoc/>
    protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"{min}, {max}");
}
