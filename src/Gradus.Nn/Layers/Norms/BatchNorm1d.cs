namespace Gradus.Nn;

/// <summary>Batch norm of [samples, channels] or [samples, channels, time].</summary>
/// <inheritdoc cref="BatchNorm" path="/remarks"/>
public sealed class BatchNorm1d : BatchNorm
{
    /// <summary>A layer for a number of channels.</summary>
    /// <param name="channels">The size of the input's axis 1.</param>
    /// <param name="epsilon">ε. Default 1e-5.</param>
    /// <param name="momentum">The share of a new batch in the running averages, default 0.1; null gives all batches equal shares.</param>
    /// <param name="affine">Whether there are weight and bias. Default true.</param>
    /// <param name="trackRunningStatistics">Whether running averages are kept, and used in place of the batch's own outside of training. Default true.</param>
    /// <exception cref="GradusException">There are no channels, or a setting is out of range.</exception>
    public BatchNorm1d(int channels, double epsilon = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStatistics = true)
        : base(1, channels, epsilon, momentum, affine, trackRunningStatistics)
    {
    }

    /// <summary>A layer whose first input tells the number of channels.</summary>
    /// <inheritdoc cref="BatchNorm1d(int, double, double?, bool, bool)"/>
    public BatchNorm1d(double epsilon = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStatistics = true)
        : base(1, null, epsilon, momentum, affine, trackRunningStatistics)
    {
    }

    private protected override bool NeedsNoPlaces => true;
}
