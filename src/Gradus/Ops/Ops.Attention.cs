namespace Gradus;

internal static partial class Ops
{
    /// <summary>
    /// out = softmax(Q·Kᵀ·scale + mask)·V over the last two axes, 0 for a query all of whose keys are masked. Inputs query, key, value and, perhaps, the mask.
    /// Keeps log Σ e^score of each query.
    /// </summary>
    public static readonly FusedOp<AttentionArgs> Attention = new("attention")
    {
        MultiplyAdds = AttentionTerms,
        Promote = Promote.Real,
        Infer = static (inputs, _) => AttentionKernels.Infer(inputs),
        Spec = static (t, args) => [Attend(t[0], t[1], t[2], t.Length > 3 ? t[3] : null, args)],
        Run = AttentionKernels.Run,
        Backward = AttentionKernels.Backward,
    };

    /// <summary>
    /// The same for queries, keys and values that lie side by side, as one product makes them: [batch, time, 3·heads·width] → [batch, time, heads·width].
    /// Inputs x and, perhaps, the mask.
    /// </summary>
    public static readonly FusedOp<AttentionArgs> SelfAttention = new("selfAttention")
    {
        Symbol = "attention",
        MultiplyAdds = static node => 2 * (node.Input(0).Shape.ElementCount / 3) * node.Input(0).Shape[-2],
        Promote = Promote.Real,
        Infer = AttentionKernels.InferPacked,
        Spec = static (t, args) =>
        {
            int batch = t[0].Shape[0], time = t[0].Shape[1], width = t[0].Shape[2] / 3;
            var parts = t[0].Reshape(batch, time, 3, args.Heads, width / args.Heads).Permute(2, 0, 3, 1, 4);
            var output = Attend(parts.Select(0, 0), parts.Select(0, 1), parts.Select(0, 2), t.Length > 1 ? t[1] : null, args);
            return [output.Transpose(1, 2).Reshape(batch, time, width)];
        },
        Run = AttentionKernels.RunPacked,
        Backward = AttentionKernels.BackwardPacked,
    };

    /// <summary>softmax(Q·Kᵀ·scale + mask): how much each query attends to each key; zeros where it may attend to none.</summary>
    internal static Tensor AttentionWeights(Tensor query, Tensor key, Tensor? mask, AttentionArgs args)
    {
        var isLater = args.IsCausal ? Tensor.Arange(key.Shape[-2]) > Tensor.Arange(query.Shape[-2]).Unsqueeze(1) : null;
        var isMasked = mask?.Equal(double.NegativeInfinity);
        if (isMasked is not null)
        {
            // A query that sees no key gives none a gradient, even if it is not a number.
            var isBlind = (isLater is null ? isMasked : isMasked | isLater).All(-1, keepDim: true);
            if (isBlind.Any().Item<bool>()) query = Tensor.Where(isBlind, query.Weak(0), query);
        }

        var scores = query.MatMul(key.Transpose()) * args.ScaleFor(query.Shape[-1]);
        if (isMasked is not null) scores = Tensor.Where(isMasked, mask!.To(scores.DType), scores + mask);
        if (isLater is not null) scores = Tensor.Where(isLater, Tensor.Scalar(double.NegativeInfinity).To(scores.DType), scores);
        return scores.Softmax();
    }

    private static Tensor Attend(Tensor query, Tensor key, Tensor value, Tensor? mask, AttentionArgs args) =>
        AttentionWeights(query, key, mask, args).MatMul(value);

    /// <summary>Queries with keys, and the weights with the values.</summary>
    private static long AttentionTerms(Node node)
    {
        Shape query = node.Input(0).Shape, keys = node.Input(1).Shape, values = node.Input(2).Shape;
        return (query.ElementCount * keys[-2]) + (query.ElementCount / query[-1] * keys[-2] * values[-1]);
    }
}
