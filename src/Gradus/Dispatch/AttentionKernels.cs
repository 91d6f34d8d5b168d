using System.Numerics;
using Gradus.Kernels;

namespace Gradus;

/// <summary>From operands to attention: which axes are batches and heads, queries, keys and widths.</summary>
internal static unsafe class AttentionKernels
{
    /// <summary>[…, queries, width], […, keys, width], […, keys, value width] → […, queries, value width].</summary>
    public static Meta[] Infer(Meta[] inputs)
    {
        Meta query = inputs[0], key = inputs[1], value = inputs[2];
        if (query.Rank < 2) throw new GradusException($"attention: the query is {query}, expected [..., queries, width].");
        var lead = query.Shape.AsSpan()[..^2];
        if (key.Rank != query.Rank || !key.Shape.AsSpan()[..^2].SequenceEqual(lead) || key.Shape[-1] != query.Shape[-1])
        {
            throw new GradusException(
                $"attention: the query is {query}, the key {key}: expected {Shape.Create([.. lead, key.Rank < 2 ? 1 : key.Shape[-2], query.Shape[-1]])}.");
        }

        if (value.Rank != query.Rank || !value.Shape.AsSpan()[..^2].SequenceEqual(lead) || value.Shape[-2] != key.Shape[-2])
        {
            throw new GradusException(
                $"attention: the key is {key}, the value {value}: expected {Shape.Create([.. lead, key.Shape[-2], value.Rank < 1 ? 1 : value.Shape[-1]])}.");
        }

        if (inputs.Length > 3) RequireMask("attention", inputs[3], Shape.Create([.. lead, query.Shape[-2], key.Shape[-2]]));
        return
        [
            new Meta(Shape.Create([.. lead, query.Shape[-2], value.Shape[-1]]), query.DType),
            new Meta(Shape.Create([.. lead, query.Shape[-2]]), query.DType),
        ];
    }

    /// <summary>[batch, time, 3·width] → [batch, time, width].</summary>
    public static Meta[] InferPacked(Meta[] inputs, AttentionArgs args)
    {
        var x = inputs[0];
        if (x.Rank != 3 || args.Heads < 1 || x.Shape[2] % (3L * args.Heads) != 0)
        {
            throw new GradusException($"selfAttention: the input is {x}, expected [batch, time, 3·width] with a width that {args.Heads} heads divide.");
        }

        if (inputs.Length > 1) RequireMask("selfAttention", inputs[1], Shape.Create([x.Shape[0], args.Heads, x.Shape[1], x.Shape[1]]));
        return
        [
            new Meta(Shape.Create([x.Shape[0], x.Shape[1], x.Shape[2] / 3]), x.DType),
            new Meta(Shape.Create([x.Shape[0], args.Heads, x.Shape[1]]), x.DType),
        ];
    }

    public static void Run(Operand[] inputs, AttentionArgs args, Operand[] outputs)
    {
        if (outputs[0].DType == DType.Float32) Run<float>(inputs, args, outputs);
        else Run<double>(inputs, args, outputs);
    }

    public static void Backward(FusedGradients<AttentionArgs> gradients)
    {
        if (gradients.Input(0).DType == DType.Float32) Backward<float>(gradients);
        else Backward<double>(gradients);
    }

    public static void RunPacked(Operand[] inputs, AttentionArgs args, Operand[] outputs)
    {
        if (outputs[0].DType == DType.Float32) RunPacked<float>(inputs, args, outputs);
        else RunPacked<double>(inputs, args, outputs);
    }

    public static void BackwardPacked(FusedGradients<AttentionArgs> gradients)
    {
        if (gradients.Input(0).DType == DType.Float32) BackwardPacked<float>(gradients);
        else BackwardPacked<double>(gradients);
    }

    private static void RequireMask(string operation, Meta mask, Shape scores)
    {
        if (mask.Rank > scores.Rank || Shape.Broadcast(operation, mask.Shape, scores) != scores)
        {
            throw new GradusException($"{operation}: the mask is {mask}, expected one that broadcasts to {scores}.");
        }
    }

