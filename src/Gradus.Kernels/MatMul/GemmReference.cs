using System.Numerics;

namespace Gradus.Kernels;

/// <summary>The matrix product's specification: plain loops that say which bits every path has to give. Integers run it as it stands.</summary>
internal static unsafe class GemmReference
{
    /// <summary>C[m,n] = A[m,k]·B[k,n], then + bias[n]; when accumulating C + (A·B), then + bias[n].</summary>
    /// <remarks>Which NaN comes out where several go in is not specified, only that one does.</remarks>
    public static void Run<T>(
        int m, int n, int k, T* a, nint aRow, nint aCol, T* b, nint bRow, nint bCol, T* c, nint ldc, T* bias, bool accumulate)
        where T : unmanaged, INumber<T>
    {
        for (nint i = 0; i < m; i++)
        {
            for (nint j = 0; j < n; j++)
            {
                var value = Element(k, a + (i * aRow), aCol, b + (j * bCol), bRow);
                var stored = c + (i * ldc) + j;
                if (accumulate) value = k == 0 ? *stored : *stored + value;
                if (bias != null) value += bias[j];
                *stored = value;
            }
        }
    }

    private static T Element<T>(int k, T* a, nint aStep, T* b, nint bStep) where T : unmanaged, INumber<T>
    {
        if (k == 0) return T.Zero;
        var segments = new ProductSegments(k);
        var total = T.Zero;
        for (var segment = 0; segment < segments.Count; segment++)
        {
            var value = T.Zero;
            nint start = segments.Start(segment);
            for (var p = start; p < start + segments.Length(segment); p++) value = MultiplyAdd(a[p * aStep], b[p * bStep], value);
            total = segment == 0 ? value : total + value;
        }

        return total;
    }

    private static T MultiplyAdd<T>(T x, T y, T z) where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(float)) return (T)(object)MathF.FusedMultiplyAdd((float)(object)x, (float)(object)y, (float)(object)z);
        if (typeof(T) == typeof(double)) return (T)(object)Math.FusedMultiplyAdd((double)(object)x, (double)(object)y, (double)(object)z);
        return (x * y) + z;
    }
}
