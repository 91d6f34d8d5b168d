using System.Numerics;

namespace Gradus.Kernels.Tests.Attention;

/// <summary>The plain twin of <see cref="Kernels.Attention"/>: products by their specification, all else one number at a time.</summary>
internal static unsafe class PlainAttention
{
    public static void Forward<T>(
        AttentionSize size, HeadMatrices<T> query, HeadMatrices<T> key, HeadMatrices<T> value, ScoreMask<T> mask, HeadMatrices<T> output, T* logSums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (var (index, batch, head, start, rows, keys) in Tiles(size))
        {
            for (var row = start; row < start + rows; row++)
            {
                var count = size.KeysOf(row);
                var (scores, scale) = Scores(size, query.At(batch, head) + (row * query.Row), key.At(batch, head), key.Row, mask, index, row, count);
                var max = scores[..count].Max();
                var weights = new T[keys];
                for (var k = 0; k < count; k++) weights[k] = Exp((scores[k] - max) * scale);
                var sum = PlainLanes.Sum<T>(count, (k, total) => total + weights[k]);
                var to = output.At(batch, head) + (row * output.Row);
                fixed (T* p = weights)
                {
                    GemmReference.Run(1, size.ValueWidth, keys, p, keys, 1, value.At(batch, head), value.Row, 1, to, output.Row, null, accumulate: false);
                }

                for (var column = 0; column < size.ValueWidth; column++) to[column] /= sum;
                logSums[(index * size.Queries) + row] = default(LogOperator).Invoke<T, Scalar<T>, T>(sum) + (max * scale);
            }
        }
    }

    public static void Backward<T>(AttentionSize size, AttentionGradients<T> operands) where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (var (index, batch, head, start, rows, keys) in Tiles(size))
        {
            T* query = operands.Query.At(batch, head) + (start * operands.Query.Row),
                key = operands.Key.At(batch, head), value = operands.Value.At(batch, head);
            T* g = operands.Gradient.At(batch, head) + (start * operands.Gradient.Row),
                output = operands.Output.At(batch, head) + (start * operands.Output.Row);
            T[] probabilities = new T[rows * keys], gradients = new T[rows * keys];
            for (var row = 0; row < rows; row++)
            {
                int count = size.KeysOf(start + row), at = row * keys;
                var (scores, scale) = Scores(size, query + (row * operands.Query.Row), key, operands.Key.Row, operands.Mask, index, start + row, count);
                var logSum = operands.LogSums[(index * size.Queries) + start + row];
                for (var k = 0; k < count; k++) probabilities[at + k] = Exp(T.FusedMultiplyAdd(scores[k], scale, -logSum));
                T* gRow = g + (row * operands.Gradient.Row), outputRow = output + (row * operands.Output.Row);
                var mean = PlainLanes.Sum<T>(size.ValueWidth, (j, sum) => T.FusedMultiplyAdd(gRow[j], outputRow[j], sum));
                fixed (T* to = &gradients[at])
                {
                    GemmReference.Run(1, keys, size.ValueWidth, gRow, 0, 1, value, 1, operands.Value.Row, to, keys, null, accumulate: false);
                }

                for (var k = 0; k < size.Keys; k++)
                {
                    var scoreGradient = k < keys ? probabilities[at + k] * (gradients[at + k] - mean) : T.Zero;
                    if (operands.ScoreGradient != null) operands.ScoreGradient[(((index * size.Queries) + start + row) * size.Keys) + k] = scoreGradient;
                    if (k < keys) gradients[at + k] = scoreGradient * T.CreateChecked(size.Scale);
                }
            }

            if (start == 0 && (size.Tiles > 1 || keys < size.Keys))
            {
                Clear(operands.KeyGradient, batch, head, size.Keys, size.Width);
                Clear(operands.ValueGradient, batch, head, size.Keys, size.ValueWidth);
            }

            var adds = size.Tiles > 1 || keys < size.Keys;
            fixed (T* p = probabilities, dp = gradients)
            {
                GemmReference.Run(keys, size.ValueWidth, rows, p, 1, keys, g, operands.Gradient.Row, 1,
                    operands.ValueGradient.At(batch, head), operands.ValueGradient.Row, null, adds);
                GemmReference.Run(keys, size.Width, rows, dp, 1, keys, query, operands.Query.Row, 1,
                    operands.KeyGradient.At(batch, head), operands.KeyGradient.Row, null, adds);
                GemmReference.Run(rows, size.Width, keys, dp, keys, 1, key, operands.Key.Row, 1,
                    operands.QueryGradient.At(batch, head) + (start * operands.QueryGradient.Row), operands.QueryGradient.Row, null, false);
            }
        }
    }

    /// <summary>Each tile of queries of each head, and how many keys its last query may attend to.</summary>
    private static IEnumerable<(int Index, int Batch, int Head, int Start, int Rows, int Keys)> Tiles(AttentionSize size) =>
        from index in Enumerable.Range(0, size.Batches * size.Heads)
        from tile in Enumerable.Range(0, size.Tiles)
        let start = tile * size.TileRows
        let rows = Math.Min(size.TileRows, size.Queries - start)
        select (index, index / size.Heads, index % size.Heads, start, rows, size.KeysOf(start + rows - 1));

    /// <summary>A query's scores and what they are still to be scaled by.</summary>
    private static (T[] Scores, T Scale) Scores<T>(AttentionSize size, T* query, T* key, nint keyRow, ScoreMask<T> mask, int index, int row, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var scores = new T[count];
        var scale = T.CreateChecked(size.Scale);
        fixed (T* to = scores) GemmReference.Run(1, count, size.Width, query, 0, 1, key, 1, keyRow, to, count, null, accumulate: false);
        if (mask.IsNone) return (scores, scale);
        for (var k = 0; k < count; k++) scores[k] = T.FusedMultiplyAdd(scores[k], scale, mask.At(index, row)[k * mask.Column]);
        return (scores, T.One);
    }

    private static T Exp<T>(T x) where T : unmanaged => default(ExpOperator).Invoke<T, Scalar<T>, T>(x);

    private static void Clear<T>(HeadMatrices<T> matrices, int batch, int head, int rows, int columns) where T : unmanaged
    {
        for (var row = 0; row < rows; row++) new Span<T>(matrices.At(batch, head) + (row * matrices.Row), columns).Clear();
    }
}