    private static void Run<T>(Operand[] inputs, AttentionArgs args, Operand[] outputs) where T : unmanaged, INumber<T>
    {
        var size = Size(inputs[0], inputs[1], inputs[2], args);
        using var offsets = Buffers.Rent(size.Batches * sizeof(nint));
        var mask = inputs.Length > 3 ? Mask<T>(inputs[3], Scores(inputs[0], inputs[1]), (nint*)offsets.Pointer) : default;
        Attention.Forward(size, Plain<T>(inputs[0]), Plain<T>(inputs[1]), Plain<T>(inputs[2]), mask, Plain<T>(outputs[0]),
            outputs.Length > 1 ? outputs[1].As<T>() : null);
    }

    private static void Backward<T>(FusedGradients<AttentionArgs> gradients) where T : unmanaged, INumber<T>
    {
        Operand query = gradients.Input(0), key = gradients.Input(1);
        var hasMask = gradients.Inputs > 3;
        var size = Size(query, key, gradients.Input(2), gradients.Args);
        var scores = Scores(query, key);
        using var offsets = Buffers.Rent(size.Batches * sizeof(nint));
        using var wanted = Buffers.Rent(hasMask && gradients.Result(3).Data != null ? (nint)scores.ElementCount * sizeof(T) : 1);
        var scoreGradient = hasMask && gradients.Result(3).Data != null ? (T*)wanted.Pointer : null;
        Attention.Backward(size, new AttentionGradients<T>
        {
            Query = Plain<T>(query),
            Key = Plain<T>(key),
            Value = Plain<T>(gradients.Input(2)),
            Mask = hasMask ? Mask<T>(gradients.Input(3), scores, (nint*)offsets.Pointer) : default,
            Output = Plain<T>(gradients.Output(0)),
            LogSums = gradients.Output(1).As<T>(),
            Gradient = Plain<T>(gradients.Gradient(0)),
            QueryGradient = Plain<T>(gradients.Result(0)),
            KeyGradient = Plain<T>(gradients.Result(1)),
            ValueGradient = Plain<T>(gradients.Result(2)),
            ScoreGradient = scoreGradient,
        });
        if (scoreGradient != null) SumToMask(scoreGradient, scores, gradients.Result(3));
    }

    private static void RunPacked<T>(Operand[] inputs, AttentionArgs args, Operand[] outputs) where T : unmanaged, INumber<T>
    {
        var size = PackedSize(inputs[0], args);
        using var offsets = Buffers.Rent(size.Batches * size.Heads * sizeof(nint));
        var mask = inputs.Length > 1 ? Mask<T>(inputs[1], PackedScores(size), (nint*)offsets.Pointer) : default;
        Attention.Forward(
            size, Packed<T>(inputs[0], size, 0), Packed<T>(inputs[0], size, 1), Packed<T>(inputs[0], size, 2), mask, Interleaved<T>(outputs[0], size),
            outputs.Length > 1 ? outputs[1].As<T>() : null);
    }

    private static void BackwardPacked<T>(FusedGradients<AttentionArgs> gradients) where T : unmanaged, INumber<T>
    {
        var x = gradients.Input(0);
        var hasMask = gradients.Inputs > 1;
        var size = PackedSize(x, gradients.Args);
        var scores = PackedScores(size);
        using var offsets = Buffers.Rent(size.Batches * size.Heads * sizeof(nint));
        using var wanted = Buffers.Rent(hasMask && gradients.Result(1).Data != null ? (nint)scores.ElementCount * sizeof(T) : 1);
        var scoreGradient = hasMask && gradients.Result(1).Data != null ? (T*)wanted.Pointer : null;
        Attention.Backward(size, new AttentionGradients<T>
        {
            Query = Packed<T>(x, size, 0),
            Key = Packed<T>(x, size, 1),
            Value = Packed<T>(x, size, 2),
            Mask = hasMask ? Mask<T>(gradients.Input(1), scores, (nint*)offsets.Pointer) : default,
            Output = Interleaved<T>(gradients.Output(0), size),
            LogSums = gradients.Output(1).As<T>(),
            Gradient = Interleaved<T>(gradients.Gradient(0), size),
            QueryGradient = Packed<T>(gradients.Result(0), size, 0),
            KeyGradient = Packed<T>(gradients.Result(0), size, 1),
            ValueGradient = Packed<T>(gradients.Result(0), size, 2),
            ScoreGradient = scoreGradient,
        });
        if (scoreGradient != null) SumToMask(scoreGradient, scores, gradients.Result(1));
    }

