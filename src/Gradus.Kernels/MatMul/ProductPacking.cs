using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Gradus.Kernels;

/// <summary>Copies a strip of A (its rows are the lanes) or of B (its columns are the lanes) into a panel in which each step of k lies side by side.</summary>
/// <remarks>This is where every stride is dealt with, transposed operands included: nothing is copied beforehand.</remarks>
internal static unsafe class ProductPacking<T>
    where T : unmanaged
{
    // The steps of k that are transposed before the next group of lanes: with float32 one cache line of the source.
    private const int TransposedSteps = 16;

    // Rows ahead of the copy that are asked for. Nothing is read: asking for an address outside the operand is harmless.
    private const int PrefetchSteps = 8;

    /// <summary>panel[p·<paramref name="pitch"/> + lane] = source[lane·laneStride + p·stepStride]; the lanes up to the pitch are zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(T* source, nint laneStride, nint stepStride, int lanes, int steps, T* panel, int pitch)
    {
        if (laneStride == 1) CopySteps(source, stepStride, lanes, steps, panel, pitch);
        else if (stepStride == 1 && lanes >= Vector128<T>.Count && HasZip) Transpose(source, laneStride, lanes, steps, panel, pitch);
        else Gather(source, laneStride, stepStride, lanes, steps, panel, pitch);
        if (lanes < pitch) ClearRest(lanes, steps, panel, pitch);
    }

    /// <summary>Packs several panels side by side, each of <paramref name="width"/> lanes and at <paramref name="panel"/> + number·steps·width; the last may have fewer lanes.</summary>
    /// <remarks>Where the lanes are contiguous it reads whole rows, 512 bytes on end: at 128 bytes a row the prefetcher is lost (measured 10 % at n = 1024).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackPanels(T* source, nint laneStride, nint stepStride, int lanes, int steps, T* panel, int width)
    {
        var whole = laneStride == 1 ? lanes / width : 0;
        if (whole > 0)
        {
            var next = (nint)steps * width;
            for (var step = 0; step < steps; step++)
            {
                T* from = source + (step * stepStride), end = from + (whole * width), to = panel + (step * width);
                for (; from < end; from += width, to += next)
                {
                    Prefetch(from + (PrefetchSteps * stepStride));
                    Prefetch(from + (PrefetchSteps * stepStride) + (width / 2));
                    for (var lane = 0; lane < width; lane += Vector256<T>.Count) Vector256.Load(from + lane).Store(to + lane);
                }
            }
        }

        for (var lane = whole * width; lane < lanes; lane += width)
        {
            Pack(source + (lane * laneStride), laneStride, stepStride, Math.Min(width, lanes - lane), steps, panel + ((nint)lane * steps), width);
        }
    }

    private static bool HasZip => Sse2.IsSupported || AdvSimd.Arm64.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopySteps(T* source, nint stepStride, int lanes, int steps, T* panel, int pitch)
    {
        var small = Vector128<T>.Count;
        var wide = Vector256<T>.Count;
        for (; steps > 0; steps--, source += stepStride, panel += pitch)
        {
            var lane = 0;
            for (; lane + wide <= lanes; lane += wide) Vector256.Load(source + lane).Store(panel + lane);
            if (lane + small <= lanes)
            {
                Vector128.Load(source + lane).Store(panel + lane);
                lane += small;
            }

            for (; lane < lanes; lane++) panel[lane] = source[lane];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(T* source, nint laneStride, int lanes, int steps, T* panel, int pitch)
    {
        var side = Vector128<T>.Count;
        var whole = steps / side * side;
        for (var start = 0; start < whole; start += TransposedSteps)
        {
            var end = Math.Min(start + TransposedSteps, whole);
            for (var lane = 0; lane < lanes; lane += side)
            {
                // The last group overlaps the one before it where the lanes are not a multiple: the same values are written twice.
                lane = Math.Min(lane, lanes - side);
                var from = source + (lane * laneStride) + start;
                for (var row = 0; row < side; row++) Prefetch(from + (row * laneStride) + (2 * TransposedSteps));
                var to = panel + ((nint)start * pitch) + lane;
                for (var step = start; step < end; step += side, from += side, to += (nint)side * pitch) TransposeSquare(from, laneStride, to, pitch);
            }
        }

        Gather(source + whole, laneStride, 1, lanes, steps - whole, panel + ((nint)whole * pitch), pitch);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(T* address)
    {
        if (Sse.IsSupported) Sse.Prefetch0(address);
    }

    /// <summary>Transposes 4 × 4 elements of four bytes, or 2 × 2 of eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeSquare(T* from, nint fromStride, T* to, nint toStride)
    {
        if (sizeof(T) == sizeof(double))
        {
            var first = Vector128.Load((double*)from);
            var second = Vector128.Load((double*)(from + fromStride));
            ZipLow(first, second).Store((double*)to);
            ZipHigh(first, second).Store((double*)(to + toStride));
        }
        else
        {
            var r0 = Vector128.Load((float*)from);
            var r1 = Vector128.Load((float*)(from + fromStride));
            var r2 = Vector128.Load((float*)(from + (2 * fromStride)));
            var r3 = Vector128.Load((float*)(from + (3 * fromStride)));
            Vector128<float> low02 = ZipLow(r0, r2), low13 = ZipLow(r1, r3), high02 = ZipHigh(r0, r2), high13 = ZipHigh(r1, r3);
            ZipLow(low02, low13).Store((float*)to);
            ZipHigh(low02, low13).Store((float*)(to + toStride));
            ZipLow(high02, high13).Store((float*)(to + (2 * toStride)));
            ZipHigh(high02, high13).Store((float*)(to + (3 * toStride)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipLow(Vector128<float> x, Vector128<float> y) => Sse.IsSupported ? Sse.UnpackLow(x, y) : AdvSimd.Arm64.ZipLow(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipHigh(Vector128<float> x, Vector128<float> y) => Sse.IsSupported ? Sse.UnpackHigh(x, y) : AdvSimd.Arm64.ZipHigh(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> ZipLow(Vector128<double> x, Vector128<double> y) => Sse2.IsSupported ? Sse2.UnpackLow(x, y) : AdvSimd.Arm64.ZipLow(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> ZipHigh(Vector128<double> x, Vector128<double> y) => Sse2.IsSupported ? Sse2.UnpackHigh(x, y) : AdvSimd.Arm64.ZipHigh(x, y);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather(T* source, nint laneStride, nint stepStride, int lanes, int steps, T* panel, int pitch)
    {
        for (; steps > 0; steps--, source += stepStride, panel += pitch)
        {
            var from = source;
            for (var lane = 0; lane < lanes; lane++, from += laneStride) panel[lane] = *from;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ClearRest(int lanes, int steps, T* panel, int pitch)
    {
        for (; steps > 0; steps--, panel += pitch)
        {
            for (var lane = lanes; lane < pitch; lane++) panel[lane] = default;
        }
    }
}
