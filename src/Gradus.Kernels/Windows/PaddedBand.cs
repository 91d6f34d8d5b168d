using System.Runtime.CompilerServices;

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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy<T>(T* source, int channels, int height, int width, int top, int rows, int left, int pitch, T* target, nint plane) where T : unmanaged
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

                for (var x = 0; x < from; x++) band[x] = default;
                if (to > from) new ReadOnlySpan<T>(image + ((nint)y * width) + left + from, to - from).CopyTo(new Span<T>(band + from, to - from));
                for (var x = to; x < pitch; x++) band[x] = default;
            }
        }
    }
}
