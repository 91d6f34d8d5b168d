namespace Gradus.Training;

/// <summary>A training run that cannot continue, because its loss or weights are NaN or infinite.</summary>
/// <param name="message">What happened, in which epoch and batch, and what may help.</param>
public sealed class TrainingException(string message) : GradusException(message);
