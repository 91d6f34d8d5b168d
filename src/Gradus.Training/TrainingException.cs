namespace Gradus.Training;

/// <summary>A training run that cannot continue, because its loss or weights are NaN or infinite.</summary>
/// <param name="message">What happened, in which epoch and batch, and what may help.</param>
public sealed class TrainingException(string message) : GradusException(message)
{
    /// <summary>
    /// The state of the run before the step that failed, with its batch: all that is needed to make the step once more. Null where no step failed.
    /// </summary>
    public TrainingState? Replay { get; init; }
}
