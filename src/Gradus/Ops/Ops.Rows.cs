using Gradus.Kernels;

namespace Gradus;

internal static partial class Ops
{
    /// <summary>
    /// z = eˣ / Σ eˣ along the last axis, shifted by the maximum so that it cannot overflow. Infinities share alike what there is; a row of −∞ alone gives
    /// zeros.
    /// </summary>
    public static readonly UnaryOp<None> Softmax = new("softmax")
    {
        Role = OpRole.Saturating,
        Saturation = new(static y => 1 - y.AMax(-1), 0.01),
        Promote = Promote.Real,
        WantsDense = true,
        Spec = static (x, _) =>
        {
            var (weights, sum) = Weights(x);
            return weights / sum;
        },
        Run = static (x, _, z) => RowKernels.Softmax(x, z),
        Dx = new(Reads.Out, static (g, s) => (g - g.Chain(s.Out).Sum(-1, keepDim: true)).Chain(s.Out)),
        FastDx = static (g, s, dx) => RowKernels.SoftmaxBackward(g, s.Out, dx),
    };

    /// <summary>z = x − log Σ eˣ along the last axis.</summary>
    public static readonly UnaryOp<None> LogSoftmax = new("logSoftmax")
    {
        Role = OpRole.Saturating,
        Promote = Promote.Real,
        WantsDense = true,
        Spec = static (x, _) =>
        {
            var (weights, sum) = Weights(x);
            var max = x.Max(-1, keepDim: true).Value.Detach();
            return Tensor.Where(max.IsInf(), Tensor.Where(weights.Equal(0), double.NegativeInfinity, -sum.Log()), x - max - sum.Log());
        },
        Run = static (x, _, z) => RowKernels.LogSoftmax(x, z),
        Dx = new(Reads.Out, static (g, s) => g - g.Sum(-1, keepDim: true).Chain(s.Out.Exp())),
        FastDx = static (g, s, dx) => RowKernels.LogSoftmaxBackward(g, s.Out, dx),
    };

    /// <summary>z = log Σⱼ e^xⱼ − x_label for each row x, the label being y.</summary>
    public static readonly BinaryOp<None> CrossEntropy = new("crossEntropy")
    {
        Symbol = "cross-entropy",
        Derivatives =
        [
            DerivativeSymbol.Rule(
                "expand_dims(g, 1) * (softmax({x}, axis=1) - one_hot({y}))", @"g \odot (\operatorname{softmax}({x}) - \operatorname{onehot}({y}))"),
            DerivativeSymbol.Rule("0", "0"),
        ],
        Promote = Promote.None,
        WantsDense = true,
        Spec = static (x, labels, _) => -x.LogSoftmax().Gather(1, labels.Unsqueeze(1)).Squeeze(1),
        Infer = static (x, labels, _) => x.Rank == 2 && labels.Rank == 1 && labels.Shape[0] == x.Shape[0]
            ? new Meta(labels.Shape, x.DType)
            : throw new GradusException($"crossEntropy: the scores are {x}, the labels {labels}; expected [samples, classes] and [samples]."),
        Run = static (x, labels, _, z) => RowKernels.CrossEntropy(x, labels, z),
        Dx = new(Reads.X | Reads.Y, static (g, s) => g.Unsqueeze(1).Chain(s.X.Softmax() - s.Y.Unsqueeze(1).Equal(Tensor.Arange(s.XShape[1])).To(g.DType))),
        FastDx = static (g, s, dx) => RowKernels.CrossEntropyBackward(g, s.X, s.Y, dx),
    };

    /// <summary>z = −(y·log p + (1 − y)·log(1 − p)) with p = sigmoid(x).</summary>
    public static readonly BinaryOp<None> BinaryCrossEntropy = new("binaryCrossEntropy", Promote.Real, ElementwiseKernels.Real<BinaryCrossEntropyOperator>)
    {
        Symbol = "cross-entropy",
        Derivatives = [new("sigmoid({x}) - {y}", @"\left(\sigma({x}) - {y}\right)"), new("-{x}", @"\left(-{x}\right)")],
        Spec = static (x, y, _) => -y.Chain(x.LogSigmoid()) - (1 - y).Chain((-x).LogSigmoid()),
        Dx = new(Reads.X | Reads.Y, static (g, s) => g.Chain(Slopes.Logistic.Apply(s.X, default) - s.Y)),
        Dy = new(Reads.X, static (g, s) => -g.Chain(s.X)),
    };

    /// <summary>e^(x − max x), or 1 for each ∞ and 0 beside it where the maximum is infinite; and the sum, 1 where that is 0.</summary>
    private static (Tensor Weights, Tensor Sum) Weights(Tensor x)
    {
        var max = x.Max(-1, keepDim: true).Value.Detach();
        var weights = Tensor.Where(max.IsInf(), x.Equal(double.PositiveInfinity).To(x.DType), (x - max).Exp());
        var sum = weights.Sum(-1, keepDim: true);
        return (weights, Tensor.Where(sum.Equal(0), 1, sum));
    }
}
