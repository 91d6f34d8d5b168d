using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gradus.Kernels;

/// <summary>Matrix products over strided operands.</summary>
/// <remarks>
/// Every element of C has one defined bit pattern, that of <see cref="GemmReference"/>: whatever the vector width, the number of threads, the
/// strides, the batch and the other rows and columns. Strides count elements and may be zero or negative in A and B; C has unit column stride and
/// overlaps neither operand. Safe to call from several threads at once, and from inside a job. Allocates nothing in the steady state.
/// </remarks>
internal static unsafe class Gemm
{
    /// <summary>C[m,n] = A[m,k]·B[k,n], or C + (A·B) when accumulating; then + bias[n] unless it is null.</summary>
    /// <remarks>With k = 0 the product is zero, and accumulating it leaves C as it is.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(
        int m, int n, int k, T* a, nint aRow, nint aCol, T* b, nint bRow, nint bCol, T* c, nint ldc, T* bias = null, bool accumulate = false)
        where T : unmanaged, INumber<T>
    {
        if (m == 0 || n == 0) return;
        if (k == 0 || (typeof(T) != typeof(float) && typeof(T) != typeof(double)))
        {
            GemmReference.Run(m, n, k, a, aRow, aCol, b, bRow, bCol, c, ldc, bias, accumulate);
            return;
        }

        var product = Describe(m, n, k, a, aRow, aCol, b, bRow, bCol, c, ldc, bias, accumulate);
        if (Vector512.IsHardwareAccelerated) ProductRunner<T, ProductLanes512<T>, Vector512<T>>.Run(in product);
        else if (Vector256.IsHardwareAccelerated) ProductRunner<T, ProductLanes256<T>, Vector256<T>>.Run(in product);
        else ProductRunner<T, ProductLanes128<T>, Vector128<T>>.Run(in product);
    }

    /// <summary>
    /// The product of each matrix of a batch. Matrix i lies at the i-th offsets (in elements); operands may repeat, results must not overlap.
    /// </summary>
    /// <remarks>Small matrices are shared among the threads whole, large ones in blocks.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RunBatched<T>(
        int batch, ReadOnlySpan<nint> aOffsets, ReadOnlySpan<nint> bOffsets, ReadOnlySpan<nint> cOffsets,
        int m, int n, int k, T* a, nint aRow, nint aCol, T* b, nint bRow, nint bCol, T* c, nint ldc, T* bias = null, bool accumulate = false)
        where T : unmanaged, INumber<T>
    {
        if (m == 0 || n == 0) return;
        aOffsets = aOffsets[..batch];
        bOffsets = bOffsets[..batch];
        cOffsets = cOffsets[..batch];
        if (batch <= 1 || k == 0 || (typeof(T) != typeof(float) && typeof(T) != typeof(double)))
        {
            for (var i = 0; i < batch; i++)
            {
                Run(m, n, k, a + aOffsets[i], aRow, aCol, b + bOffsets[i], bRow, bCol, c + cOffsets[i], ldc, bias, accumulate);
            }

            return;
        }

        var product = Describe(m, n, k, a, aRow, aCol, b, bRow, bCol, c, ldc, bias, accumulate);
        if (Vector512.IsHardwareAccelerated) ProductRunner<T, ProductLanes512<T>, Vector512<T>>.RunBatched(in product, aOffsets, bOffsets, cOffsets);
        else if (Vector256.IsHardwareAccelerated) ProductRunner<T, ProductLanes256<T>, Vector256<T>>.RunBatched(in product, aOffsets, bOffsets, cOffsets);
        else ProductRunner<T, ProductLanes128<T>, Vector128<T>>.RunBatched(in product, aOffsets, bOffsets, cOffsets);
    }

    private static Product<T> Describe<T>(
        int m, int n, int k, T* a, nint aRow, nint aCol, T* b, nint bRow, nint bCol, T* c, nint ldc, T* bias, bool accumulate)
        where T : unmanaged => new()
        {
            M = m,
            N = n,
            K = k,
            A = a,
            ARow = aRow,
            ACol = aCol,
            B = b,
            BRow = bRow,
            BCol = bCol,
            C = new() { Values = c, Row = ldc, Col = 1, Bias = bias, BiasCol = 1, Accumulate = accumulate },
        };
}
