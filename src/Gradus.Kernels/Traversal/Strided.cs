using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>Between a strided line and a contiguous block.</summary>
internal static unsafe class Strided
{
    /// <summary>Returns <paramref name="x"/> itself when it is contiguous, else <paramref name="block"/> filled from it.</summary>
    public static T* Gather<T>(T* x, nint stride, nint n, T* block) where T : unmanaged
    {
        if (stride == 1) return x;
        if (stride == 0) new Span<T>(block, (int)n).Fill(*x);
        else Copy(x, stride, block, 1, n);
        return block;
    }

    /// <summary>Writes a contiguous block to a strided line.</summary>
    public static void Scatter<T>(T* block, nint n, T* z, nint stride) where T : unmanaged => Copy(block, 1, z, stride, n);

    /// <summary>Copies n elements from one strided line to another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy<T>(T* x, nint xs, T* z, nint zs, nint n) where T : unmanaged
    {
        // Four at a time: the loads do not wait for each other's addresses.
        for (; n >= 4; n -= 4)
        {
            var a = x[0];
            var b = x[xs];
            var c = x[2 * xs];
            var d = x[3 * xs];
            z[0] = a;
            z[zs] = b;
            z[2 * zs] = c;
            z[3 * zs] = d;
            x += 4 * xs;
            z += 4 * zs;
        }

        for (; n > 0; n--)
        {
            *z = *x;
            x += xs;
            z += zs;
        }
    }
}
