using System.Numerics;
using System.Runtime.InteropServices;

namespace Gradus.Kernels;

internal static unsafe partial class Attention
{
    /// <summary>Whether a maximum of scores says that there is nothing to attend to.</summary>
    private static bool IsNothing<T>(T max) where T : unmanaged, INumber<T> => T.IsNegativeInfinity(max);

    /// <summary>1 for each infinite score and 0 for the others, and how many there are.</summary>
    private static T WhereInfinite<T>(int count, T* scores) where T : unmanaged, INumber<T>
    {
        Elementwise.UnarySpan(new WhereInfiniteOperator<T>(T.One, T.Zero), count, scores, scores);
        return Fold.Run<T, SumReduction>(scores, count);
    }

    /// <summary>
    /// Computes those rows of weights·matrix again in which 0 · ∞ or 0 · NaN left NaN: each without the rows of the matrix whose weight is 0. The bits are
    /// those it has beside finite ones.
    /// </summary>
    private static void Repair<T>(int rows, int columns, int keys, T* weights, T* matrix, nint matrixRow, T* result, nint resultRow)
        where T : unmanaged, INumber<T>
    {
        for (var row = 0; row < rows; row++)
        {
            var to = result + (row * resultRow);
            var line = weights + ((nint)row * keys);
            if (!T.IsNaN(Fold.Run<T, MaxReduction>(to, columns)) || T.IsNaN(Fold.Run<T, MaxReduction>(line, keys))) continue;
            using var scratch = Buffers.Rent((nint)keys * columns * sizeof(T));
            var copy = (T*)scratch.Pointer;
            for (var key = 0; key < keys; key++) CopyOrClear(line[key] != T.Zero, columns, matrix + (key * matrixRow), copy + ((nint)key * columns));
            Gemm.Run(1, columns, keys, line, keys, 1, copy, columns, 1, to, resultRow);
        }
    }

    private static void CopyOrClear<T>(bool isCopied, int count, T* from, T* to) where T : unmanaged
    {
        var bytes = (nuint)(count * sizeof(T));
        if (isCopied) NativeMemory.Copy(from, to, bytes);
        else NativeMemory.Clear(to, bytes);
    }
}
