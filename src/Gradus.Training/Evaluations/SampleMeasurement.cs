using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>Measures a model on a dataset, sample by sample.</summary>
internal sealed class SampleMeasurement(TrainedModel model, Dataset data)
{
    private const int BatchSize = 256;

    // A window of text has many tokens: what 32 of them need stays in the cache.
    private const int TextBatchSize = 32;

    private readonly WorstRows _worst = new(RunEvaluation.MostWorst);
    private readonly ConfusionMatrix? _confusion = data.IsText || data.ClassNames is null ? null : new ConfusionMatrix(data.ClassNames);
    private readonly long[] _support = new long[data.IsText ? 0 : data.ClassNames?.Count ?? 0];
    private double _sum;
    private double _inUnits;

    public RunEvaluation Measure(string split)
    {
        List<TargetPoint>? points = data.Targets is null ? null : [];
        foreach (var (rows, outputs) in Evaluation.Predict(model.Network, data, data.IsText ? TextBatchSize : BatchSize))
        {
            using var noGrad = new NoGrad();
            var losses = LossesOf(rows, outputs);
            for (var index = 0; index < rows.Length; index++)
            {
                _sum += losses[index];
                _worst.Add(rows[index], losses[index]);
            }

            if (data.TargetScale is { } scale) _inUnits += Regression.SquaredErrors(outputs, data.TargetTensor(rows), scale).Sum();
            if (_confusion is not null) Count(rows, outputs);
            if (points is not null) AddPoints(points, rows, outputs);
        }

        var loss = _sum / data.Count;
        return new RunEvaluation
        {
            Split = split,
            Samples = data.Count,
            Loss = Finite(loss),
            Accuracy = _confusion?.Accuracy,
            RootMeanSquaredError = data.ClassNames is null ? Finite(RootOf(loss)) : null,
            Classes = _confusion is { } counts ? [.. Enumerable.Range(0, _support.Length).Select(label => ClassOf(counts, label))] : null,
            Confusion = _confusion is { } small && _support.Length <= RunEvaluation.MostClassesInMatrix ? Rows(small) : null,
            Confused = _confusion is { } all ? Largest(all) : null,
            Target = model.Reconstructs ? null : model.Table?.Target.Name,
            Points = points,
            Worst = WorstOf(),
        };
    }

    /// <summary>A number, or null if it is not finite.</summary>
    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private double RootOf(double loss) => data.TargetScale is null ? Math.Sqrt(loss) * model.TargetDeviation : Math.Sqrt(_inUnits / data.Count);

    private double[] LossesOf(int[] rows, Tensor outputs)
    {
        if (data.ClassNames is null) return Evaluation.SquaredErrors(outputs, data, rows);
        var flat = data.IsText ? outputs.Flatten(0, 1) : outputs;
        var losses = Losses.CrossEntropy(flat, data.LabelTensor(rows), Reduction.None).ToArray<double>();
        return data.IsText ? [.. losses.Chunk(data.PredictionsPerSample).Select(static window => window.Average())] : losses;
    }

    private void Count(int[] rows, Tensor outputs)
    {
        var predicted = outputs.ArgMax(1).ToArray<int>();
        // NaN is above and below nothing: the class that ArgMax names then is none that the network chose.
        var isUndecided = outputs.NotEqual(outputs).Any(1).ToArray<bool>();
        for (var index = 0; index < rows.Length; index++)
        {
            var label = data.Labels![rows[index]];
            _support[label]++;
            if (isUndecided[index]) _confusion!.AddUndecided();
            else _confusion!.Add(label, predicted[index]);
        }
    }

    /// <summary>Every so many of the targets, in their order.</summary>
    private void AddPoints(List<TargetPoint> points, int[] rows, Tensor outputs)
    {
        var (targets, predictions) = (model.ToTargets(data, rows), model.ToPredictions(outputs));
        var all = (long)data.Count * data.TargetSize;
        var every = (all + RunEvaluation.MostPoints - 1) / RunEvaluation.MostPoints;
        for (var index = 0; index < targets.Length; index++)
        {
            if ((((long)rows[0] * data.TargetSize) + index) % every == 0) points.Add(new TargetPoint(targets[index], Finite(predictions[index])));
        }
    }

    private ClassResult ClassOf(ConfusionMatrix confusion, int label) => new(
        data.ClassNames![label], _support[label], Enumerable.Range(0, _support.Length).Sum(actual => confusion[actual, label]), confusion[label, label]);

    private long[][] Rows(ConfusionMatrix confusion) => [.. confusion.ToArray().Chunk(_support.Length)];

    private ConfusedPair[] Largest(ConfusionMatrix confusion) =>
    [
        .. (from actual in Enumerable.Range(0, _support.Length)
           from predicted in Enumerable.Range(0, _support.Length)
           let count = confusion[actual, predicted]
           where actual != predicted && count > 0
           orderby count descending, actual, predicted
           select new ConfusedPair(data.ClassNames![actual], data.ClassNames[predicted], count)).Take(RunEvaluation.MostConfusions),
    ];

    private SampleResult[] WorstOf()
    {
        var found = _worst.ToArray();
        int[] rows = [.. found.Select(static one => one.Row)];
        var view = new SampleView(model, data.Select(rows));
        return [.. found.Select((one, index) => view.Of(index) with { Row = one.Row, Loss = Finite(one.Loss) })];
    }
}
