using Gradus.Data;

namespace Gradus.Training;

/// <summary>All that is usually asked of predictions of classes or of numbers, by name.</summary>
public static class Measures
{
    /// <summary>The measures of a model on samples, beside loss, accuracy and RMSE; none of text and of autoencoders.</summary>
    /// <remarks>
    /// Of classes: <c>balanced_accuracy</c>, <c>f1_macro</c>, <c>auc</c> (of each class against the others, mean over classes), <c>log_loss</c>,
    /// <c>brier</c> (mean of Σ (p − y)² over classes) and <c>calibration_error</c> (<see cref="CalibrationError"/>). Of numbers, in the target's unit:
    /// <c>mae</c>, <c>median_absolute_error</c>, <c>r2</c>, <c>mape</c>, a share, where no target is 0, and <c>coverage_90</c>, the share of targets in the
    /// intervals that cover 90 of 100 cases, where the model has such.
    /// </remarks>
    /// <param name="model">The model.</param>
    /// <param name="parts">Datasets as the model takes them.</param>
    public static IReadOnlyList<KeyValuePair<string, double>> Of(TrainedModel model, params IReadOnlyList<Dataset> parts)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(parts);
        if (model.Record.IsText || model.Reconstructs) return [];
        var (predictions, targets, labels) = (new List<float>(), new List<float>(), new List<int>());
        foreach (var data in parts)
        {
            foreach (var (rows, outputs) in Evaluation.Predict(model.Network, data))
            {
                predictions.AddRange(model.ToPredictions(outputs));
                if (data.Labels is { } known) labels.AddRange(rows.Select(row => known[row]));
                else targets.AddRange(model.ToTargets(data, rows));
            }
        }

        if (labels.Count > 0) return OfClasses([.. predictions], [.. labels]);
        var measures = OfNumbers([.. predictions], [.. targets]);
        if (model.Record.Calibration is not { } calibration || calibration.HalfWidthOf(CalibrationRecord.UsualCoverage) is not { } interval) return measures;
        var covered = predictions.Zip(targets).Count(pair => calibration.ErrorOf(pair.First, pair.Second) <= interval.HalfWidth);
        return [.. measures, new("coverage_90", (double)covered / targets.Count)];
    }

    /// <summary>The measures of probabilities, [samples · classes], and labels.</summary>
    internal static IReadOnlyList<KeyValuePair<string, double>> OfClasses(float[] probabilities, int[] labels)
    {
        var classes = probabilities.Length / labels.Length;
        var (scores, truth) = (Tensor.From(probabilities, [labels.Length, classes]), Tensor.From(labels, [labels.Length]));
        double logLoss = 0, brier = 0;
        for (var sample = 0; sample < labels.Length; sample++)
        {
            var row = probabilities.AsSpan(sample * classes, classes);
            logLoss -= Math.Log(Math.Max(row[labels[sample]], 1e-15));
            for (var other = 0; other < classes; other++)
            {
                var error = row[other] - (other == labels[sample] ? 1.0 : 0);
                brier += error * error;
            }
        }

        return
        [
            new("balanced_accuracy", Value(new BalancedAccuracy(), scores, truth)),
            new("f1_macro", Value(new F1(), scores, truth)),
            new("auc", Auc(probabilities, labels, classes)),
            new("log_loss", logLoss / labels.Length),
            new("brier", brier / labels.Length),
            new("calibration_error", CalibrationError.Of(probabilities, labels)),
        ];
    }

    /// <summary>The measures of predicted numbers and targets.</summary>
    internal static IReadOnlyList<KeyValuePair<string, double>> OfNumbers(float[] predictions, float[] targets)
    {
        double[] errors = [.. predictions.Zip(targets, static (prediction, target) => Math.Abs((double)prediction - target)).Order()];
        var measures = new List<KeyValuePair<string, double>>
        {
            new("mae", errors.Average()),
            new("median_absolute_error", (errors[(errors.Length - 1) / 2] + errors[errors.Length / 2]) / 2),
            new("r2", Value(new RSquared(), Tensor.From(predictions, [predictions.Length]), Tensor.From(targets, [targets.Length]))),
        };
        // A share of nothing says nothing.
        if (!targets.Contains(0))
        {
            measures.Add(new("mape", predictions.Zip(targets, static (prediction, target) => Math.Abs(((double)prediction - target) / target)).Average()));
        }

        return measures;
    }

    // Of the classes that are told apart at all: one that has no samples, or all of them, has no area.
    private static double Auc(float[] probabilities, int[] labels, int classes)
    {
        var areas = new List<double>();
        for (var label = classes == 2 ? 1 : 0; label < classes; label++)
        {
            var truth = Array.ConvertAll(labels, other => other == label ? 1 : 0);
            if (truth.Distinct().Count() < 2) continue;
            var scores = Enumerable.Range(0, labels.Length).Select(sample => probabilities[sample * classes + label]).ToArray();
            areas.Add(Value(new Auroc(), Tensor.From(scores, [scores.Length]), Tensor.From(truth, [truth.Length])));
        }

        return areas.Count == 0 ? double.NaN : areas.Average();
    }

    private static double Value(Metric metric, Tensor predictions, Tensor targets)
    {
        metric.Add(predictions, targets);
        return metric.Value;
    }
}
