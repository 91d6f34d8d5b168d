using System.Numerics;

namespace Gradus.Kernels.Tests.Attention;

/// <summary>What is added to the scores.</summary>
public enum Masking
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A number for each query and key, the same for all heads; −∞ for some.</summary>
    Scores,

    /// <summary>A number for each query of each head, the same for all keys.</summary>
    Queries,
}

/// <summary>Runs attention forward and backward between guard pages, by its kernel or by its plain twin, and gives all its results.</summary>
internal static unsafe class AttentionRuns
{
    public static T[][] Run<T>(AttentionSize size, Masking masking, bool plain = false, bool guardBefore = false) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var memory = new GuardedOperands<T>(guardBefore);
        var heads = size.Batches * size.Heads;
        int queries = heads * size.Queries * size.Width, keys = heads * size.Keys * size.Width, values = heads * size.Keys * size.ValueWidth,
            outputs = heads * size.Queries * size.ValueWidth;
        var query = Interleaved(size, size.Queries, size.Width, memory.Operand(queries));
        var key = Interleaved(size, size.Keys, size.Width, memory.Operand(keys));
        var value = Interleaved(size, size.Keys, size.ValueWidth, memory.Operand(values));
        var gradient = Interleaved(size, size.Queries, size.ValueWidth, memory.Operand(outputs));
        var offsets = stackalloc nint[heads];
        for (var head = 0; head < heads; head++) offsets[head] = masking == Masking.Queries ? head * size.Queries : 0;
        var mask = masking switch
        {
            Masking.Scores => new ScoreMask<T>(
                memory.Operand(size.Queries * size.Keys, static x => x > T.CreateChecked(0.7) ? T.NegativeInfinity : x), offsets, size.Keys, 1),
            Masking.Queries => new ScoreMask<T>(memory.Operand(heads * size.Queries), offsets, 1, 0),
            _ => default,
        };

        // A query that may attend to nothing has no softmax: each is left its first key.
        if (masking == Masking.Scores)
        {
            for (var row = 0; row < size.Queries; row++) *mask.At(0, row) = T.One;
        }

        var output = Interleaved(size, size.Queries, size.ValueWidth, memory.Result(outputs));
        var logSums = memory.Result(heads * size.Queries);
        var gradients = new AttentionGradients<T>
        {
            Query = query,
            Key = key,
            Value = value,
            Mask = mask,
            Output = output,
            LogSums = logSums,
            Gradient = gradient,
            QueryGradient = Interleaved(size, size.Queries, size.Width, memory.Result(queries)),
            KeyGradient = Interleaved(size, size.Keys, size.Width, memory.Result(keys)),
            ValueGradient = Interleaved(size, size.Keys, size.ValueWidth, memory.Result(values)),
            ScoreGradient = mask.IsNone ? null : memory.Result(heads * size.Queries * size.Keys),
        };
        if (plain)
        {
            PlainAttention.Forward(size, query, key, value, mask, output, logSums);
            PlainAttention.Backward(size, gradients);
        }
        else
        {
            Kernels.Attention.Forward(size, query, key, value, mask, output, logSums);
            Kernels.Attention.Backward(size, gradients);
        }

        return memory.Results;
    }

    /// <summary>[batches, rows, heads, columns].</summary>
    private static HeadMatrices<T> Interleaved<T>(AttentionSize size, int rows, int columns, T* data) where T : unmanaged =>
        new(data, (nint)rows * size.Heads * columns, columns, (nint)size.Heads * columns);
}
