using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gradus.Exported;

/// <summary>Products of rows of which each has weights of its own, in panels as those of <see cref="Product"/>.</summary>
internal static class Members
{
    private const int Panel = 32;

    /// <summary>z_r = x_r·W_r + bias_r, with <paramref name="outputs"/> numbers in each row of z, a multiple of 16.</summary>
    public static void Multiply(
        ReadOnlySpan<float> x, int pitch, int terms, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int outputs, Span<float> z)
    {
        if (outputs > Panel)
        {
            for (var row = 0; row < z.Length / outputs; row++)
            {
                Product.Vector(
                    x[(row * pitch)..], terms, weights.Slice(row * terms * outputs, terms * outputs), bias.Slice(row * outputs, outputs),
                    z.Slice(row * outputs, outputs));
            }
        }
        else if (Vector512.IsHardwareAccelerated) Narrow<Lanes512, Vector512<float>>(x, pitch, terms, weights, bias, outputs, z);
        else if (Vector256.IsHardwareAccelerated) Narrow<Lanes256, Vector256<float>>(x, pitch, terms, weights, bias, outputs, z);
        else Narrow<Lanes128, Vector128<float>>(x, pitch, terms, weights, bias, outputs, z);
    }

    /// <summary>Four rows at a time: their sums wait for nothing while one would wait for itself. Rows missing at the end are the last once more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow<S, V>(
        ReadOnlySpan<float> x, int pitch, int terms, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int outputs, Span<float> z)
        where S : ILanes<V> where V : struct
    {
        var last = (z.Length / outputs) - 1;
        ref var from = ref MemoryMarshal.GetReference(x[..((last * pitch) + terms)]);
        ref var panels = ref MemoryMarshal.GetReference(weights[..(z.Length * terms)]);
        ref var added = ref MemoryMarshal.GetReference(bias[..z.Length]);
        ref var to = ref MemoryMarshal.GetReference(z);
        var segment = Product.SegmentOf(terms);
        for (var row = 0; row <= last; row += 4)
        {
            nint r1 = Math.Min(row + 1, last), r2 = Math.Min(row + 2, last), r3 = Math.Min(row + 3, last);
            for (nint column = 0; column < outputs; column += S.Width)
            {
                V a = S.Create(0), b = a, c = a, d = a;
                for (var start = 0; start < terms; start += segment)
                {
                    V e = S.Create(0), f = e, g = e, h = e;
                    for (nint k = start; k < Math.Min(terms, start + segment); k++)
                    {
                        ref var weight = ref Unsafe.Add(ref panels, (k * outputs) + column);
                        e = S.MultiplyAdd(S.Create(Unsafe.Add(ref from, (row * pitch) + k)), S.Load(ref weight, (nint)row * terms * outputs), e);
                        f = S.MultiplyAdd(S.Create(Unsafe.Add(ref from, (r1 * pitch) + k)), S.Load(ref weight, r1 * terms * outputs), f);
                        g = S.MultiplyAdd(S.Create(Unsafe.Add(ref from, (r2 * pitch) + k)), S.Load(ref weight, r2 * terms * outputs), g);
                        h = S.MultiplyAdd(S.Create(Unsafe.Add(ref from, (r3 * pitch) + k)), S.Load(ref weight, r3 * terms * outputs), h);
                    }

                    // The first segment is the sum, later ones are added.
                    (a, b, c, d) = start == 0 ? (e, f, g, h) : (S.Add(a, e), S.Add(b, f), S.Add(c, g), S.Add(d, h));
                }

                Put<S, V>(a, ref added, ref to, (row * outputs) + column);
                Put<S, V>(b, ref added, ref to, (r1 * outputs) + column);
                Put<S, V>(c, ref added, ref to, (r2 * outputs) + column);
                Put<S, V>(d, ref added, ref to, (r3 * outputs) + column);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<S, V>(V sum, ref float bias, ref float z, nint at) where S : ILanes<V> where V : struct =>
        S.Store(S.Add(sum, S.Load(ref bias, at)), ref z, at);
}
