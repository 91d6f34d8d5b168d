namespace Gradus.Nn.Tests;

/// <summary>The specs of all losses, on two rows of three numbers.</summary>
internal static class LossSpecs
{
    private static readonly double[] Z = [0.5, -1.5, 2.0, 0.1, 3.0, -0.7];
    private static readonly double[] W = [1.2, 0.3, -0.4, 0.9, -1.1, 0.6];
    private static readonly double[] V = [-0.8, 1.4, 0.2, -0.3, 0.7, 1.9];
    private static readonly double[] Y = [1, 0, 0.25, 1, 0.5, 0];
    private static readonly double[] Bits = [1, 0, 0, 1, 1, 0];
    private static readonly double[] Signs = [1, -1, -1, 1, 1, -1];
    private static readonly double[] ClassWeights = [0.5, 2, 1.5];
    private static readonly double[][] Rows = [.. Z.Chunk(3)];
    private static readonly double[] P = [.. Z.Select(static z => 1 / (1 + Math.Exp(-z)))];
    private static readonly double[] LogSoftmax = [.. Rows.SelectMany(static row => row.Select(z => z - Math.Log(row.Sum(Math.Exp))))];
    private static readonly int[] Labels = [2, 0];

    public static IEnumerable<(string Name, LossSpec Spec)> Regression()
    {
        double[] errors = [.. Z.Zip(W, static (z, w) => z - w)], counts = [0, 3, 1, 7, 2, 4], variance = [0.5, 2, 0.1];
        yield return ("mse", Of("MeanSquaredError", static (x, r) => Losses.MeanSquaredError(x[0], x[1], r), [Z, W], errors.Select(static e => e * e)));
        yield return ("l1", Of("MeanAbsoluteError", static (x, r) => Losses.MeanAbsoluteError(x[0], x[1], r), [Z, W], errors.Select(Math.Abs)));
        yield return ("huber", Of(
            "Huber", static (x, r) => Losses.Huber(x[0], x[1], 1.5, r), [Z, W],
            errors.Select(static e => Math.Abs(e) <= 1.5 ? e * e / 2 : 1.5 * (Math.Abs(e) - 0.75))));
        yield return ("smooth l1", Of(
            "SmoothL1", static (x, r) => Losses.SmoothL1(x[0], x[1], 2, r), [Z, W], errors.Select(static e => Math.Abs(e) < 2 ? e * e / 4 : Math.Abs(e) - 1)));
        yield return ("smooth l1 without a middle", Of("SmoothL1", static (x, r) => Losses.SmoothL1(x[0], x[1], 0, r), [Z, W], errors.Select(Math.Abs)));
        yield return ("log cosh", Of("LogCosh", static (x, r) => Losses.LogCosh(x[0], x[1], r), [Z, W], errors.Select(static e => Math.Log(Math.Cosh(e)))));
        yield return ("half squares", Of(
            "HalfSumOfSquares", static (x, _) => Losses.HalfSumOfSquares(x[0], x[1]), [Z, W], [errors.Sum(static e => e * e) / 2]) with
        {
            IsOne = true,
        });
        yield return ("poisson", Of(
            "PoissonNegativeLogLikelihood", (x, r) => Losses.PoissonNegativeLogLikelihood(x[0], Make(counts), reduction: r), [Z],
            Z.Zip(counts, static (z, y) => Math.Exp(z) - (y * z))));
        yield return ("poisson in full", Of(
            "PoissonNegativeLogLikelihood", (x, r) => Losses.PoissonNegativeLogLikelihood(x[0], Make(counts), logInput: false, full: true, reduction: r), [P],
            P.Zip(counts, static (p, y) => p - (y * Math.Log(p + 1e-8)) + (y > 1 ? (y * Math.Log(y)) - y + (0.5 * Math.Log(2 * Math.PI * y)) : 0))));
        yield return ("gauss", Of(
            "GaussianNegativeLogLikelihood", static (x, r) => Losses.GaussianNegativeLogLikelihood(x[0], x[1], x[2].Exp(), reduction: r), [Z, W, V],
            errors.Zip(V, static (e, v) => 0.5 * (v + (e * e / Math.Exp(v))))));
        yield return ("gauss in full", Of(
            "GaussianNegativeLogLikelihood",
            (x, r) => Losses.GaussianNegativeLogLikelihood(x[0], x[1], Tensor.From(variance, [3]), full: true, epsilon: 0.3, reduction: r), [Z, W],
            errors.Select((e, i) => 0.5 * (Math.Log(Math.Max(variance[i % 3], 0.3)) + (e * e / Math.Max(variance[i % 3], 0.3)) + Math.Log(2 * Math.PI)))));
    }

