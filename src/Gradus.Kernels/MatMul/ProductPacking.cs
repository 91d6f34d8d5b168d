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
        if (lanes < pitch) new Span<T>(panel, steps * pitch).Clear();
        if (laneStride == 1) CopySteps(source, stepStride, lanes, steps, panel, pitch);
        else if (stepStride == 1 && lanes >= Vector128<T>.Count && HasZip) Transpose(source, laneStride, lanes, steps, panel, pitch);
        else Gather(source, laneStride, stepStride, lanes, steps, panel, pitch);
    }

    /// <summary>Packs several panels, one behind the other, each of a strip's lanes.</summary>
    /// <remarks>
    /// Where the lanes are contiguous it reads whole rows, not 48 or 128 bytes of each at a time: n = 256, packed, went from 86 to 93 % of the peak.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackPanels(T* source, nint laneStride, nint stepStride, in Strips panels, int steps, T* panel)
    {
        if (laneStride != 1)
        {
            for (var number = 0; number < panels.Count; number++)
            {
                var lanes = panels.Rows(number);
                Pack(source, laneStride, stepStride, lanes, steps, panel, lanes);
                source += lanes * laneStride;
                panel += (nint)lanes * steps;
            }

            return;
        }

        for (var step = 0; step < steps; step++)
        {
            var from = source + (step * stepStride);
            var ahead = from + (PrefetchSteps * stepStride);
            var to = panel;
            for (var number = 0; number < panels.Count; number++)
            {
                var lanes = panels.Rows(number);
                Prefetch(ahead);
                if (lanes * sizeof(T) > 64) Prefetch((byte*)ahead + 64);
                CopyLanes(from, lanes, to + (step * lanes));
                from += lanes;
                ahead += lanes;
                to += (nint)lanes * steps;
            }
        }
    }

    /// <summary>Whether <see cref="TransposeSquare"/> runs on this processor.</summary>
    public static bool HasZip => Sse2.IsSupported || AdvSimd.Arm64.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopySteps(T* source, nint stepStride, int lanes, int steps, T* panel, int pitch)
    {
        for (; steps > 0; steps--, source += stepStride, panel += pitch) CopyLanes(source, lanes, panel);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyLanes(T* source, int lanes, T* target)
    {
        var lane = 0;
        for (; lane + Vector256<T>.Count <= lanes; lane += Vector256<T>.Count) Vector256.Load(source + lane).Store(target + lane);
        for (; lane + Vector128<T>.Count <= lanes; lane += Vector128<T>.Count) Vector128.Load(source + lane).Store(target + lane);
        for (; lane < lanes; lane++) target[lane] = source[lane];
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
    private static void Prefetch(void* address)
    {
        if (Sse.IsSupported) Sse.Prefetch0(address);
    }

    /// <summary>Transposes 4 × 4 elements of four bytes, or 2 × 2 of eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TransposeSquare(T* from, nint fromStride, T* to, nint toStride)
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
    public static Vector128<float> ZipLow(Vector128<float> x, Vector128<float> y) => Sse.IsSupported ? Sse.UnpackLow(x, y) : AdvSimd.Arm64.ZipLow(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ZipHigh(Vector128<float> x, Vector128<float> y) => Sse.IsSupported ? Sse.UnpackHigh(x, y) : AdvSimd.Arm64.ZipHigh(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> ZipLow(Vector128<double> x, Vector128<double> y) => Sse2.IsSupported ? Sse2.UnpackLow(x, y) : AdvSimd.Arm64.ZipLow(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> ZipHigh(Vector128<double> x, Vector128<double> y) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(x, y) : AdvSimd.Arm64.ZipHigh(x, y);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather(T* source, nint laneStride, nint stepStride, int lanes, int steps, T* panel, int pitch)
    {
        for (; steps > 0; steps--, source += stepStride, panel += pitch)
        {
            var from = source;
            for (var lane = 0; lane < lanes; lane++, from += laneStride) panel[lane] = *from;
        }
    }
}
