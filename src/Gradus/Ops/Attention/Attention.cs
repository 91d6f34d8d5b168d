using Gradus.Kernels;
using Kernel = Gradus.Kernels.Attention;

namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>Scaled dot-product attention of these queries: softmax(Q·Kᵀ·scale + mask)·V. Vaswani et al., "Attention is all you need", 2017.</summary>
    /// <remarks>
    /// […, queries, width], […, keys, width], […, keys, value width] → […, queries, value width]. A query none of whose keys is allowed gives 0.
    /// </remarks>
    /// <param name="key">[…, keys, width].</param>
    /// <param name="value">[…, keys, value width].</param>
    /// <param name="mask">What broadcasts to […, queries, keys]: numbers that are added to the scores, or bools that say which keys a query attends to.</param>
    /// <param name="isCausal">Whether query i attends to keys 0 … i alone.</param>
    /// <param name="scale">The factor of the scores, above 0. Default 1/√width.</param>
    /// <exception cref="GradusException">The shapes do not fit, or the scale is not positive.</exception>
    public Tensor Attention(Tensor key, Tensor value, Tensor? mask = null, bool isCausal = false, double? scale = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        if (scale is { } factor && !(factor > 0))
        {
            throw new GradusException(FormattableString.Invariant($"attention: the scale is {factor}; it must be above 0."));
        }

        return Ops.Attention.Apply(mask is null ? [this, key, value] : [this, key, value, mask.Additive(DType)], new AttentionArgs(1, isCausal, scale));
    }
}

internal static partial class Ops
{
    /// <summary>
    /// out = softmax(Q·Kᵀ·scale + mask)·V over the last two axes, 0 for a query all of whose keys are masked. Inputs query, key, value and, perhaps, the mask.
    /// Keeps log Σ e^score of each query.
    /// </summary>
    public static readonly AttentionOp Attention = new()
    {
        MultiplyAdds = AttentionOp.Terms,
        Promote = Promote.Real,
        ReadsInputs = [AttentionOp.Input.Query, AttentionOp.Input.Key, AttentionOp.Input.Value, AttentionOp.Input.Mask],
        ReadsOutputs = [AttentionOp.Output.Attended, AttentionOp.Output.LogSums],
    };
}

/// <inheritdoc cref="Ops.Attention"/>
internal sealed unsafe class AttentionOp() : FusedOp<AttentionArgs, AttentionOp.Input, AttentionOp.Output>("attention")
{
    public enum Input { Query, Key, Value, Mask }

    public enum Output { Attended, LogSums }

    /// <summary>Multiply-adds: queries with keys, and the weights with the values.</summary>
    public static long Terms(Node node)
    {
        Shape query = node.Input(0).Shape, keys = node.Input(1).Shape, values = node.Input(2).Shape;
        return (query.ElementCount * keys[-2]) + (query.ElementCount / query[-1] * keys[-2] * values[-1]);
    }

    protected override Meta[] Infer(Named<Input, Meta> inputs, AttentionArgs args)
    {
        Meta query = inputs[Input.Query], key = inputs[Input.Key], value = inputs[Input.Value];
        if (query.Rank < 2) throw new GradusException($"{Name}: the query is {query}, expected [..., queries, width].");
        var lead = query.Shape.AsSpan()[..^2];
        if (key.Rank != query.Rank || !key.Shape.AsSpan()[..^2].SequenceEqual(lead) || key.Shape[-1] != query.Shape[-1])
        {
            throw new GradusException(
                $"{Name}: the query is {query}, the key {key}: expected {Shape.Create([.. lead, key.Rank < 2 ? 1 : key.Shape[-2], query.Shape[-1]])}.");
        }

        if (value.Rank != query.Rank || !value.Shape.AsSpan()[..^2].SequenceEqual(lead) || value.Shape[-2] != key.Shape[-2])
        {
            throw new GradusException(
                $"{Name}: the key is {key}, the value {value}: expected {Shape.Create([.. lead, key.Shape[-2], value.Rank < 1 ? 1 : value.Shape[-1]])}.");
        }

        if (inputs.Has(Input.Mask)) AttentionMask<byte>.Require(Name, inputs[Input.Mask], Shape.Create([.. lead, query.Shape[-2], key.Shape[-2]]));
        return
        [
            new Meta(Shape.Create([.. lead, query.Shape[-2], value.Shape[-1]]), query.DType),
            new Meta(Shape.Create([.. lead, query.Shape[-2]]), query.DType),
        ];
    }

