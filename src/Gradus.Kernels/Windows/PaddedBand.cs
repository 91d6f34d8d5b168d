using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gradus.Kernels;

/// <summary>A copy of some rows of an image with the padding around them, so that no window needs to ask where it is.</summary>
internal static unsafe class PaddedBand
{
    private const int LineBytes = 64;

    /// <summary>
    /// Elements to set aside for each channel: an odd number of cache lines, so that the same place in many channels does not fall into the same few sets of the
    /// cache, as it does where a channel is a power of two.
    /// </summary>
    public static nint Plane(int rows, int pitch, int elementSize)
    {
        var line = LineBytes / elementSize;
        var lines = (((nint)rows * pitch) + line - 1) / line;
        return (lines | 1) * line;
    }

    /// <summary>Copies rows <paramref name="top"/> … and columns <paramref name="left"/> … of each channel; what lies outside the image is zero.</summary>
    /// <remarks>With a step above 1 the columns of a row are sorted by their place modulo the step, so that windows a step apart lie side by side; the pitch is a multiple of it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy<T>(T* source, int channels, int height, int width, int top, int rows, int left, int pitch, T* target, nint plane, int step = 1) where T : unmanaged
    {
        // Columns of the target that have one in the source.
        var from = Math.Clamp(-left, 0, pitch);
        var to = (int)Math.Clamp((long)width - left, from, pitch);
        for (var channel = 0; channel < channels; channel++)
        {
            var image = source + ((nint)channel * height * width);
            var band = target + (channel * plane);
            for (var row = 0; row < rows; row++, band += pitch)
            {
                var y = top + row;
                if ((uint)y >= (uint)height)
                {
                    new Span<T>(band, pitch).Clear();
                    continue;
                }

                if (step > 1)
                {
                    Split(image + ((nint)y * width) + left, from, to, step, band, pitch);
                    continue;
                }

                for (var x = 0; x < from; x++) band[x] = default;
                CopyRow(image + ((nint)y * width) + left + from, to - from, band + from);
                for (var x = to; x < pitch; x++) band[x] = default;
            }
        }
    }

    // Rows are short: a call of the platform's copy took as long as 20 elements.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyRow<T>(T* source, int count, T* target) where T : unmanaged
    {
        var size = Vector256<T>.Count;
        var index = 0;
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
