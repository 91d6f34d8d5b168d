using Gradus.Data;

namespace Gradus.Training.Tests.Tables;

public class TargetTransformTests
{
    private static readonly TableOptions Logarithms = new() { Task = TaskKind.Regress, TargetTransform = TargetTransform.Log };

    [Fact]
    public void Predictions_errors_and_baselines_are_in_the_unit_of_the_target()
    {
        // given: ln(1 + y) is linear
        var (model, data) = Prepared(Logarithms);

        // when
        var trainer = new Trainer(model.Network, data, new TrainingOptions { Epochs = 5, BatchSize = 32, Baselines = true }, model.TargetDeviation);
        var done = (TrainingDone)trainer.Run().Last();
        using var folder = new TemporaryFolder();
        model.Save(folder["m.safetensors"]);
        model = TrainedModel.Load(folder["m.safetensors"]);

        // then
        model.Network.Eval();
        var rows = Enumerable.Range(0, data.Test.Count).ToArray();
        using var noGrad = new NoGrad();
        var predictions = model.ToPredictions(model.Network.Forward(data.Test.InputTensor(rows)));
        var targets = model.ToTargets(data.Test, rows);
        Assert.All(targets, static target => Assert.InRange(target, 0, 4000));
        Assert.Contains(targets, static target => target > 100);
        Assert.All(predictions, static prediction => Assert.InRange(prediction, 0, 100_000));
        var root = Math.Sqrt(predictions.Zip(targets, static (prediction, target) => Math.Pow((double)prediction - target, 2)).Average());
        var evaluation = Evaluation.Of(model.Network, data.Test, model.TargetDeviation);
        Assert.Equal(root, evaluation.RootMeanSquaredError!.Value, 1e-3 * root);
        Assert.Equal(done.Test!.RootMeanSquaredError!.Value, evaluation.RootMeanSquaredError.Value, 9);
        Assert.Equal(root, Evaluation.Merge([(evaluation, 10), (evaluation, 20)], model.TargetDeviation).RootMeanSquaredError!.Value, 1e-3 * root);
        Assert.Equal(root, RunEvaluation.Of(model, data with { Validation = data.Test })!.RootMeanSquaredError!.Value, 1e-3 * root);
        var (linear, mean) = (done.Baselines[0].Test!.RootMeanSquaredError!.Value, done.Baselines[1].Test!.RootMeanSquaredError!.Value);
        Assert.InRange(linear, 0, 0.3 * mean);
        Assert.InRange(mean, 50, 2000);
        Assert.InRange(PermutationImportance.Of(model, data.Test)[0].Importance, 50, 10_000);
    }

    [Fact]
    public void An_interval_is_wider_above_than_below_and_covers_what_it_says()
    {
        // given
        var (model, data) = Prepared(Logarithms with { ValidationShare = 0.4 });
        _ = new Trainer(model.Network, data, new TrainingOptions { Epochs = 2, BatchSize = 32 }, model.TargetDeviation).Run().Last();

        // when
        model = model.Calibrate(data.Validation);
        using var folder = new TemporaryFolder();
        model.Save(folder["m.safetensors"]);
        var predictor = Predictor.Load(folder["m.safetensors"]);

        // then
        var prediction = predictor.Predict(new Dictionary<string, object?> { ["x"] = 80 });
        var interval = prediction.Interval!.Value;
        Assert.True(interval.To - prediction.Value > prediction.Value - interval.From, $"{prediction.Value}: {interval}");
        Assert.InRange(interval.From, 0, prediction.Value);
        Assert.Equal((1 + interval.To) / (1 + prediction.Value), (1 + prediction.Value) / (1 + interval.From), 1e-6);
        Assert.InRange(Measures.Of(model, data.Validation).Single(static measure => measure.Key == "coverage_90").Value, 0.9, 0.95);
    }

    [Fact]
    public void A_time_series_of_logarithms_is_compared_with_its_last_value()
    {
        // given
        var table = Table.From(Enumerable.Range(0, 200)).Target("y", static row => Math.Exp(row % 12 / 3.0));

        // when
        var plain = table.Split(new TableOptions { Window = 3, TestShare = 0.3 });
        var logarithms = table.Split(new TableOptions { Window = 3, TestShare = 0.3, TargetTransform = TargetTransform.Log });

        // then
        var expected = plain.Preprocessing.PersistenceError(plain.Data.Test)!.Value;
        Assert.Equal(expected, logarithms.Preprocessing.PersistenceError(logarithms.Data.Test)!.Value, 1e-4 * expected);
    }

    private static (TrainedModel Model, DataSplit Data) Prepared(TableOptions options)
    {
        var table = Table.From(Enumerable.Range(0, 300)).Column("x", static row => row * 37 % 101)
            .Target("y", static row => Math.Exp((row * 37 % 101 / 14.0) + (row * 53 % 17 / 40.0)) - 1).Split(options);
        var (model, data) = TrainedModel.Prepare(ModelSpec.Parse("table:2,16,1"), table, options);
        model.Network.Initialize(0);
        return (model, data);
    }
}
