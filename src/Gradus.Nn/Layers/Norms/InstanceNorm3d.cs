namespace Gradus.Nn;

/// <summary>Instance norm of volumes, [samples, channels, depth, height, width].</summary>
/// <inheritdoc cref="InstanceNorm" path="/remarks"/>
public sealed class InstanceNorm3d : InstanceNorm
{
    /// <inheritdoc cref="InstanceNorm1d(int, double, bool, double, bool)"/>
    public InstanceNorm3d(int channels, double epsilon = 1e-5, bool affine = false, double momentum = 0.1, bool trackRunningStatistics = false)
        : base(3, channels, epsilon, momentum, affine, trackRunningStatistics)
    {
    }

    /// <summary>A layer whose first input tells the number of channels.</summary>
    /// <inheritdoc cref="InstanceNorm1d(int, double, bool, double, bool)"/>
    public InstanceNorm3d(double epsilon = 1e-5, bool affine = false, double momentum = 0.1, bool trackRunningStatistics = false)
        : base(3, null, epsilon, momentum, affine, trackRunningStatistics)
    {
    }
}
