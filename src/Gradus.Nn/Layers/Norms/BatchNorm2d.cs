namespace Gradus.Nn;

/// <summary>Batch norm of images, [samples, channels, height, width].</summary>
/// <inheritdoc cref="BatchNorm" path="/remarks"/>
public sealed class BatchNorm2d : BatchNorm
{
    /// <inheritdoc cref="BatchNorm1d(int, double, double?, bool, bool)"/>
    public BatchNorm2d(int channels, double epsilon = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStatistics = true)
        : base(2, channels, epsilon, momentum, affine, trackRunningStatistics)
    {
    }

    /// <summary>A layer whose first input tells the number of channels.</summary>
    /// <inheritdoc cref="BatchNorm1d(int, double, double?, bool, bool)"/>
    public BatchNorm2d(double epsilon = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStatistics = true)
        : base(2, null, epsilon, momentum, affine, trackRunningStatistics)
    {
    }
}
