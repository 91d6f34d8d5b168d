using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gradus.Kernels;

/// <summary>
/// The order in which a reduction adds up, in one place: 64 virtual lanes within a block, a fixed tree over the lanes, a fixed tree over the blocks.
/// </summary>
/// <remarks>
/// Element j of a block belongs to lane j mod 64, whatever the hardware's width; lane i is combined with lane i + 32, then i + 16, and so on.
/// Blocks combine pairwise: the first 2ᵏ blocks (the largest power of two below their number) against the rest, recursively.
/// 16 lanes would be bound by the latency of one addition.
/// </remarks>
internal static unsafe class Fold
{
    public const int Lanes = 64;

    /// <summary>Elements of one block.</summary>
    public const int Block = 4096;

    /// <summary>Reduces n contiguous elements.</summary>
    [SkipLocalsInit]
    public static T Run<T, TReduction>(T* x, nint n) where T : unmanaged where TReduction : struct, IReduction
    {
        if (n <= Block) return OneBlock<T, TReduction>(x, (int)n);
        var memory = stackalloc T[Pairwise<T, TReduction>.Levels(n)];
        var tree = new Pairwise<T, TReduction>(memory, 1);
        for (nint start = 0; start < n; start += Block)
        {
            var part = OneBlock<T, TReduction>(x + start, (int)Math.Min(Block, n - start));
            tree.Push(&part);
        }

        return *tree.Finish();
    }

    /// <summary>Reduces at most <see cref="Block"/> contiguous elements.</summary>
    public static T OneBlock<T, TReduction>(T* x, int n) where T : unmanaged where TReduction : struct, IReduction
    {
        if (Vector512.IsHardwareAccelerated) return Loop<T, TReduction, Simd512<T>, Vector512<T>>(x, n);
        if (Vector256.IsHardwareAccelerated) return Loop<T, TReduction, Simd256<T>, Vector256<T>>(x, n);
        return Loop<T, TReduction, Simd128<T>, Vector128<T>>(x, n);
    }

    /// <summary>Reduces rows of partial results in lane order: lanes × width elements, the result in the first row.</summary>
    public static void Tree<T, TReduction>(T* lanes, int count, nint width) where T : unmanaged where TReduction : struct, IReduction
    {
        for (var half = Span(count) / 2; half > 0; half /= 2)
        {
            Elementwise.BinarySpan(default(CombineOperator<TReduction>), half * width, lanes, 1, lanes + (half * width), 1, lanes);
        }
    }

