namespace Gradus.Onnx;

/// <summary>Operations on whole numbers that tensors do not have, element by element.</summary>
internal static class Integers
{
    public static Tensor Map(Tensor x, Func<long, long> compute) => Map(x, Tensor.Scalar(0L).To(x.DType), (value, _) => compute(value));

    /// <summary>x to the power of y, which wraps around as products in C do; 0 for a fraction.</summary>
    public static long Power(long x, long y)
    {
        if (y < 0) return x switch { 1 => 1, -1 => y % 2 == 0 ? 1 : -1, _ => 0 };
        var result = 1L;
        for (; y > 0; y >>= 1, x = unchecked(x * x))
        {
            if ((y & 1) != 0) result = unchecked(result * x);
        }

        return result;
    }

    /// <summary>A function of two tensors of whole numbers, which broadcast.</summary>
    public static Tensor Map(Tensor x, Tensor y, Func<long, long, long> compute)
    {
        if (x.DType is not (DType.Int32 or DType.Int64) || y.DType != x.DType)
            throw new GradusException($"expected whole numbers of one type, got {x.Describe()} and {y.Describe()}.");
        Tensor[] pair = Tensor.Broadcast(x, y);
        if (x.DType == DType.Int64) return Zip<long>(pair, static (x, y, compute) => compute(x, y), compute);
        return Zip<int>(pair, static (x, y, compute) => unchecked((int)compute(x, y)), compute);
    }

    private static Tensor Zip<T>(Tensor[] pair, Func<T, T, Func<long, long, long>, T> apply, Func<long, long, long> compute) where T : unmanaged
    {
        var (left, right) = (pair[0].ToArray<T>(), pair[1].ToArray<T>());
        for (var index = 0; index < left.Length; index++) left[index] = apply(left[index], right[index], compute);
        return Tensor.From(left, pair[0].Shape);
    }
}
