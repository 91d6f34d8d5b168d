namespace Gradus.Training;

/// <summary>A training run that cannot go on.</summary>
/// <param name="message">What happened, where, and what may help.</param>
public sealed class TrainingException(string message) : GradusException(message);
