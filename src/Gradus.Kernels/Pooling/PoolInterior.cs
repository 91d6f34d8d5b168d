using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gradus.Kernels;

/// <summary>The maxima of those windows that no side of the plane cuts off, several at a time.</summary>
/// <remarks>Branches on the values themselves are guessed wrong half of the time: 3 × 3 windows two apart took 160 cycles each one by one.</remarks>
internal static unsafe class PoolInterior<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>The first such window of a row and the one after the last; none where they are fewer than a vector has lanes.</summary>
    public static (int First, int Last) Columns(in PoolShape shape)
    {
        var first = (shape.PaddingWidth + shape.StrideWidth - 1) / shape.StrideWidth;
        var room = (long)shape.Width + shape.PaddingWidth - ((long)shape.DilationWidth * (shape.KernelWidth - 1)) - 1;
        var last = room < 0 ? 0 : (int)Math.Min(shape.OutWidth, (room / shape.StrideWidth) + 1);
        return last - first >= Vector128<T>.Count ? (first, last) : (0, 0);
    }

    /// <summary>Elements of the copy that <see cref="Split"/> makes.</summary>
    public static nint SplitElements(in PoolShape shape) => (nint)shape.Height * Pitch(in shape);

    /// <summary>Copies a plane with its columns sorted by their place modulo the stride, so that windows lie side by side.</summary>
    public static void Split(in PoolShape shape, T* plane, T* copy) =>
        PaddedBand.Copy(plane, 1, shape.Height, shape.Width, 0, shape.Height, 0, Pitch(in shape), copy, 0, shape.StrideWidth);

    /// <summary>Computes windows <paramref name="first"/> … <paramref name="last"/> − 1 of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Max(in PoolShape shape, T* copy, PoolSpan vertical, int first, int last, T* y, byte* taps)
    {
        int pitch = Pitch(in shape), part = pitch / shape.StrideWidth;
        // Where tap j of window 0 lies in a line of the copy; divisions in the loop would take longer than all the rest.
        var places = stackalloc nint[shape.KernelWidth];
        for (var j = 0; j < shape.KernelWidth; j++)
        {
            var place = (j * shape.DilationWidth) - shape.PaddingWidth + (shape.PaddingWidth * shape.StrideWidth);
            places[j] = ((nint)(place % shape.StrideWidth) * part) + (place / shape.StrideWidth) - shape.PaddingWidth;
        }

        for (var column = first; column < last; column += Vector128<T>.Count)
        {
            column = Math.Min(column, last - Vector128<T>.Count);
            var best = Vector128<T>.Zero;
            var found = Vector128<T>.Zero;
            for (var i = vertical.First; i < vertical.Last; i++)
            {
                var line = copy + ((vertical.Start + ((nint)(i - vertical.First) * shape.DilationHeight)) * pitch);
                for (var j = 0; j < shape.KernelWidth; j++)
                {
                    var value = Vector128.Load(line + places[j] + column);
                    var tap = (i * shape.KernelWidth) + j;
                    if (i == vertical.First && j == 0)
                    {
                        best = value;
                        found = PoolPairs<T>.Bits(tap);
                    }
                    else
                    {
                        PoolPairs<T>.Challenge(value, PoolPairs<T>.Bits(tap), ref best, ref found);
                    }
                }
            }

            best.Store(y + column);
            if (taps != null) PoolPairs<T>.StoreTaps(found, taps + column);
        }
    }

    private static int Pitch(in PoolShape shape) => (shape.Width + shape.StrideWidth - 1) / shape.StrideWidth * shape.StrideWidth;
}
