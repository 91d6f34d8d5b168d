using Gradus.Data;

namespace Gradus.Training;

/// <summary>Learns from samples that a model was not trained on how sure it may be.</summary>
internal static class Calibration
{
    // The cross-entropy is convex in 1 / temperature, so that a golden section finds its least value; each turn leaves 0.618 of the range.
    private const int Turns = 48;
    private const double Golden = 0.61803398874989485;

    // So many samples more count, that turned out as the network says. Few samples would tell of themselves alone: where all are right, the best temperature
    // would be 0.
    private const double Believed = 50;

    // Of fewer nothing is learnt: their few mistakes would say more of chance than of the network.
    private const int LeastForClasses = 50;
    private const int LeastForValues = 20;

    private static readonly double[] Coverages = [0.5, 0.8, CalibrationRecord.UsualCoverage, 0.95, 0.99];

    /// <summary>The calibration of a model; null where there is none to learn: too few samples, a text, an autoencoder, several values.</summary>
    public static CalibrationRecord? Of(TrainedModel model, Dataset data)
    {
        if (data.Count == 0 || model.Reconstructs || model.Record.IsText) return null;
        if (model.Record.ClassNames is not null) return data.Count < LeastForClasses ? null : OfClasses(model, data);
        return model.Record.Outputs == 1 && data.Count >= LeastForValues ? OfValues(model, data) : null;
    }

    private static CalibrationRecord? OfClasses(TrainedModel model, Dataset data)
    {
        using var noGrad = new NoGrad();
        var classes = model.Record.Outputs;
        var logits = new double[data.Count * classes];
        var labels = new int[data.Count];
        foreach (var (rows, outputs) in Evaluation.Predict(model.Network, data))
        {
            outputs.To(DType.Float64).ToArray<double>().CopyTo(logits, rows[0] * classes);
            data.CopyLabels(rows, labels.AsSpan(rows[0], rows.Length));
        }

        if (!Array.TrueForAll(logits, double.IsFinite)) return null;
        var all = Tensor.From(logits, [data.Count, classes]);
        var wanted = OneHot(labels, classes) + (all.Softmax() * (Believed / labels.Length));
        var inverse = Least(CalibrationRecord.LowestTemperature, CalibrationRecord.HighestTemperature, inverse => CrossEntropy(all * inverse, wanted));
        return new CalibrationRecord
        {
            Samples = data.Count,
            Temperature = 1 / inverse,
            ErrorBefore = CalibrationError.Of(all.Softmax().To(DType.Float32).ToArray<float>(), labels),
            ErrorAfter = CalibrationError.Of((all * inverse).Softmax().To(DType.Float32).ToArray<float>(), labels),
        };
    }

    private static Tensor OneHot(int[] labels, int classes)
    {
        var wanted = new double[labels.Length * classes];
        for (var sample = 0; sample < labels.Length; sample++) wanted[(sample * classes) + labels[sample]] = 1;
        return Tensor.From(wanted, [labels.Length, classes]);
    }

    private static double CrossEntropy(Tensor logits, Tensor wanted) => -(logits.LogSoftmax() * wanted).Sum().Item<double>();

    private static double Least(double from, double to, Func<double, double> function)
    {
        var (left, right) = (to - (Golden * (to - from)), from + (Golden * (to - from)));
        var (atLeft, atRight) = (function(left), function(right));
        for (var turn = 0; turn < Turns; turn++)
        {
            if (atLeft <= atRight)
            {
                (to, right, atRight) = (right, left, atLeft);
                left = to - (Golden * (to - from));
                atLeft = function(left);
            }
            else
            {
                (from, left, atLeft) = (left, right, atRight);
                right = from + (Golden * (to - from));
                atRight = function(right);
            }
        }

        return (from + to) / 2;
    }

    private static CalibrationRecord? OfValues(TrainedModel model, Dataset data)
    {
        var calibration = new CalibrationRecord
        {
            Samples = data.Count,
            OfLogarithms = model.Table?.Target.Transform == TargetTransform.Log ? true : null,
        };
        var errors = new double[data.Count];
        foreach (var (rows, outputs) in Evaluation.Predict(model.Network, data))
        {
            var (predictions, targets) = (model.ToPredictions(outputs), model.ToTargets(data, rows));
            for (var index = 0; index < rows.Length; index++) errors[rows[index]] = calibration.ErrorOf(predictions[index], targets[index]);
        }

        if (!Array.TrueForAll(errors, double.IsFinite)) return null;
        Array.Sort(errors);
        var intervals = new List<IntervalRecord>();
        foreach (var coverage in Coverages)
        {
            // Of n samples and one more, each is as likely as any other to have the k-th error.
            var rank = (int)Math.Ceiling((errors.Length + 1) * coverage);
            if (rank <= errors.Length) intervals.Add(new IntervalRecord { Coverage = coverage, HalfWidth = errors[rank - 1] });
        }

        return intervals.Count == 0 ? null : calibration with { Intervals = intervals };
    }
}
