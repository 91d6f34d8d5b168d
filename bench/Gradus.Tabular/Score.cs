using System.Globalization;

namespace Gradus.Tabular;

/// <summary>How a model did on the rows held out.</summary>
/// <param name="Accuracy">The share of rows whose class is right; null for numbers.</param>
/// <param name="Loss">The mean cross-entropy of classes in nats, or the root of the mean squared error in the target's unit.</param>
internal readonly record struct Score(double? Accuracy, double Loss)
{
    public static string Head => "| table | model | accuracy | log loss or RMSE | CPU seconds of a training | seconds |\n|---|---|---|---|---|---|";

    public static Score OfClasses(IReadOnlyList<double[]> probabilities, int[] labels)
    {
        var (right, loss) = (0, 0.0);
        for (var row = 0; row < labels.Length; row++)
        {
            var of = probabilities[row];
            if (Array.IndexOf(of, of.Max()) == labels[row]) right++;
            loss -= Math.Log(Math.Clamp(of[labels[row]], 1e-15, 1));
        }

        return new Score((double)right / labels.Length, loss / labels.Length);
    }

    public static Score OfNumbers(IReadOnlyList<double> predictions, IReadOnlyList<double> targets) =>
        new(null, Math.Sqrt(predictions.Zip(targets, static (prediction, target) => (prediction - target) * (prediction - target)).Average()));

    public static string Row(TableSet set, string name, IReadOnlyList<Score> folds, double cpu, double seconds)
    {
        var accuracy = folds[0].Accuracy is null ? "" : Mean(folds.Select(static fold => fold.Accuracy!.Value));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {set.Name} | {name} | {accuracy} | {Mean(folds.Select(static fold => fold.Loss))} | {cpu:0.0} | {seconds:0.0} |");
    }

    private static string Mean(IEnumerable<double> values)
    {
        double[] all = [.. values];
        var mean = all.Average();
        var error = all.Length < 2 ? 0 : Math.Sqrt(all.Sum(value => (value - mean) * (value - mean)) / (all.Length - 1) / all.Length);
        return mean > 100
            ? string.Create(CultureInfo.InvariantCulture, $"{mean:0} ± {error:0}")
            : string.Create(CultureInfo.InvariantCulture, $"{mean:0.0000} ± {error:0.0000}");
    }
}
