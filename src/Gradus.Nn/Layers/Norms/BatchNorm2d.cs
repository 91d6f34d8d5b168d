namespace Gradus.Nn;

/// <summary>Batch norm of images, [samples, channels, height, width].</summary>
/// <inheritdoc cref="BatchNorm" path="/remarks"/>
public sealed class BatchNorm2d : BatchNorm
{
    /// <inheritdoc cref="BatchNorm1d(int?, double, double?, bool, bool)"/>
    public BatchNorm2d(int? channels = null, double epsilon = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStatistics = true)
        : base(2, channels, epsilon, momentum, affine, trackRunningStatistics)
    {
    }
}