    private static AttentionSize Size(Operand query, Operand key, Operand value, AttentionArgs args)
    {
        var batches = 1;
        for (var axis = 0; axis < query.Shape.Rank - 2; axis++) batches = Shape.Size((long)batches * query.Shape[axis], "attention");
        return new AttentionSize(batches, 1, query.Shape[-2], key.Shape[-2], query.Shape[-1], value.Shape[-1], args.ScaleFor(query.Shape[-1]), args.IsCausal);
    }

    private static AttentionSize PackedSize(Operand x, AttentionArgs args)
    {
        var width = x.Shape[2] / 3 / args.Heads;
        return new AttentionSize(x.Shape[0], args.Heads, x.Shape[1], x.Shape[1], width, width, args.ScaleFor(width), args.IsCausal);
    }

    private static Shape Scores(Operand query, Operand key) => Shape.Create([.. query.Shape.AsSpan()[..^1], key.Shape[-2]]);

    private static Shape PackedScores(AttentionSize size) => Shape.Create([size.Batches, size.Heads, size.Queries, size.Keys]);

    private static HeadMatrices<T> Plain<T>(Operand x) where T : unmanaged =>
        x.Data == null ? default : new(x.As<T>(), (nint)x.Shape[-2] * x.Shape[-1], 0, x.Shape[-1]);

    /// <summary>Part 0, 1 or 2 of [batch, time, 3·heads·width].</summary>
    private static HeadMatrices<T> Packed<T>(Operand x, AttentionSize size, int part) where T : unmanaged
    {
        var row = (nint)3 * size.Heads * size.Width;
        return x.Data == null ? default : new(x.As<T>() + ((nint)part * size.Heads * size.Width), size.Queries * row, size.Width, row);
    }

    /// <summary>[batch, time, heads·width].</summary>
    private static HeadMatrices<T> Interleaved<T>(Operand x, AttentionSize size) where T : unmanaged
    {
        var row = (nint)size.Heads * size.Width;
        return new(x.As<T>(), size.Queries * row, size.Width, row);
    }

    /// <summary>The mask as it lies under the scores; where each head's begins goes to <paramref name="offsets"/>.</summary>
    private static ScoreMask<T> Mask<T>(Operand mask, Shape scores, nint* offsets) where T : unmanaged
    {
        Span<nint> strides = stackalloc nint[scores.Rank];
        mask.Layout.BroadcastStrides(scores, strides);
        Span<int> position = stackalloc int[scores.Rank];
        position.Clear();
        nint offset = 0;
        var heads = scores[-1] == 0 || scores[-2] == 0 ? 0 : scores.ElementCount / scores[-1] / scores[-2];
        for (nint head = 0; head < heads; head++)
        {
            offsets[head] = offset;
            for (var axis = scores.Rank - 3; axis >= 0; axis--)
            {
                offset += strides[axis];
                if (++position[axis] < scores[axis]) break;
                offset -= strides[axis] * scores[axis];
                position[axis] = 0;
            }
        }

        return new ScoreMask<T>(mask.As<T>(), offsets, strides[^2], strides[^1]);
    }

    /// <summary>Sums the gradient of the scores over the axes along which the mask was repeated.</summary>
    private static void SumToMask<T>(T* gradient, Shape scores, Operand mask) where T : unmanaged
    {
        var reduced = new bool[scores.Rank];
        for (var axis = 0; axis < reduced.Length; axis++)
        {
            var own = axis - (scores.Rank - mask.Shape.Rank);
            reduced[axis] = own < 0 || (mask.Shape[own] == 1 && scores[axis] != 1);
        }

        var strides = Layout.Dense(scores).Strides;
        if (typeof(T) == typeof(float)) Reduce.Sum(scores.AsSpan(), (float*)gradient, strides, reduced, mask.As<float>());
        else Reduce.Sum(scores.AsSpan(), (double*)gradient, strides, reduced, mask.As<double>());
    }
}
