using System.Numerics;

namespace Gradus.Kernels.Tests.Recurrent;

/// <summary>What the plain twins of the recurrent layers share: functions of one number, sums and products by their specification.</summary>
internal static unsafe class PlainRecurrent
{
    public static T Sigmoid<T>(T x) where T : unmanaged => default(SigmoidOperator).Invoke<T, Scalar<T>, T>(x);

    public static T Tanh<T>(T x) where T : unmanaged => default(TanhOperator).Invoke<T, Scalar<T>, T>(x);

    /// <summary>1 − x², rounded once.</summary>
    public static T OneMinusSquare<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.FusedMultiplyAdd(-x, x, T.One);

    /// <summary>The state before a step: that after the step before it, the first before the first.</summary>
    public static T* Before<T>(RecurrentSize size, int sample, int step, T* first, T* states) where T : unmanaged =>
        step == 0 ? first + (sample * size.Hidden) : states + (size.Row(sample, step - 1) * size.Hidden);

    /// <summary>z = x·Wᵀ + bias for one row.</summary>
    public static void Affine<T>(int outputs, int inputs, T* x, T* weight, T* bias, T* z, bool accumulate = false)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        GemmReference.Run(1, outputs, inputs, x, 0, 1, weight, 1, inputs, z, outputs, bias, accumulate);

    /// <summary>dW = Gᵀ·X over all rows.</summary>
    public static void WeightGradient<T>(int rows, int outputs, int inputs, T* g, int pitch, T* x, T* result) where T : unmanaged, IFloatingPointIeee754<T> =>
        GemmReference.Run(outputs, inputs, rows, g, 1, pitch, x, inputs, 1, result, inputs, null, accumulate: false);

    /// <summary>The same against the states before each step.</summary>
    public static void HiddenWeightGradient<T>(RecurrentSize size, int outputs, T* g, int pitch, T* first, T* states, T* result)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var previous = new T[size.Rows * size.Hidden];
        for (var sample = 0; sample < size.Batch; sample++)
        {
            for (var step = 0; step < size.Time; step++)
            {
                new Span<T>(Before(size, sample, step, first, states), size.Hidden).CopyTo(previous.AsSpan((int)size.Row(sample, step) * size.Hidden));
            }
        }

        fixed (T* x = previous) WeightGradient(size.Rows, outputs, size.Hidden, g, pitch, x, result);
    }

    /// <summary>Each column's sum over the rows.</summary>
    public static void SumRows<T>(int rows, int columns, T* g, int pitch, T* result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var column = 0; column < columns; column++)
        {
            var from = g + column;
            result[column] = PlainLanes.Sum<T>(rows, (row, sum) => sum + from[row * pitch]);
        }
    }
}
