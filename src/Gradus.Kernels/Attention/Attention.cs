using System.Numerics;
using System.Runtime.InteropServices;

namespace Gradus.Kernels;

/// <summary>Scaled dot-product attention: out = softmax(Q·Kᵀ·scale + mask)·V for each head.</summary>
/// <remarks>
/// Tiled over the queries: no more than a tile of scores of each thread is ever alive. What is kept for the backward pass is one number for each query, ln Σ
/// e^score, from which the probabilities are computed again: at 64 keys of width 32 that costs less than writing and reading them. A query that may attend to
/// no key gets zeros, and gives none a gradient; of a key that a query may not attend to nothing reaches it, not even ∞ or NaN.
/// </remarks>
internal static unsafe partial class Attention
{
    /// <summary>Writes the output and, unless it is null, ln Σ e^score of each query, [batches, heads, queries].</summary>
    public static void Forward<T>(
        AttentionSize size, HeadMatrices<T> query, HeadMatrices<T> key, HeadMatrices<T> value, ScoreMask<T> mask, HeadMatrices<T> output, T* logSums)
        where T : unmanaged, INumber<T> =>
        Workers.Run(size.Batches * size.Heads * size.Tiles, new ForwardJob<T>(size, query, key, value, mask, output, logSums));

    /// <summary>Writes the gradients that are wanted. A thread takes whole heads, whose keys and values gather from all queries.</summary>
    public static void Backward<T>(AttentionSize size, AttentionGradients<T> operands) where T : unmanaged, INumber<T> =>
        Workers.Run(size.Batches * size.Heads, new BackwardJob<T>(size, operands));

    private readonly struct ForwardJob<T>(
        AttentionSize size, HeadMatrices<T> query, HeadMatrices<T> key, HeadMatrices<T> value, ScoreMask<T> mask, HeadMatrices<T> output, T* logSums) : IJob
        where T : unmanaged, INumber<T>
    {
        public void Run(int chunk)
        {
            var (index, tile) = Math.DivRem(chunk, size.Tiles);
            var (batch, head) = Math.DivRem(index, size.Heads);
            var start = tile * size.TileRows;
            var rows = Math.Min(size.TileRows, size.Queries - start);
            var keys = size.KeysOf(start + rows - 1);
            using var scratch = Buffers.Rent((((nint)rows * keys) + (2 * rows)) * sizeof(T));
            var scores = (T*)scratch.Pointer;
            var sums = scores + ((nint)rows * keys);
            var shifts = sums + rows;
            Gemm.Run(rows, keys, size.Width, query.At(batch, head) + (start * query.Row), query.Row, 1, key.At(batch, head), 1, key.Row, scores, keys);
            for (var row = 0; row < rows; row++)
            {
                var line = scores + ((nint)row * keys);
                var count = size.KeysOf(start + row);
                var scale = Scalar<T>.Constant(size.Scale);
                if (!mask.IsNone)
                {
                    Elementwise.BinarySpan(new ScaleAddOperator<T>(scale), count, line, 1, mask.At(index, start + row), mask.Column, line);
                    scale = T.One;
                }

                var max = Fold.Run<T, MaxReduction>(line, count);
                if (IsNothing(max))
                {
                    // All probabilities are 0, and so is e^(score − ∞) in the backward pass.
                    NativeMemory.Clear(line, (nuint)(keys * sizeof(T)));
                    (sums[row], shifts[row]) = (T.One, Scalar<T>.Constant(double.PositiveInfinity));
                    continue;
                }

                NativeMemory.Clear(line + count, (nuint)((keys - count) * sizeof(T)));
                if (T.IsPositiveInfinity(max))
                {
                    // Infinite scores share alike what there is, as in a softmax. What is kept says that the sum is no number.
                    (sums[row], shifts[row]) = (WhereInfinite(count, line), T.Zero / T.Zero);
                    continue;
                }

                sums[row] = LaneSums.Run<T, ExpScaledTerms<T>>(count, new(line, max, scale)).First;
                shifts[row] = max * scale;
                // Beyond the type too: +∞ would stand for a query without keys.
                if (T.IsPositiveInfinity(shifts[row])) shifts[row] = T.Zero / T.Zero;
            }

            var to = output.At(batch, head) + (start * output.Row);
            Gemm.Run(rows, size.ValueWidth, keys, scores, keys, 1, value.At(batch, head), value.Row, 1, to, output.Row);
            if (size.IsCausal || !mask.IsNone) Repair(rows, size.ValueWidth, keys, scores, value.At(batch, head), value.Row, to, output.Row);
            for (var row = 0; row < rows; row++)
            {
                Elementwise.UnarySpan(new QuotientOperator<T>(sums[row]), size.ValueWidth, to + (row * output.Row), to + (row * output.Row));
            }

            if (logSums == null) return;
            Elementwise.UnarySpan(default(LogOperator), rows, sums, sums);
            Elementwise.BinarySpan(default(AddOperator), rows, shifts, 1, sums, 1, logSums + ((nint)index * size.Queries) + start);
        }
    }

