using Gradus.Data;

namespace Gradus.Training;

/// <summary>Trains a network several times, each time without another part of the rows, which it is judged by then: an honest figure of small tables.</summary>
public static class CrossValidation
{
    /// <summary>Trains once for each fold. The preprocessing, too, is learnt without the rows that are held out.</summary>
    /// <param name="spec">The architecture.</param>
    /// <param name="folds">The number of folds, 2 or more.</param>
    /// <param name="split">Reads the rows for a fold: <c>fold => table.Split(options with { Fold = fold })</c>.</param>
    /// <param name="training">How each network is trained. Default: null, as the architecture suggests.</param>
    /// <param name="cancellation">Ends the cross-validation after the current batch, without the fold that was trained.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 folds.</exception>
    public static IEnumerable<FoldDone> Run(
        ModelSpec spec, int folds, Func<TableFold, TableSplit> split, TrainingOptions? training = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(split);
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        return RunAll(spec, folds, split, training, cancellation);
    }

    private static IEnumerable<FoldDone> RunAll(
        ModelSpec spec, int folds, Func<TableFold, TableSplit> split, TrainingOptions? training, CancellationToken cancellation)
    {
        for (var number = 1; number <= folds; number++)
        {
            var fold = new TableFold(number, folds);
            var (model, data) = TrainedModel.Prepare(spec, split(fold));
            var trainer = new Trainer(model.Network, data, training ?? spec.DefaultOptions(data.Train.Count), model.TargetDeviation);
            if (trainer.RunByEpoch(cancellation).Last() is not TrainingDone done) yield break;
            yield return new FoldDone(fold, done);
        }
    }
}
