using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gradus.Kernels;

/// <summary>A copy of some rows of an image with the padding around them, so that no window needs to ask where it is.</summary>
internal static unsafe class PaddedBand
{
    /// <summary>
    /// Elements to set aside for each channel: an odd number of cache lines, so that the same place in many channels does not fall into the same few sets of
    /// the cache, as it does where a channel is a power of two.
    /// </summary>
    public static nint Plane(int rows, int pitch, int elementSize)
    {
        var line = CacheLines.Bytes / elementSize;
        var lines = (((nint)rows * pitch) + line - 1) / line;
        return (lines | 1) * line;
    }

    /// <summary>Copies rows <paramref name="top"/> … and columns <paramref name="left"/> … of each channel; what lies outside the image is zero.</summary>
    /// <remarks>
    /// With a step above 1 the columns of a row are sorted by their place modulo the step, so that windows a step apart lie side by side; the pitch is a
    /// multiple of it.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy<T>(
        T* source, int channels, int height, int width, int top, int rows, int left, int pitch, T* target, nint plane, int step = 1)
        where T : unmanaged
    {
        // Rows and columns of the target that have one in the source.
        int first = Math.Clamp(-top, 0, rows), last = (int)Math.Clamp((long)height - top, first, rows);
        int from = Math.Clamp(-left, 0, pitch), to = (int)Math.Clamp((long)width - left, from, pitch);
        // The rows of a channel are too short a run for the processor to fetch ahead by itself: those of the channel after the next are asked for here.
        var next = (nint)2 * height * width;
        for (var channel = 0; channel < channels; channel++)
        {
            var image = source + ((nint)channel * height * width) + ((nint)top * width) + left;
            var band = target + (channel * plane);
            new Span<T>(band, first * pitch).Clear();
            new Span<T>(band + (last * pitch), (rows - last) * pitch).Clear();
            if (step > 1)
            {
                for (var row = first; row < last; row++) Split(image + ((nint)row * width), from, to, step, band + ((nint)row * pitch), pitch);
                continue;
            }

            for (var row = first; row < last; row++)
            {
                var line = image + ((nint)row * width) + from;
                var copy = band + ((nint)row * pitch);
                for (nint ahead = 0; ahead < to - from; ahead += CacheLines.Bytes / sizeof(T)) CacheLines.Prefetch(line + next + ahead);
                for (var x = 0; x < from; x++) copy[x] = default;
                CopyRow(line, to - from, copy + from);
                for (var x = to; x < pitch; x++) copy[x] = default;
            }
        }
    }

    /// <summary>Copies a short row.</summary>
    /// <remarks>A call of the platform's copy took as long as 20 elements.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopyRow<T>(T* source, int count, T* target) where T : unmanaged
    {
        var index = 0;
        if (Vector512.IsHardwareAccelerated && count >= Vector512<T>.Count)
        {
            for (; index + Vector512<T>.Count <= count; index += Vector512<T>.Count) Vector512.Load(source + index).Store(target + index);
            if (index < count) Vector512.Load(source + count - Vector512<T>.Count).Store(target + count - Vector512<T>.Count);
            return;
        }

        var size = Vector256<T>.Count;
        for (; index + size <= count; index += size) Vector256.Load(source + index).Store(target + index);
        if (index == count) return;
        if (count >= size)
        {
            Vector256.Load(source + count - size).Store(target + count - size);
            return;
        }

        for (; index < count; index++) target[index] = source[index];
    }

    /// <summary>target[(x mod step)·(pitch / step) + x / step] = source[x], zero outside from … to − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Split<T>(T* source, int from, int to, int step, T* target, int pitch) where T : unmanaged
    {
        var part = pitch / step;
        for (var phase = 0; phase < step; phase++, target += part)
        {
            for (int index = 0, x = phase; index < part; index++, x += step) target[index] = x >= from && x < to ? source[x] : default;
        }
    }
}
