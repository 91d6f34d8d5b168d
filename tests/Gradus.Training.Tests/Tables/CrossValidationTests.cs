using Gradus.Data;

namespace Gradus.Training.Tests.Tables;

public class CrossValidationTests
{
    private static readonly TrainingOptions Short = new() { Epochs = 3, BatchSize = 16, Baselines = true };

    [Fact]
    public void Each_row_is_held_out_once_and_no_fold_knows_of_its_rows()
    {
        // given
        var splits = new List<TableSplit>();

        // when
        var folds = CrossValidation.Run(ModelSpec.Parse("mlp:4"), 5, Split, Short).ToArray();

        // then: 21 rows in parts of 4 or 5
        Assert.Equal([1, 2, 3, 4, 5], folds.Select(static fold => fold.Fold.Number));
        var held = splits.SelectMany(static split => Enumerable.Range(0, split.Data.Test.Count).Select(row =>
            (int)Math.Round((split.Data.Test.Targets![row] * split.Preprocessing.Target.Deviation) + split.Preprocessing.Target.Mean)));
        Assert.Equal(Enumerable.Range(0, 21), held.Order());
        Assert.All(splits, static split => Assert.Equal((2, 21), (split.Data.Validation.Count, split.Data.Train.Count + 2 + split.Data.Test.Count)));
        Assert.Equal(5, splits.Select(static split => split.Preprocessing.Columns[0].Mean).Distinct().Count());

        TableSplit Split(TableFold fold)
        {
            splits.Add(Rows(21).Split(new TableOptions { Task = TaskKind.Regress, Fold = fold }));
            return splits[^1];
        }
    }

    [Fact]
    public void Figures_are_means_over_the_folds_with_their_standard_errors()
    {
        // when
        var folds = CrossValidation.Run(ModelSpec.Parse("mlp:4"), 4, fold => Rows(40).Split(new TableOptions { Task = TaskKind.Regress, Fold = fold }), Short)
            .ToArray();
        var models = FoldSummary.Of(folds);

        // then
        Assert.Equal(["network", "linear", "mean"], models.Select(static model => model.Name));
        var errors = folds.Select(static fold => fold.Done.Test!.RootMeanSquaredError!.Value).ToArray();
        var mean = errors.Average();
        Assert.Equal(mean, models[0].RootMeanSquaredError!.Value.Mean, 12);
        Assert.Equal(Math.Sqrt(errors.Sum(error => Math.Pow(error - mean, 2)) / 3) / 2, models[0].RootMeanSquaredError!.Value.StandardError, 12);
        Assert.Null(models[0].Accuracy);
        Assert.InRange(models[1].RootMeanSquaredError!.Value.Mean, 0, 0.5 * models[2].RootMeanSquaredError!.Value.Mean);
    }

    [Fact]
    public void It_ends_where_it_is_canceled_and_takes_no_more_folds_than_rows()
    {
        // given
        using var stop = new CancellationTokenSource();
        TableSplit Split(TableFold fold) => Rows(21).Split(new TableOptions { Task = TaskKind.Regress, Fold = fold });

        // when
        var done = new List<FoldDone>();
        foreach (var fold in CrossValidation.Run(ModelSpec.Parse("mlp:4"), 5, Split, Short, stop.Token))
        {
            done.Add(fold);
            if (done.Count == 2) stop.Cancel();
        }

        // then
        Assert.Equal(2, done.Count);
        var error = Assert.Throws<InvalidDataException>(() => CrossValidation.Run(ModelSpec.Parse("mlp:4"), 22, Split, Short).ToArray());
        Assert.Contains("21 rows are too few for 22 folds: take fewer with Fold.", error.Message, StringComparison.Ordinal);
    }

    private static TableRecords<int> Rows(int count) =>
        Table.From(Enumerable.Range(0, count)).Column("x", static row => row + (row % 3)).Target("y", static row => row);
}
