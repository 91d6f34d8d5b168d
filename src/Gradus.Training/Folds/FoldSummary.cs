namespace Gradus.Training;

/// <summary>What a kind of model does on rows that it did not learn from, over all folds.</summary>
/// <param name="Name"><c>network</c>, or the name of a <see cref="Baseline"/>.</param>
/// <param name="Loss">The loss, as of <see cref="Evaluation.Loss"/>: of classes the log loss.</param>
/// <param name="Accuracy">The accuracy, 0 to 1; null of numbers.</param>
/// <param name="RootMeanSquaredError">The root of the mean squared error, in the target's unit; null of classes.</param>
public sealed record FoldSummary(string Name, FoldFigure Loss, FoldFigure? Accuracy, FoldFigure? RootMeanSquaredError)
{
    /// <summary>The figures of a network and of the baselines beside it.</summary>
    /// <param name="folds">All folds of a cross-validation, 2 at least.</param>
    /// <exception cref="ArgumentException">There are fewer than 2 folds, or one held no rows out.</exception>
    public static IReadOnlyList<FoldSummary> Of(IReadOnlyList<FoldDone> folds)
    {
        ArgumentNullException.ThrowIfNull(folds);
        if (folds.Count < 2 || folds.Any(static fold => fold.Done.Test is null))
            throw new ArgumentException($"Got {folds.Count} folds, expected at least 2 with rows that were held out.", nameof(folds));
        return
        [
            Of("network", [.. folds.Select(static fold => fold.Done.Test!)]),
            .. folds[0].Done.Baselines.Select((baseline, index) => Of(baseline.Name, [.. folds.Select(fold => fold.Done.Baselines[index].Test!)])),
        ];
    }

    private static FoldSummary Of(string name, Evaluation[] folds) => new(
        name,
        FoldFigure.Of([.. folds.Select(static double? (fold) => fold.Loss)])!.Value,
        FoldFigure.Of([.. folds.Select(static fold => fold.Accuracy)]),
        FoldFigure.Of([.. folds.Select(static fold => fold.RootMeanSquaredError)]));
}
