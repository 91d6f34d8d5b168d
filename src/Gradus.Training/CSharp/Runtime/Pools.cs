using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gradus.Exported;

/// <summary>Pooling of pictures [height, width, channels]. What lies in the padding takes no part in a maximum, and counts as 0 in a mean.</summary>
internal static class Pools
{
    /// <summary>The greatest number of each window; of equal ones the first, and NaN wins.</summary>
    public static void Max(Pooling size, ReadOnlySpan<float> x, Span<float> z)
    {
        if (Vector512.IsHardwareAccelerated) Run<Lanes512, Vector512<float>>(size, true, x, z);
        else if (Vector256.IsHardwareAccelerated) Run<Lanes256, Vector256<float>>(size, true, x, z);
        else Run<Lanes128, Vector128<float>>(size, true, x, z);
    }

    /// <summary>The mean of each window, summed row by row.</summary>
    public static void Mean(Pooling size, ReadOnlySpan<float> x, Span<float> z)
    {
        if (Vector512.IsHardwareAccelerated) Run<Lanes512, Vector512<float>>(size, false, x, z);
        else if (Vector256.IsHardwareAccelerated) Run<Lanes256, Vector256<float>>(size, false, x, z);
        else Run<Lanes128, Vector128<float>>(size, false, x, z);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<S, V>(Pooling size, bool isMax, ReadOnlySpan<float> x, Span<float> z) where S : ILanes<V> where V : struct
    {
        ref var from = ref MemoryMarshal.GetReference(x);
        ref var to = ref MemoryMarshal.GetReference(z);
        var divisor = S.Create(size.Kernel * size.Kernel);
        for (var row = 0; row < size.OutHeight; row++)
        {
            int top = Math.Max(0, (row * size.Stride) - size.Padding), bottom = Math.Min(size.Height, (row * size.Stride) - size.Padding + size.Kernel);
            for (var column = 0; column < size.OutWidth; column++)
            {
                var start = (column * size.Stride) - size.Padding;
                var (left, right) = (Math.Max(0, start), Math.Min(size.Width, start + size.Kernel));
                var target = ((row * size.OutWidth) + column) * size.Pitch;
                for (var channel = 0; channel < size.Pitch; channel += S.Width)
                {
                    var result = isMax ? S.Load(ref from, (((top * size.Width) + left) * size.Pitch) + channel) : S.Create(0);
                    for (var i = top; i < bottom; i++)
                    {
                        for (var j = left; j < right; j++)
                        {
                            var value = S.Load(ref from, (((i * size.Width) + j) * size.Pitch) + channel);
                            result = isMax ? Functions.Greater<S, V>(result, value) : S.Add(result, value);
                        }
                    }

                    S.Store(isMax ? result : S.Divide(result, divisor), ref to, target + channel);
                }
            }
        }
    }
}