    public static IEnumerable<(string Name, LossSpec Spec)> Binary()
    {
        double[] logistic = [.. Z.Zip(Y, Logistic)], soft = [.. Z.Zip(Bits, static (z, y) => Math.Log(1 + Math.Exp(y == 1 ? -z : z)))];
        yield return ("bce", Of("BinaryCrossEntropy", static (x, r) => Losses.BinaryCrossEntropy(x[0], Make(Y), r), [P], logistic));
        yield return ("bce, weighted", Of(
            "BinaryCrossEntropy", static (x, r) => Losses.BinaryCrossEntropy(x[0], Make(Y), r, Tensor.From(ClassWeights, [3])), [P],
            logistic.Select(static (l, i) => l * ClassWeights[i % 3])));
        yield return ("logits", Of("BinaryCrossEntropyWithLogits", static (x, r) => Losses.BinaryCrossEntropyWithLogits(x[0], Make(Y), r), [Z], logistic));
        yield return ("logits, weighted", Of(
            "BinaryCrossEntropyWithLogits",
            static (x, r) => Losses.BinaryCrossEntropyWithLogits(x[0], Make(Y), r, Make(P), Tensor.From(ClassWeights, [3])), [Z],
            Z.Select(static (z, i) => P[i] * ((ClassWeights[i % 3] * Y[i] * Math.Log(1 + Math.Exp(-z))) + ((1 - Y[i]) * Math.Log(1 + Math.Exp(z)))))));
        yield return ("focal", Of("Focal", static (x, r) => Losses.Focal(x[0], Make(Bits), reduction: r), [Z],
            soft.Select(static (l, i) => (Bits[i] == 1 ? 0.25 : 0.75) * Math.Pow(1 - Math.Exp(-l), 2) * l)));
        yield return ("focal, plain", Of("Focal", static (x, r) => Losses.Focal(x[0], Make(Bits), null, 0, r), [Z], soft));
        yield return ("dice", Of("Dice", static (x, r) => Losses.Dice(x[0], Make(Bits), 0.5, r), [P],
            P.Chunk(3).Zip(Bits.Chunk(3), static (p, y) => 1 - (((2 * Dot(p, y)) + 0.5) / (p.Sum() + y.Sum() + 0.5)))));
        yield return ("soft margin", Of(
            "SoftMargin", static (x, r) => Losses.SoftMargin(x[0], Make(Signs), r), [Z], Z.Zip(Signs, static (z, y) => Math.Log(1 + Math.Exp(-y * z)))));
        yield return ("logistic cost", Of("RegularizedLogistic", static (x, _) => Losses.RegularizedLogistic(x[0], Make(Bits), [x[1], x[2]], 0.7), [P, W, V],
            [(soft.Sum() / 2) + (0.7 / 4 * (Dot(W, W) + Dot(V, V)))]) with
        { IsOne = true });
    }

