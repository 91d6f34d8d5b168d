namespace Gradus.Nn;

/// <summary>Batch norm of volumes, [samples, channels, depth, height, width].</summary>
/// <inheritdoc cref="BatchNorm" path="/remarks"/>
public sealed class BatchNorm3d : BatchNorm
{
    /// <inheritdoc cref="BatchNorm1d(int, double, double?, bool, bool)"/>
    public BatchNorm3d(int channels, double epsilon = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStatistics = true)
        : base(3, channels, epsilon, momentum, affine, trackRunningStatistics)
    {
    }

    /// <summary>A layer whose first input tells the number of channels.</summary>
    /// <inheritdoc cref="BatchNorm1d(int, double, double?, bool, bool)"/>
    public BatchNorm3d(double epsilon = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStatistics = true)
        : base(3, null, epsilon, momentum, affine, trackRunningStatistics)
    {
    }
}
