namespace Gradus.Training;

/// <summary>
/// The loss of a step is NaN or infinite. The trainer looks for the operator at fault and ends the run with a <see cref="TrainingException"/>.
/// </summary>
/// <param name="loss">The loss.</param>
public sealed class NotFiniteLossException(double loss) : Exception(FormattableString.Invariant($"the loss is {loss}"))
{
    /// <summary>The loss.</summary>
    public double Loss => loss;
}