    public static IEnumerable<(string Name, LossSpec Spec)> Classes()
    {
        double[] picked = [-LogSoftmax[2], -LogSoftmax[3]], weighted = [1.5 * picked[0], 0.5 * picked[1]];
        var weight = Tensor.From(ClassWeights, [3]);
        double Smooth(int row, double[] w) => (0.8 * w[Labels[row]] * picked[row]) - (0.2 / 3 * Dot(LogSoftmax[(3 * row)..(3 * row + 3)], w));
        double[] smooth = [Smooth(0, [1, 1, 1]), Smooth(1, [1, 1, 1])], both = [Smooth(0, ClassWeights), Smooth(1, ClassWeights)];
        yield return ("cross", Of("CrossEntropy", static (x, r) => Losses.CrossEntropy(x[0], Tensor.Of(2, 0), r), [Z], picked));
        yield return ("cross, weighted", Of("CrossEntropy", (x, r) => Losses.CrossEntropy(x[0], Tensor.Of(2, 0), r, weight), [Z], weighted) with
        {
            Mean = weighted.Sum() / 2,
        });
        yield return ("cross, ignoring", Of(
            "CrossEntropy", static (x, r) => Losses.CrossEntropy(x[0], Tensor.Of(2, -100), r, ignoreIndex: -100), [Z], [picked[0], 0]) with
        {
            Mean = picked[0],
        });
        yield return ("cross, smooth", Of("CrossEntropy", static (x, r) => Losses.CrossEntropy(x[0], Tensor.Of(2, 0), r, labelSmoothing: 0.2), [Z], smooth));
        yield return ("cross, all", Of("CrossEntropy", (x, r) => Losses.CrossEntropy(x[0], Tensor.Of(2L, 0), r, weight, 0, 0.2), [Z], [both[0], 0]) with
        {
            Mean = both[0] / 1.5,
        });
        yield return ("cross of images", Of(
            "CrossEntropy", static (x, r) => Losses.CrossEntropy(x[0].Reshape(1, 2, 3).Transpose(), Tensor.Of([[2, 0]]), r), [Z], picked));
        yield return ("cross of distributions", Of("CrossEntropy", (x, r) => Losses.CrossEntropy(x[0], Make(Y), r, weight, labelSmoothing: 0.2), [Z],
            LogSoftmax.Select(static (l, i) => -l * ClassWeights[i % 3] * ((0.8 * Y[i]) + (0.2 / 3))).Chunk(3).Select(Enumerable.Sum)));
        yield return ("soft", Of(
            "SoftCrossEntropy", static (x, r) => Losses.SoftCrossEntropy(x[0], Make(Y), r), [Z],
            LogSoftmax.Zip(Y, static (log, y) => -log * y).Chunk(3).Select(Enumerable.Sum)));
        yield return ("nll", Of(
            "NegativeLogLikelihood", (x, r) => Losses.NegativeLogLikelihood(x[0], Tensor.Of(2, 0), r, weight), [Z], [-1.5 * Z[2], -0.5 * Z[3]]) with
        {
            Mean = ((-1.5 * Z[2]) - (0.5 * Z[3])) / 2,
        });
        yield return ("kl", Of(
            "KlDivergence", static (x, r) => Losses.KlDivergence(x[0], Make(Y), reduction: r), [Z],
            Z.Zip(Y, static (x, y) => y == 0 ? 0 : y * (Math.Log(y) - x))));
        yield return ("kl of logarithms", Of(
            "KlDivergence", static (x, r) => Losses.KlDivergence(x[0], x[1], true, r), [Z, W], Z.Zip(W, static (x, y) => Math.Exp(y) * (y - x))));
        // Two steps and one label: blank-label, label-blank, label-label; three steps and two labels alike: label-blank-label only.
        double[] logs = [.. Ctc.Chunk(3).SelectMany(static row => row.Select(z => z - Math.Log(row.Sum(Math.Exp))))];
        double At(int time, int sample, int label) => logs[(6 * time) + (3 * sample) + label];
        double[] ctc =
        [
            -Math.Log(Math.Exp(At(0, 0, 0) + At(1, 0, 1)) + Math.Exp(At(0, 0, 1) + At(1, 0, 0)) + Math.Exp(At(0, 0, 1) + At(1, 0, 1))),
            -(At(0, 1, 2) + At(1, 1, 0) + At(2, 1, 2)),
        ];
        yield return ("ctc", new(
            "Ctc", static (x, r) => Losses.Ctc(x[0].LogSoftmax(-1), Tensor.Of([[1, 9], [2, 2]]), [2, 3], [1, 2], reduction: r),
            [Tensor.From(Ctc, [3, 2, 3])], ctc)
        {
            Mean = (ctc[0] + (ctc[1] / 2)) / 2,
        });
    }

