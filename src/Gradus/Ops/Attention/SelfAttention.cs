using Gradus.Kernels;
using Kernel = Gradus.Kernels.Attention;

namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>
    /// Attention of a sequence to itself where queries, keys and values lie side by side, as one product makes them: [batch, time, 3·width] → [batch, time,
    /// width].
    /// </summary>
    /// <param name="heads">The number of heads, which share the width evenly.</param>
    /// <param name="mask">
    /// What broadcasts to [batch, heads, time, time]: numbers that are added to the scores, or bools that say which keys a query attends to.
    /// </param>
    /// <param name="isCausal">Whether position i attends to positions 0 … i alone.</param>
    /// <exception cref="GradusException">The shapes do not fit.</exception>
    public Tensor SelfAttention(int heads, Tensor? mask = null, bool isCausal = false) =>
        Ops.SelfAttention.Apply(mask is null ? [this] : [this, mask.Additive(DType)], new AttentionArgs(heads, isCausal, null));
}

internal static partial class Ops
{
    /// <summary>
    /// Attention for queries, keys and values that lie side by side, as one product makes them: [batch, time, 3·heads·width] → [batch, time, heads·width].
    /// Inputs x and, perhaps, the mask.
    /// </summary>
    public static readonly SelfAttentionOp SelfAttention = new()
    {
        Symbol = "attention",
        MultiplyAdds = static node => 2 * (node.Input(0).Shape.ElementCount / 3) * node.Input(0).Shape[-2],
        Promote = Promote.Real,
        ReadsInputs = [SelfAttentionOp.Input.X, SelfAttentionOp.Input.Mask],
        ReadsOutputs = [SelfAttentionOp.Output.Attended, SelfAttentionOp.Output.LogSums],
    };
}

/// <inheritdoc cref="Ops.SelfAttention"/>
internal sealed unsafe class SelfAttentionOp() : FusedOp<AttentionArgs, SelfAttentionOp.Input, SelfAttentionOp.Output>("selfAttention")
{
    public enum Input { X, Mask }

    public enum Output { Attended, LogSums }

    protected override Meta[] Infer(Named<Input, Meta> inputs, AttentionArgs args)
    {
        var x = inputs[Input.X];
        if (x.Rank != 3 || args.Heads < 1 || x.Shape[2] % (3L * args.Heads) != 0)
        {
            throw new GradusException($"{Name}: the input is {x}, expected [batch, time, 3·width] with a width that {args.Heads} heads divide.");
        }

        if (inputs.Has(Input.Mask)) AttentionMask<byte>.Require(Name, inputs[Input.Mask], Shape.Create([x.Shape[0], args.Heads, x.Shape[1], x.Shape[1]]));
        return
        [
            new Meta(Shape.Create([x.Shape[0], x.Shape[1], x.Shape[2] / 3]), x.DType),
            new Meta(Shape.Create([x.Shape[0], args.Heads, x.Shape[1]]), x.DType),
        ];
    }

    protected override Tensor[] Spec(Named<Input, Tensor> inputs, AttentionArgs args)
    {
        var x = inputs[Input.X];
        int batch = x.Shape[0], time = x.Shape[1], width = x.Shape[2] / 3;
        var parts = x.Reshape(batch, time, 3, args.Heads, width / args.Heads).Permute(2, 0, 3, 1, 4);
        var output = AttentionOp.Attend(parts.Select(0, 0), parts.Select(0, 1), parts.Select(0, 2), inputs[Input.Mask], args);
        return [output.Transpose(1, 2).Reshape(batch, time, width)];
    }

    protected override void Run<T>(Named<Input, Operand> inputs, AttentionArgs args, Named<Output, Operand> outputs)
    {
        var x = inputs[Input.X];
        var size = Size(x, args);
        using var mask = new AttentionMask<T>(inputs[Input.Mask], Scores(size));
        Kernel.Forward(size, Part<T>(x, size, 0), Part<T>(x, size, 1), Part<T>(x, size, 2), mask.Numbers,
            Heads<T>(outputs[Output.Attended], size), outputs[Output.LogSums].As<T>());
    }

    protected override void Backward<T>(FusedGradients<AttentionArgs, Input, Output> g)
    {
        Operand x = g.Inputs[Input.X], dx = g.Wanted[Input.X];
        var size = Size(x, g.Args);
        using var mask = new AttentionMask<T>(g.Inputs[Input.Mask], Scores(size));
        using var scores = Buffers.Rent(mask.BytesFor(g.Wanted[Input.Mask]));
        var scoreGradient = g.Wanted[Input.Mask].Data == null ? null : (T*)scores.Pointer;
        Kernel.Backward(size, new AttentionGradients<T>
        {
            Query = Part<T>(x, size, 0),
            Key = Part<T>(x, size, 1),
            Value = Part<T>(x, size, 2),
            Mask = mask.Numbers,
            Output = Heads<T>(g.Outputs[Output.Attended], size),
            LogSums = g.Outputs[Output.LogSums].As<T>(),
            Gradient = Heads<T>(g.Arrived[Output.Attended], size),
            QueryGradient = Part<T>(dx, size, 0),
            KeyGradient = Part<T>(dx, size, 1),
            ValueGradient = Part<T>(dx, size, 2),
            ScoreGradient = scoreGradient,
        });
        mask.Sum(scoreGradient, g.Wanted[Input.Mask]);
    }

    private static AttentionSize Size(Operand x, AttentionArgs args)
    {
        var width = x.Shape[2] / 3 / args.Heads;
        return new AttentionSize(x.Shape[0], args.Heads, x.Shape[1], x.Shape[1], width, width, args.ScaleFor(width), args.IsCausal);
    }

    private static Shape Scores(AttentionSize size) => Shape.Create([size.Batches, size.Heads, size.Queries, size.Keys]);

    /// <summary>Queries, keys or values: part 0, 1 or 2 of [batch, time, 3·heads·width].</summary>
    private static HeadMatrices<T> Part<T>(Operand x, AttentionSize size, int part) where T : unmanaged
    {
        var row = (nint)3 * size.Heads * size.Width;
        return x.Data == null ? default : new(x.As<T>() + ((nint)part * size.Heads * size.Width), size.Queries * row, size.Width, row);
    }

    /// <summary>[batch, time, heads·width].</summary>
    private static HeadMatrices<T> Heads<T>(Operand x, AttentionSize size) where T : unmanaged
    {
        var row = (nint)size.Heads * size.Width;
        return new(x.As<T>(), size.Queries * row, size.Width, row);
    }
}
