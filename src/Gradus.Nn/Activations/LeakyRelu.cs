using System.Globalization;

namespace Gradus.Nn;

/// <summary>x from 0 on, else slope·x, element by element.</summary>
/// <param name="slope">The slope below 0. Default 0.01.</param>
public sealed class LeakyRelu(double slope = 0.01) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.LeakyRelu(slope);

    /// <inheritdoc/>
    protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"{slope}");
}
