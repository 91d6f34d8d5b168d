using Gradus.Nn;

namespace Gradus.Compare;

/// <summary>What Gradus does for each loss that compare_nn.py knows, by the method's name; after a dot, another form of the same.</summary>
internal static class LossTable
{
    /// <summary>The losses that are compared.</summary>
    public static IReadOnlyDictionary<string, Func<Tensor[], OperationArguments, Tensor>> All { get; } =
        new Dictionary<string, Func<Tensor[], OperationArguments, Tensor>>
        {
            ["MeanSquaredError"] = static (x, a) => Losses.MeanSquaredError(x[0], x[1], By(a)),
            ["MeanAbsoluteError"] = static (x, a) => Losses.MeanAbsoluteError(x[0], x[1], By(a)),
            ["Huber"] = static (x, a) => Losses.Huber(x[0], x[1], a.Number("delta"), By(a)),
            ["SmoothL1"] = static (x, a) => Losses.SmoothL1(x[0], x[1], a.Number("beta"), By(a)),
            ["PoissonNegativeLogLikelihood"] = static (x, a) =>
                Losses.PoissonNegativeLogLikelihood(x[0], x[1], a.Flag("log"), a.Flag("full"), reduction: By(a)),
            ["GaussianNegativeLogLikelihood"] = static (x, a) => Losses.GaussianNegativeLogLikelihood(x[0], x[1], x[2], a.Flag("full"), reduction: By(a)),
            ["KlDivergence"] = static (x, a) => Losses.KlDivergence(x[0], x[1], a.Flag("log"), By(a)),
            ["BinaryCrossEntropy"] = static (x, a) => Losses.BinaryCrossEntropy(x[0], x[1], By(a), At(x, 2)),
            ["BinaryCrossEntropyWithLogits"] = static (x, a) =>
                Losses.BinaryCrossEntropyWithLogits(x[0], x[1], By(a), a.Flag("weight") ? x[2] : null, a.Flag("positive") ? x[^1] : null),
            ["CrossEntropy"] = static (x, a) =>
                Losses.CrossEntropy(x[0], x[1], By(a), At(x, 2), a.Has("ignore") ? a.Int("ignore") : null, a.Number("smoothing")),
            ["CrossEntropy.Distributions"] = static (x, a) => Losses.CrossEntropy(x[0], x[1], By(a), At(x, 2), labelSmoothing: a.Number("smoothing")),
            ["SoftCrossEntropy"] = static (x, a) => Losses.SoftCrossEntropy(x[0], x[1], By(a)),
            ["NegativeLogLikelihood"] = static (x, a) => Losses.NegativeLogLikelihood(x[0], x[1], By(a), At(x, 2), a.Has("ignore") ? a.Int("ignore") : null),
            ["Ctc"] = static (x, a) => Losses.Ctc(x[0].LogSoftmax(-1), x[1], a.Ints("inputs"), a.Ints("targets"), a.Int("blank"), a.Flag("zero"), By(a)),
            ["MarginRanking"] = static (x, a) => Losses.MarginRanking(x[0], x[1], x[2], a.Number("margin"), By(a)),
            ["HingeEmbedding"] = static (x, a) => Losses.HingeEmbedding(x[0], x[1], a.Number("margin"), By(a)),
            ["CosineEmbedding"] = static (x, a) => Losses.CosineEmbedding(x[0], x[1], x[2], a.Number("margin"), By(a)),
            ["SoftMargin"] = static (x, a) => Losses.SoftMargin(x[0], x[1], By(a)),
            ["MultiMargin"] = static (x, a) => Losses.MultiMargin(x[0], x[1], a.Int("power"), a.Number("margin"), At(x, 2), By(a)),
            ["MultiLabelMargin"] = static (x, a) => Losses.MultiLabelMargin(x[0], x[1], By(a)),
            ["MultiLabelSoftMargin"] = static (x, a) => Losses.MultiLabelSoftMargin(x[0], x[1], At(x, 2), By(a)),
            ["TripletMargin"] = static (x, a) =>
                Losses.TripletMargin(x[0], x[1], x[2], a.Number("margin"), a.Number("power"), a.Flag("swap"), reduction: By(a)),
            ["TripletMargin.OfDistance"] = static (x, a) =>
                Losses.TripletMargin(x[0], x[1], x[2], static (u, v) => (u - v).Abs().Sum(-1), a.Number("margin"), a.Flag("swap"), By(a)),
        };

    private static Reduction By(OperationArguments a) => (Reduction)a.Int("reduction");

    private static Tensor? At(Tensor[] x, int index) => index < x.Length ? x[index] : null;
}