    private readonly struct BackwardJob<T>(AttentionSize size, AttentionGradients<T> operands) : IJob where T : unmanaged, INumber<T>
    {
        public void Run(int chunk)
        {
            var (batch, head) = Math.DivRem(chunk, size.Heads);
            using var scratch = Buffers.Rent(2 * (nint)Math.Min(size.TileRows, size.Queries) * size.Keys * sizeof(T));
            // Several tiles add to the gradients of keys and values, and a causal one does not reach all of them.
            var adds = size.Tiles > 1 || size.KeysOf(size.Queries - 1) < size.Keys;
            if (adds)
            {
                Clear(operands.KeyGradient, batch, head, size.Width);
                Clear(operands.ValueGradient, batch, head, size.ValueWidth);
            }

            for (var tile = 0; tile < size.Tiles; tile++) Tile(chunk, batch, head, tile, adds, (T*)scratch.Pointer);
        }

        private void Tile(int index, int batch, int head, int tile, bool adds, T* probabilities)
        {
            var start = tile * size.TileRows;
            var rows = Math.Min(size.TileRows, size.Queries - start);
            var keys = size.KeysOf(start + rows - 1);
            var gradients = probabilities + ((nint)rows * keys);
            T* query = operands.Query.At(batch, head) + (start * operands.Query.Row),
                key = operands.Key.At(batch, head), value = operands.Value.At(batch, head);
            T* g = operands.Gradient.At(batch, head) + (start * operands.Gradient.Row),
                output = operands.Output.At(batch, head) + (start * operands.Output.Row);
            nint queryRow = operands.Query.Row, keyRow = operands.Key.Row, gRow = operands.Gradient.Row;

            Gemm.Run(rows, keys, size.Width, query, queryRow, 1, key, 1, keyRow, probabilities, keys);
            var unasked = 0;
            for (var row = 0; row < rows; row++)
            {
                Probabilities(index, start + row, keys, probabilities + ((nint)row * keys));
                if (!IsUnasked(index, start + row, g + (row * gRow))) continue;
                NativeMemory.Clear(probabilities + ((nint)row * keys), (nuint)(keys * sizeof(T)));
                unasked++;
            }

            if (!operands.ValueGradient.IsNone)
            {
                Gemm.Run(keys, size.ValueWidth, rows, probabilities, 1, keys, g, gRow, 1,
                    operands.ValueGradient.At(batch, head), operands.ValueGradient.Row, accumulate: adds);
            }

            Gemm.Run(rows, keys, size.ValueWidth, g, gRow, 1, value, 1, operands.Value.Row, gradients, keys);
            for (var row = 0; row < rows; row++)
            {
                var mean = LaneSums.Run<T, ProductTerms<T>>(size.ValueWidth, new(g + (row * gRow), output + (row * operands.Output.Row))).First;
                T* p = probabilities + ((nint)row * keys), dp = gradients + ((nint)row * keys);
                if (operands.ScoreGradient != null)
                {
                    var to = operands.ScoreGradient + ((((nint)index * size.Queries) + start + row) * size.Keys);
                    Elementwise.BinarySpan(new ScoreGradientOperator<T>(mean, T.One), keys, p, 1, dp, 1, to);
                    NativeMemory.Clear(to + keys, (nuint)((size.Keys - keys) * sizeof(T)));
                }

                Elementwise.BinarySpan(new ScoreGradientOperator<T>(mean, Scalar<T>.Constant(size.Scale)), keys, p, 1, dp, 1, dp);
            }

            if (!operands.QueryGradient.IsNone)
            {
                Gemm.Run(rows, size.Width, keys, gradients, keys, 1, key, keyRow, 1,
                    operands.QueryGradient.At(batch, head) + (start * operands.QueryGradient.Row), operands.QueryGradient.Row);
                if (unasked > 0 || size.IsCausal || !operands.Mask.IsNone)
                {
                    Repair(rows, size.Width, keys, gradients, key, keyRow,
                        operands.QueryGradient.At(batch, head) + (start * operands.QueryGradient.Row), operands.QueryGradient.Row);
                }
            }

            if (!operands.KeyGradient.IsNone)
            {
                using var asked = Buffers.Rent(unasked == 0 ? 1 : (nint)rows * size.Width * sizeof(T));
                if (unasked > 0)
                {
                    for (var row = 0; row < rows; row++)
                    {
                        CopyOrClear(!IsUnasked(index, start + row, g + (row * gRow)), size.Width, query + (row * queryRow),
                            (T*)asked.Pointer + ((nint)row * size.Width));
                    }

                    query = (T*)asked.Pointer;
                    queryRow = size.Width;
                }

                Gemm.Run(keys, size.Width, rows, gradients, 1, keys, query, queryRow, 1,
                    operands.KeyGradient.At(batch, head), operands.KeyGradient.Row, accumulate: adds);
            }
        }

        /// <summary>
        /// Whether a query takes no part: it saw no key, whatever its own numbers are, or it came out as NaN and nobody asks for its gradient.
        /// </summary>
        private bool IsUnasked(int index, int query, T* gradient)
        {
            var logSum = operands.LogSums[((nint)index * size.Queries) + query];
            if (T.IsPositiveInfinity(logSum)) return true;
            if (!T.IsNaN(logSum)) return false;
            for (var column = 0; column < size.ValueWidth; column++)
            {
                if (gradient[column] != T.Zero) return false;
            }

            return true;
        }

        /// <summary>From the scores of a query to the probabilities.</summary>
        private void Probabilities(int index, int query, int keys, T* line)
        {
            var count = size.KeysOf(query);
            var scale = Scalar<T>.Constant(size.Scale);
            if (!operands.Mask.IsNone)
            {
                Elementwise.BinarySpan(new ScaleAddOperator<T>(scale), count, line, 1, operands.Mask.At(index, query), operands.Mask.Column, line);
                scale = T.One;
            }

            var logSum = operands.LogSums[((nint)index * size.Queries) + query];
            // Beside a large maximum ln Σ e^score has lost the digits of the sum, beside an infinite one there is none: both are then computed again.
            if (T.Abs(logSum) > T.CreateChecked(1024) || T.IsNaN(logSum))
            {
                var max = Fold.Run<T, MaxReduction>(line, count);
                var sum = T.IsPositiveInfinity(max) ? WhereInfinite(count, line) : LaneSums.Run<T, ExpScaledTerms<T>>(count, new(line, max, scale)).First;
                Elementwise.UnarySpan(new QuotientOperator<T>(sum), count, line, line);
            }
            else
            {
                Elementwise.UnarySpan(new ExpScaledOperator<T>(scale, logSum), count, line, line);
            }

            NativeMemory.Clear(line + count, (nuint)((keys - count) * sizeof(T)));
        }

        private void Clear(HeadMatrices<T> matrices, int batch, int head, int columns)
        {
            if (matrices.IsNone) return;
            for (var row = 0; row < size.Keys; row++) NativeMemory.Clear(matrices.At(batch, head) + (row * matrices.Row), (nuint)(columns * sizeof(T)));
        }
    }
}
