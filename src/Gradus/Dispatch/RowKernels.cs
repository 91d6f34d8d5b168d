using Gradus.Kernels;

namespace Gradus;

/// <summary>From dense operands to the row kernels: the last axis is a row.</summary>
internal static unsafe class RowKernels
{
    public static void Softmax(Operand x, Operand z)
    {
        var (rows, columns) = Split(x);
        if (z.DType == DType.Float32) Rows.Softmax(rows, columns, x.As<float>(), z.As<float>());
        else Rows.Softmax(rows, columns, x.As<double>(), z.As<double>());
    }

    public static void SoftmaxBackward(Operand gradient, Operand output, Operand dx)
    {
        var (rows, columns) = Split(output);
        if (dx.DType == DType.Float32) Rows.SoftmaxBackward(rows, columns, gradient.As<float>(), output.As<float>(), dx.As<float>());
        else Rows.SoftmaxBackward(rows, columns, gradient.As<double>(), output.As<double>(), dx.As<double>());
    }

    public static void LogSoftmax(Operand x, Operand z)
    {
        var (rows, columns) = Split(x);
        if (z.DType == DType.Float32) Rows.LogSoftmax(rows, columns, x.As<float>(), z.As<float>());
        else Rows.LogSoftmax(rows, columns, x.As<double>(), z.As<double>());
    }

    public static void LogSoftmaxBackward(Operand gradient, Operand output, Operand dx)
    {
        var (rows, columns) = Split(output);
        if (dx.DType == DType.Float32) Rows.LogSoftmaxBackward(rows, columns, gradient.As<float>(), output.As<float>(), dx.As<float>());
        else Rows.LogSoftmaxBackward(rows, columns, gradient.As<double>(), output.As<double>(), dx.As<double>());
    }

    /// <exception cref="GradusException">A label is not a class.</exception>
    public static void CrossEntropy(Operand x, Operand labels, Operand z)
    {
        var (rows, columns) = Split(x);
        var wrong = z.DType == DType.Float32
            ? Rows.CrossEntropy(rows, columns, x.As<float>(), labels.As<long>(), z.As<float>())
            : Rows.CrossEntropy(rows, columns, x.As<double>(), labels.As<long>(), z.As<double>());
        if (wrong >= 0)
        {
            throw new GradusException(
                $"crossEntropy: label {labels.As<long>()[wrong]} of sample {wrong} is not a class; there are {columns}, from 0 to {columns - 1}.");
        }
    }

    public static void CrossEntropyBackward(Operand gradient, Operand x, Operand labels, Operand dx)
    {
        var (rows, columns) = Split(x);
        if (dx.DType == DType.Float32) Rows.CrossEntropyBackward(rows, columns, x.As<float>(), labels.As<long>(), gradient.As<float>(), dx.As<float>());
        else Rows.CrossEntropyBackward(rows, columns, x.As<double>(), labels.As<long>(), gradient.As<double>(), dx.As<double>());
    }

    private static (nint Rows, nint Columns) Split(Operand x)
    {
        var columns = x.Shape.Rank == 0 ? 1 : x.Shape[-1];
        return (columns == 0 ? 0 : x.Count / columns, columns);
    }
}