    protected override Tensor[] Spec(Named<Input, Tensor> inputs, AttentionArgs args) =>
        [Attend(inputs[Input.Query], inputs[Input.Key], inputs[Input.Value], inputs[Input.Mask], args)];

    /// <summary>The attention as Tensor arithmetic.</summary>
    public static Tensor Attend(Tensor query, Tensor key, Tensor value, Tensor? mask, AttentionArgs args) => Weights(query, key, mask, args).MatMul(value);

    /// <summary>softmax(Q·Kᵀ·scale + mask): how much each query attends to each key; zeros where it may attend to none.</summary>
    public static Tensor Weights(Tensor query, Tensor key, Tensor? mask, AttentionArgs args)
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

    protected override void Run<T>(Named<Input, Operand> inputs, AttentionArgs args, Named<Output, Operand> outputs)
    {
        var size = Size(inputs, args);
        using var mask = new AttentionMask<T>(inputs[Input.Mask], Scores(inputs));
        Kernel.Forward(size, Matrices<T>(inputs[Input.Query]), Matrices<T>(inputs[Input.Key]), Matrices<T>(inputs[Input.Value]), mask.Numbers,
            Matrices<T>(outputs[Output.Attended]), outputs[Output.LogSums].As<T>());
    }

    protected override void Backward<T>(FusedGradients<AttentionArgs, Input, Output> g)
    {
        using var mask = new AttentionMask<T>(g.Inputs[Input.Mask], Scores(g.Inputs));
        using var scores = Buffers.Rent(mask.BytesFor(g.Wanted[Input.Mask]));
        var scoreGradient = g.Wanted[Input.Mask].Data == null ? null : (T*)scores.Pointer;
        Kernel.Backward(Size(g.Inputs, g.Args), new AttentionGradients<T>
        {
            Query = Matrices<T>(g.Inputs[Input.Query]),
            Key = Matrices<T>(g.Inputs[Input.Key]),
            Value = Matrices<T>(g.Inputs[Input.Value]),
            Mask = mask.Numbers,
            Output = Matrices<T>(g.Outputs[Output.Attended]),
            LogSums = g.Outputs[Output.LogSums].As<T>(),
            Gradient = Matrices<T>(g.Arrived[Output.Attended]),
            QueryGradient = Matrices<T>(g.Wanted[Input.Query]),
            KeyGradient = Matrices<T>(g.Wanted[Input.Key]),
            ValueGradient = Matrices<T>(g.Wanted[Input.Value]),
            ScoreGradient = scoreGradient,
        });
        mask.Sum(scoreGradient, g.Wanted[Input.Mask]);
    }

    private static AttentionSize Size(Named<Input, Operand> inputs, AttentionArgs args)
    {
        Shape query = inputs[Input.Query].Shape, key = inputs[Input.Key].Shape, value = inputs[Input.Value].Shape;
        var batches = 1;
        for (var axis = 0; axis < query.Rank - 2; axis++) batches = Shape.Size((long)batches * query[axis], "attention");
        return new AttentionSize(batches, 1, query[-2], key[-2], query[-1], value[-1], args.ScaleFor(query[-1]), args.IsCausal);
    }

    /// <summary>The shape of the scores, […, queries, keys].</summary>
    private static Shape Scores(Named<Input, Operand> inputs) =>
        Shape.Create([.. inputs[Input.Query].Shape.AsSpan()[..^1], inputs[Input.Key].Shape[-2]]);

    private static HeadMatrices<T> Matrices<T>(Operand x) where T : unmanaged =>
        x.Data == null ? default : new(x.As<T>(), (nint)x.Shape[-2] * x.Shape[-1], 0, x.Shape[-1]);
}
