namespace Gradus.Training.Tests;

/// <summary>A metric, data for it, and its definition in plain arithmetic.</summary>
/// <param name="Make">A fresh one.</param>
/// <param name="Text">How it prints.</param>
/// <param name="Data">Predictions and targets of a number of samples, from a seed.</param>
/// <param name="Definition">The figure, from arrays of predictions and targets.</param>
internal sealed record MetricSpec(Func<Metric> Make, string Text, Func<int, (Tensor Predictions, Tensor Targets)> Data,
    Func<double[], double[], double> Definition)
{
    private const int Classes = 4;

    /// <summary>A spec for every metric.</summary>
    public static readonly IReadOnlyDictionary<string, MetricSpec> All = new Dictionary<string, MetricSpec>
    {
        ["accuracy"] = new(static () => new Accuracy(), "Accuracy(1)", Scored, static (x, y) => Mean(y, i => Rank(x, y, i) < 1 ? 1 : 0)),
        ["top 2"] = new(static () => new Accuracy(2), "Accuracy(2)", Scored, static (x, y) => Mean(y, i => Rank(x, y, i) < 2 ? 1 : 0)),
        ["balanced"] = new(static () => new BalancedAccuracy(), "BalancedAccuracy", Scored,
            static (x, y) => Averaged(x, y, "macro", static (right, _, missed) => right / (right + missed))),
        ["precision"] = new(static () => new Precision(), "Precision(Macro)", Scored,
            static (x, y) => Averaged(x, y, "macro", static (right, wrong, _) => right / (right + wrong))),
        ["precision, micro"] = new(static () => new Precision(ClassAverage.Micro), "Precision(Micro)", Scored,
            static (x, y) => Averaged(x, y, "micro", static (right, wrong, _) => right / (right + wrong))),
        ["recall"] = new(static () => new Recall(), "Recall(Macro)", Scored,
            static (x, y) => Averaged(x, y, "macro", static (right, _, missed) => right / (right + missed))),
        ["recall, weighted"] = new(static () => new Recall(ClassAverage.Weighted), "Recall(Weighted)", Scored,
            static (x, y) => Averaged(x, y, "weighted", static (right, _, missed) => right / (right + missed))),
        ["f1"] = new(static () => new F1(), "F1(Macro)", Scored, static (x, y) => Averaged(x, y, "macro", Harmonic)),
        ["f1, micro"] = new(static () => new F1(ClassAverage.Micro), "F1(Micro)", Scored, static (x, y) => Averaged(x, y, "micro", Harmonic)),
        ["f1, weighted"] = new(static () => new F1(ClassAverage.Weighted), "F1(Weighted)", Scored, static (x, y) => Averaged(x, y, "weighted", Harmonic)),
        ["auroc"] = new(static () => new Auroc(), "Auroc", Ranked, static (x, y) =>
        {
            var pairs = y.Index().Where(static a => a.Item == 1)
                .SelectMany(a => y.Index().Where(static b => b.Item == 0).Select(b => x[a.Index].CompareTo(x[b.Index])));
            return pairs.Average(static order => (order + 1) / 2.0);
        }),
        ["average precision"] = new(static () => new AveragePrecision(), "AveragePrecision", Ranked, static (x, y) =>
        {
            double Above(double score, Func<double, bool> which) => y.Index().Count(entry => x[entry.Index] >= score && which(entry.Item));
            return y.Index().Where(static entry => entry.Item == 1)
                .Average(entry => Above(x[entry.Index], static t => t == 1) / Above(x[entry.Index], static _ => true));
        }),
        ["log loss"] = new(static () => new LogLoss(), "LogLoss", Scored, CrossEntropy),
        ["perplexity"] = new(static () => new Perplexity(), "Perplexity", Scored, static (x, y) => Math.Exp(CrossEntropy(x, y))),
        ["mse"] = new(static () => new MeanSquaredError(), "MeanSquaredError", Real, static (x, y) => Mean(y, i => Math.Pow(x[i] - y[i], 2))),
        ["rmse"] = new(static () => new RootMeanSquaredError(), "RootMeanSquaredError", Real,
            static (x, y) => Math.Sqrt(Mean(y, i => Math.Pow(x[i] - y[i], 2)))),
        ["mae"] = new(static () => new MeanAbsoluteError(), "MeanAbsoluteError", Real, static (x, y) => Mean(y, i => Math.Abs(x[i] - y[i]))),
        ["r²"] = new(static () => new RSquared(), "RSquared", Real,
            static (x, y) => 1 - (Mean(y, i => Math.Pow(x[i] - y[i], 2)) / Mean(y, i => Math.Pow(y[i] - y.Average(), 2)))),
    };

    // Scores of few values, so that some are equal.
    private static (Tensor, Tensor) Scored(int samples) =>
        ((Tensor.Randn([samples, Classes], DType.Float32, new Generator(1)) * 2).Round(),
            (Tensor.Rand([samples], DType.Float32, new Generator(2)).Square() * Classes).Floor().To(DType.Int64));

    private static (Tensor, Tensor) Ranked(int samples) =>
        ((Tensor.Randn([samples], DType.Float32, new Generator(1)) * 5).Round(),
            (Tensor.Rand([samples], DType.Float32, new Generator(2)) < 0.3).To(DType.Int32));

    private static (Tensor, Tensor) Real(int samples) =>
        (Tensor.Randn([samples, 2], DType.Float32, new Generator(1)), Tensor.Randn([samples, 2], DType.Float32, new Generator(2)) + 1000);

    private static double Mean(double[] targets, Func<int, double> term) => Enumerable.Range(0, targets.Length).Average(term);

    private static int Rank(double[] scores, double[] labels, int sample) =>
        Enumerable.Range(0, Classes).OrderByDescending(label => scores[(sample * Classes) + label]).ToList().IndexOf((int)labels[sample]);

    private static int Predicted(double[] scores, int sample) => Enumerable.Range(0, Classes).MaxBy(label => scores[(sample * Classes) + label]);

    private static double Harmonic(double right, double wrong, double missed) => 2 / (((right + wrong) / right) + ((right + missed) / right));

    private static double Averaged(double[] scores, double[] labels, string average, Func<double, double, double, double> figure)
    {
        var predicted = labels.Select((_, sample) => Predicted(scores, sample)).ToArray();
        var counts = Enumerable.Range(0, Classes).Select(label => (
            Right: labels.Index().Count(entry => entry.Item == label && predicted[entry.Index] == label),
            Wrong: labels.Index().Count(entry => entry.Item != label && predicted[entry.Index] == label),
            Missed: labels.Index().Count(entry => entry.Item == label && predicted[entry.Index] != label))).ToArray();
        return average switch
        {
            "micro" => figure(counts.Sum(static c => c.Right), counts.Sum(static c => c.Wrong), counts.Sum(static c => c.Missed)),
            "macro" => counts.Average(c => figure(c.Right, c.Wrong, c.Missed)),
            _ => counts.Sum(c => (c.Right + c.Missed) * figure(c.Right, c.Wrong, c.Missed)) / labels.Length,
        };
    }

    private static double CrossEntropy(double[] scores, double[] labels) =>
        Mean(labels, i => Math.Log(Enumerable.Range(0, Classes).Sum(label => Math.Exp(scores[(i * Classes) + label]))) -
            scores[(i * Classes) + (int)labels[i]]);
}
