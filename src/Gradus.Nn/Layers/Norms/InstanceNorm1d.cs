namespace Gradus.Nn;

/// <summary>Instance norm of lines, [samples, channels, time].</summary>
/// <inheritdoc cref="InstanceNorm" path="/remarks"/>
public sealed class InstanceNorm1d : InstanceNorm
{
    /// <summary>A layer for a number of channels.</summary>
    /// <param name="channels">The size of the input's axis 1.</param>
    /// <param name="epsilon">ε. Default 1e-5.</param>
    /// <param name="affine">Whether there are weight and bias. Default false.</param>
    /// <param name="momentum">The share of a new batch in the running averages. Default 0.1.</param>
    /// <param name="trackRunningStatistics">Whether running averages are kept, and used outside of training. Default false.</param>
    /// <exception cref="GradusException">There are no channels, or a setting is out of range.</exception>
    public InstanceNorm1d(int channels, double epsilon = 1e-5, bool affine = false, double momentum = 0.1, bool trackRunningStatistics = false)
        : base(1, channels, epsilon, momentum, affine, trackRunningStatistics)
    {
    }

    /// <summary>A layer whose first input tells the number of channels.</summary>
    /// <inheritdoc cref="InstanceNorm1d(int, double, bool, double, bool)"/>
    public InstanceNorm1d(double epsilon = 1e-5, bool affine = false, double momentum = 0.1, bool trackRunningStatistics = false)
        : base(1, null, epsilon, momentum, affine, trackRunningStatistics)
    {
    }
}