    public static IEnumerable<(string Name, LossSpec Spec)> Margins()
    {
        double Cosine(int row) =>
            Dot(Rows[row], W[(3 * row)..(3 * row + 3)]) / Math.Sqrt(Dot(Rows[row], Rows[row]) * W[(3 * row)..(3 * row + 3)].Sum(static w => w * w));
        double Distance(double[] x, double[] y, int row, double power) =>
            Math.Pow(Enumerable.Range(3 * row, 3).Sum(i => Math.Pow(Math.Abs(x[i] - y[i] + 1e-6), power)), 1 / power);
        double Missing(int row, int power) =>
            Enumerable.Range(0, 3).Where(i => i != Labels[row]).Sum(i => Math.Pow(Math.Max(0, 0.9 - Rows[row][Labels[row]] + Rows[row][i]), power)) / 3;
        yield return ("ranking", Of(
            "MarginRanking", static (x, r) => Losses.MarginRanking(x[0], x[1], Make(Signs), 0.5, r), [Z, W],
            Z.Select(static (z, i) => Math.Max(0, (-Signs[i] * (z - W[i])) + 0.5))));
        yield return ("hinge", Of(
            "HingeEmbedding", static (x, r) => Losses.HingeEmbedding(x[0], Make(Signs), 1.5, r), [Z],
            Z.Select(static (z, i) => Signs[i] == 1 ? z : Math.Max(0, 1.5 - z))));
        yield return ("cosine", Of(
            "CosineEmbedding", static (x, r) => Losses.CosineEmbedding(x[0], x[1], Tensor.Of(1.0, -1), -0.9, r), [Z, W],
            [1 - Cosine(0), Math.Max(0, Cosine(1) + 0.9)]));
        yield return ("multi margin", Of(
            "MultiMargin", static (x, r) => Losses.MultiMargin(x[0], Tensor.Of(2, 0), margin: 0.9, reduction: r), [Z], [Missing(0, 1), Missing(1, 1)]));
        yield return ("multi margin, squared", Of(
            "MultiMargin", static (x, r) => Losses.MultiMargin(x[0], Tensor.Of(2L, 0), 2, 0.9, Tensor.From(ClassWeights, [3]), r), [Z],
            [1.5 * Missing(0, 2), 0.5 * Missing(1, 2)]));
        yield return ("multi label", Of("MultiLabelMargin", static (x, r) => Losses.MultiLabelMargin(x[0], Tensor.Of([[1, 0, -1], [2, -1, 0]]), r), [Z],
            [(Math.Max(0, 1 - (Z[1] - Z[2])) + Math.Max(0, 1 - (Z[0] - Z[2]))) / 3, (Math.Max(0, 1 - (Z[5] - Z[3])) + Math.Max(0, 1 - (Z[5] - Z[4]))) / 3]));
        yield return ("multi label, soft", Of(
            "MultiLabelSoftMargin", static (x, r) => Losses.MultiLabelSoftMargin(x[0], Make(Bits), Tensor.From(ClassWeights, [3]), r), [Z],
            Z.Select(static (z, i) => ClassWeights[i % 3] * Logistic(z, Bits[i])).Chunk(3).Select(Enumerable.Average)));
        yield return ("triplet", Of("TripletMargin", static (x, r) => Losses.TripletMargin(x[0], x[1], x[2], 2, reduction: r), [Z, W, V],
            Enumerable.Range(0, 2).Select(row => Math.Max(0, Distance(Z, W, row, 2) - Distance(Z, V, row, 2) + 2))));
        yield return ("triplet, swapped", Of(
            "TripletMargin", static (x, r) => Losses.TripletMargin(x[0], x[1], x[2], 2, 3, swap: true, reduction: r), [Z, W, V],
            Enumerable.Range(0, 2).Select(row => Math.Max(0, Distance(Z, W, row, 3) - Math.Min(Distance(Z, V, row, 3), Distance(W, V, row, 3)) + 2))));
        yield return ("triplet by distance", Of(
            "TripletMargin", static (x, r) => Losses.TripletMargin(x[0], x[1], x[2], static (a, b) => (a - b).Square().Sum(-1), 9, reduction: r), [Z, W, V],
            Enumerable.Range(0, 2)
                .Select(static row => Math.Max(0, Enumerable.Range(3 * row, 3).Sum(static i => Math.Pow(Z[i] - W[i], 2) - Math.Pow(Z[i] - V[i], 2)) + 9))));
    }

    private static readonly double[] Ctc = [0.3, -0.2, 0.9, 1.1, 0.4, -0.6, -1.2, 0.8, 0.1, 0.7, -0.5, 0.2, 0.6, 0.05, -0.9, 0.35, 1.3, -0.15];

    private static LossSpec Of(string method, Func<Tensor[], Reduction, Tensor> loss, double[][] inputs, IEnumerable<double> each) =>
        new(method, loss, [.. inputs.Select(Make)], [.. each]);

    private static Tensor Make(double[] values) => Tensor.From(values, [2, 3]);

    private static double Logistic(double z, double y) => (Math.Log(1 + Math.Exp(-z)) * y) + (Math.Log(1 + Math.Exp(z)) * (1 - y));

    private static double Dot(double[] x, double[] y) => x.Zip(y, static (a, b) => a * b).Sum();
}
