using System.Numerics;

namespace Gradus.Kernels;

/// <summary>What the recurrent layers share: products with transposed weights, sums over all steps, the states before each step.</summary>
internal static unsafe class RecurrentProducts
{
    /// <summary>Wᵀ: read once, so that each step's product finds contiguous rows and packs nothing.</summary>
    public static void Transpose<T>(int rows, int columns, T* weight, T* transposed) where T : unmanaged
    {
        ReadOnlySpan<int> shape = [columns, rows];
        ReadOnlySpan<nint> from = [1, columns], to = [rows, 1];
        Elementwise.Copy(shape, weight, from, transposed, to);
    }

    /// <summary>The hidden state before each step: that after the step before it, h0 before the first. [rows, hidden], ordered like the sequence.</summary>
    public static void Previous<T>(RecurrentSize size, T* output, T* first, T* previous) where T : unmanaged
    {
        var bytes = (nint)size.Hidden * sizeof(T);
        for (var sample = 0; sample < size.Batch; sample++)
        {
            for (var step = 0; step < size.Time; step++)
            {
                var from = step == 0 ? first + ((nint)sample * size.Hidden) : output + (size.Row(sample, step - 1) * size.Hidden);
                Buffer.MemoryCopy(from, previous + (size.Row(sample, step) * size.Hidden), bytes, bytes);
            }
        }
    }

    /// <summary>out[column] = Σ over the rows of g, whose rows are <paramref name="pitch"/> apart.</summary>
    public static void SumRows<T>(int rows, int columns, T* g, nint pitch, T* output) where T : unmanaged
    {
        ReadOnlySpan<int> shape = [rows, columns];
        ReadOnlySpan<nint> strides = [pitch, 1];
        ReadOnlySpan<bool> reduced = [true, false];
        if (typeof(T) == typeof(float)) Reduce.Sum(shape, (float*)g, strides, reduced, (float*)output);
        else Reduce.Sum(shape, (double*)g, strides, reduced, (double*)output);
    }

    /// <summary>dW = Gᵀ·X over all rows.</summary>
    public static void WeightGradient<T>(int rows, int outputs, int inputs, T* g, nint pitch, T* x, T* result) where T : unmanaged, INumber<T> =>
        Gemm.Run(outputs, inputs, rows, g, 1, pitch, x, inputs, 1, result, inputs);
}
