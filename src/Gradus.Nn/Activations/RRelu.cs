using System.Globalization;

namespace Gradus.Nn;

/// <summary>x from 0 on, else slope·x, with a slope drawn for each element from [lower, upper) in training and their mean in use. Xu et al., 2015.</summary>
/// <param name="lower">The least slope. Default 1/8.</param>
/// <param name="upper">The greatest. Default 1/3.</param>
public sealed class RRelu(double lower = 1.0 / 8, double upper = 1.0 / 3) : Layer<Tensor, Tensor>
{
    internal override bool DiffersInTraining => true;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.RRelu(lower, upper, IsTraining ? Random : null);

    /// <inheritdoc/>
    protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"{lower:G4}, {upper:G4}");
}