    /// <summary>Lanes that the tree starts from: those beyond hold the identity, which changes nothing.</summary>
    public static int Span(int count) => (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(count, 1, Lanes));

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static T Loop<T, TReduction, S, V>(T* x, int n) where T : unmanaged where TReduction : struct, IReduction where S : ISimd<T, V> where V : struct
    {
        var lanes = stackalloc T[Lanes];
        var last = x + (n & -Lanes);
        var rest = n & (Lanes - 1);
        // In 256-bit vectors one walk along the block: two, each over every other pair of cache lines, took up to a third longer.
        if (Lanes / S.Width >= 8)
        {
            for (var group = 0; group < Lanes; group += 8 * S.Width)
            {
                var a = S.Create(TReduction.Identity<T>());
                V b = a, c = a, d = a, e = a, f = a, g = a, h = a;
                for (var from = x + group; from < last; from += Lanes)
                {
                    a = TReduction.Combine<T, S, V>(a, S.Load(from));
                    b = TReduction.Combine<T, S, V>(b, S.Load(from + S.Width));
                    c = TReduction.Combine<T, S, V>(c, S.Load(from + (2 * S.Width)));
                    d = TReduction.Combine<T, S, V>(d, S.Load(from + (3 * S.Width)));
                    e = TReduction.Combine<T, S, V>(e, S.Load(from + (4 * S.Width)));
                    f = TReduction.Combine<T, S, V>(f, S.Load(from + (5 * S.Width)));
                    g = TReduction.Combine<T, S, V>(g, S.Load(from + (6 * S.Width)));
                    h = TReduction.Combine<T, S, V>(h, S.Load(from + (7 * S.Width)));
                }

                if (rest > group)
                {
                    a = Last<T, TReduction, S, V>(a, last, rest, group);
                    b = Last<T, TReduction, S, V>(b, last, rest, group + S.Width);
                    c = Last<T, TReduction, S, V>(c, last, rest, group + (2 * S.Width));
                    d = Last<T, TReduction, S, V>(d, last, rest, group + (3 * S.Width));
                    e = Last<T, TReduction, S, V>(e, last, rest, group + (4 * S.Width));
                    f = Last<T, TReduction, S, V>(f, last, rest, group + (5 * S.Width));
                    g = Last<T, TReduction, S, V>(g, last, rest, group + (6 * S.Width));
                    h = Last<T, TReduction, S, V>(h, last, rest, group + (7 * S.Width));
                }

                if (Lanes == 8 * S.Width)
                {
                    a = TReduction.Combine<T, S, V>(TReduction.Combine<T, S, V>(a, e), TReduction.Combine<T, S, V>(c, g));
                    b = TReduction.Combine<T, S, V>(TReduction.Combine<T, S, V>(b, f), TReduction.Combine<T, S, V>(d, h));
                    return InVector<T, TReduction, S, V>(TReduction.Combine<T, S, V>(a, b));
                }

                S.Store(a, lanes + group);
                S.Store(b, lanes + group + S.Width);
                S.Store(c, lanes + group + (2 * S.Width));
                S.Store(d, lanes + group + (3 * S.Width));
                S.Store(e, lanes + group + (4 * S.Width));
                S.Store(f, lanes + group + (5 * S.Width));
                S.Store(g, lanes + group + (6 * S.Width));
                S.Store(h, lanes + group + (7 * S.Width));
            }
        }
        else if (Lanes / S.Width >= 4)
        {
            for (var group = 0; group < Lanes; group += 4 * S.Width)
            {
                var a = S.Create(TReduction.Identity<T>());
                var b = a;
                var c = a;
                var d = a;
                for (var from = x; from < last; from += Lanes)
                {
                    a = TReduction.Combine<T, S, V>(a, S.Load(from + group));
                    b = TReduction.Combine<T, S, V>(b, S.Load(from + group + S.Width));
                    c = TReduction.Combine<T, S, V>(c, S.Load(from + group + (2 * S.Width)));
                    d = TReduction.Combine<T, S, V>(d, S.Load(from + group + (3 * S.Width)));
                }

                a = Last<T, TReduction, S, V>(a, last, rest, group);
                b = Last<T, TReduction, S, V>(b, last, rest, group + S.Width);
                c = Last<T, TReduction, S, V>(c, last, rest, group + (2 * S.Width));
                d = Last<T, TReduction, S, V>(d, last, rest, group + (3 * S.Width));
                if (Lanes == 4 * S.Width)
                {
                    return InVector<T, TReduction, S, V>(TReduction.Combine<T, S, V>(TReduction.Combine<T, S, V>(a, c), TReduction.Combine<T, S, V>(b, d)));
                }

                S.Store(a, lanes + group);
                S.Store(b, lanes + group + S.Width);
                S.Store(c, lanes + group + (2 * S.Width));
                S.Store(d, lanes + group + (3 * S.Width));
            }
        }
        else
        {
            for (var group = 0; group < Lanes; group += S.Width)
            {
                var a = S.Create(TReduction.Identity<T>());
                for (var from = x; from < last; from += Lanes) a = TReduction.Combine<T, S, V>(a, S.Load(from + group));
                S.Store(Last<T, TReduction, S, V>(a, last, rest, group), lanes + group);
            }
        }

        for (var span = Lanes; span > S.Width; span /= 2)
        {
            for (var i = 0; i < span / 2; i += S.Width) S.Store(TReduction.Combine<T, S, V>(S.Load(lanes + i), S.Load(lanes + i + (span / 2))), lanes + i);
        }

        return InVector<T, TReduction, S, V>(S.Load(lanes));
    }

    /// <summary>The last, incomplete round over the lanes: those from <paramref name="start"/> on, where the rest reaches them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Last<T, TReduction, S, V>(V lanes, T* last, int rest, int start)
        where T : unmanaged where TReduction : struct, IReduction where S : ISimd<T, V> where V : struct
    {
        if (rest >= start + S.Width) return TReduction.Combine<T, S, V>(lanes, S.Load(last + start));
        return rest > start ? TReduction.Combine<T, S, V>(lanes, S.LoadPartial(last + start, rest - start, S.Create(TReduction.Identity<T>()))) : lanes;
    }

    /// <summary>The lower levels of the tree, within one vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T InVector<T, TReduction, S, V>(V x) where T : unmanaged where TReduction : struct, IReduction where S : ISimd<T, V> where V : struct
    {
        // No loop: each step is then one instruction, its distance a constant.
        if (S.Width >= 64) x = TReduction.Combine<T, S, V>(x, S.From(x, 32));
        if (S.Width >= 32) x = TReduction.Combine<T, S, V>(x, S.From(x, 16));
        if (S.Width >= 16) x = TReduction.Combine<T, S, V>(x, S.From(x, 8));
        if (S.Width >= 8) x = TReduction.Combine<T, S, V>(x, S.From(x, 4));
        if (S.Width >= 4) x = TReduction.Combine<T, S, V>(x, S.From(x, 2));
        if (S.Width >= 2) x = TReduction.Combine<T, S, V>(x, S.From(x, 1));
        return S.First(x);
    }
}
