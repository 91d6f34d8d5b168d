using Gradus.Data;

namespace Gradus.Training;

/// <summary>A training of a cross-validation that is over.</summary>
/// <param name="Fold">The part of the rows that was held out.</param>
/// <param name="Done">How the training ended; its test set is the rows that were held out.</param>
public sealed record FoldDone(TableFold Fold, TrainingDone Done);
