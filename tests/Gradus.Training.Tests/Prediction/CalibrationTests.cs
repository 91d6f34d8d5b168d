using Gradus.Data;

namespace Gradus.Training.Tests;

public sealed class CalibrationTests
{
    [Fact]
    public void Probabilities_of_a_network_that_is_too_sure_come_near_to_how_often_it_is_right()
    {
        // given: logits three times as far apart as they should be
        var (model, data) = Linear(weight: 6, count: 4000);

        // when
        var calibrated = model.Calibrate(data.Select([.. Enumerable.Range(0, 2000)]));

        // then: learnt from one half, measured on the other
        var calibration = calibrated.Record.Calibration!;
        Assert.InRange(calibration.Temperature!.Value, 2.7, 3.3);
        var rest = data.Select([.. Enumerable.Range(2000, 2000)]);
        Assert.True(ErrorOf(model, rest) > 0.08, "it was not too sure");
        Assert.True(ErrorOf(calibrated, rest) < 0.03, $"{ErrorOf(calibrated, rest)}");
        Assert.Equal(calibration.ErrorAfter!.Value, ErrorOf(calibrated, data.Select([.. Enumerable.Range(0, 2000)])), 1e-4);
    }

    [Fact]
    public void A_network_that_is_always_right_does_not_become_certain()
    {
        // given
        var (model, data) = Linear(weight: 2, count: 50, isCertain: true);

        // when
        var calibration = model.Calibrate(data).Record.Calibration!;

        // then
        Assert.InRange(calibration.Temperature!.Value, 0.06, 1);
    }

    [Fact]
    public void Intervals_cover_what_they_say()
    {
        // given
        var (model, data) = Values(4000);

        // when
        var calibrated = model.Calibrate(data.Select([.. Enumerable.Range(0, 2000)]));

        // then
        var predictor = new Predictor(calibrated);
        foreach (var coverage in (double[])[0.5, 0.8, 0.9, 0.95, 0.99])
        {
            var covered = 0;
            var inputs = new float[1];
            for (var row = 2000; row < 4000; row++)
            {
                data.Inputs.CopyRows([row], inputs);
                var interval = predictor.Predict(inputs).IntervalOf(coverage)!.Value;
                if (data.Targets![row] >= interval.From && data.Targets[row] <= interval.To) covered++;
            }

            Assert.InRange(covered / 2000.0, coverage - 0.02, coverage + 0.02);
        }
    }

    [Fact]
    public void Of_few_samples_only_the_intervals_that_they_can_tell_are_known()
    {
        // given
        var (model, data) = Values(20);

        // when
        var intervals = model.Calibrate(data).Record.Calibration!.Intervals!;

        // then: of 20 errors the largest covers 20 of 21 cases; of fewer samples nothing is learnt
        Assert.Null(model.Calibrate(data.Select([.. Enumerable.Range(0, 19)])).Record.Calibration);
        Assert.Equal([0.5, 0.8, 0.9, 0.95], intervals.Select(static interval => interval.Coverage));
    }

    [Fact]
    public void A_calibration_is_saved_with_the_model()
    {
        // given
        var (model, data) = Values(100);
        var calibrated = model.Calibrate(data);
        using var stream = new MemoryStream();

        // when
        calibrated.Save(stream);
        stream.Position = 0;
        var loaded = TrainedModel.Load(stream);

        // then
        Assert.Equal(calibrated.Record.ToJson(), loaded.Record.ToJson());
        Assert.Equal(new Predictor(calibrated).Predict([0.5f]).Interval, new Predictor(loaded).Predict([0.5f]).Interval);
    }

    private static double ErrorOf(TrainedModel model, Dataset data)
    {
        var labels = new int[data.Count];
        data.CopyLabels([.. Enumerable.Range(0, data.Count)], labels);
        return CalibrationError.Of(Evaluation.Predict(model.Network, data).SelectMany(batch => model.ToPredictions(batch.Outputs)).ToArray(), labels);
    }

    // One number x in −1 … 1; the class is drawn with the probability that logits of ±2x / 2 say.
    private static (TrainedModel Model, Dataset Data) Linear(float weight, int count, bool isCertain = false)
    {
        var inputs = new float[count];
        var labels = new int[count];
        for (var row = 0; row < count; row++)
        {
            inputs[row] = (2 * Drawn(row, 1)) - 1;
            labels[row] = (isCertain ? inputs[row] > 0 : Drawn(row, 2) < 1 / (1 + Math.Exp(-4 * inputs[row]))) ? 1 : 0;
        }

        var data = Dataset.OfClasses("drawn", [1], Inputs.Of(inputs, 1), labels, ["no", "yes"]);
        return (Of(data, [-weight, weight], 2, ["no", "yes"]), data);
    }

    private static (TrainedModel Model, Dataset Data) Values(int count)
    {
        var inputs = new float[count];
        var targets = new float[count];
        for (var row = 0; row < count; row++)
        {
            inputs[row] = Drawn(row, 1);
            targets[row] = (3 * inputs[row]) + Drawn(row, 2) + Drawn(row, 3) - 1;
        }

        var data = Dataset.OfTargets("drawn", [1], Inputs.Of(inputs, 1), targets);
        return (Of(data, [3], 1, null), data);
    }

    private static TrainedModel Of(Dataset data, float[] weights, int outputs, string[]? classes)
    {
        var network = ModelSpec.Parse("mlp").Build(ModelData.Of(data));
        network.Initialize(0);
        network.LoadState(network.State().ToDictionary(
            static entry => entry.Key, entry => entry.Value.Rank == 2 ? Tensor.From(weights, [outputs, 1]) : Tensor.Zeros([outputs])));
        return new TrainedModel(network, new ModelRecord
        {
            Gradus = "0.1.0",
            Model = "mlp",
            InputShape = [1],
            Outputs = outputs,
            ClassNames = classes,
            Data = "arrays",
            Split = new SplitRecord { Seed = 0 },
        });
    }

    private static float Drawn(int row, int stream) => (uint)(((row + 1) * 2654435761L * stream) + (row * 40503L)) % 65536 / 65536f;
}
