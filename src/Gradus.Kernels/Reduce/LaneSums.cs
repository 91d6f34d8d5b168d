using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gradus.Kernels;

/// <summary>What is summed over a row, one or two sums at a time; it may write results on its way.</summary>
internal unsafe interface ILaneTerms<T> where T : unmanaged
{
    /// <summary>Whether there is a second sum.</summary>
    static abstract bool HasSecond { get; }

    /// <summary>Adds the terms of elements j … j + width − 1.</summary>
    void At<S, V>(nint j, ref V first, ref V second) where S : ISimd<T, V> where V : struct;
}

/// <summary>Sums over a row on 64 virtual lanes, as in <see cref="Fold"/>, with the terms computed on the way instead of read.</summary>
/// <remarks>
/// Element j belongs to lane j mod 64 over the whole row; lane i is then added to lane i + 32, and so on. A sum has the same bits at every width.
/// </remarks>
internal static unsafe class LaneSums
{
    /// <summary>Sums the terms of n elements.</summary>
    public static (T First, T Second) Run<T, TTerms>(nint n, TTerms terms) where T : unmanaged where TTerms : struct, ILaneTerms<T>
    {
        if (Vector512.IsHardwareAccelerated) return Loop<T, TTerms, Simd512<T>, Vector512<T>>(n, terms);
        if (Vector256.IsHardwareAccelerated) return Loop<T, TTerms, Simd256<T>, Vector256<T>>(n, terms);
        return Loop<T, TTerms, Simd128<T>, Vector128<T>>(n, terms);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (T First, T Second) Loop<T, TTerms, S, V>(nint n, TTerms terms)
        where T : unmanaged where TTerms : struct, ILaneTerms<T> where S : ISimd<T, V> where V : struct
    {
        var first = stackalloc T[Fold.Lanes];
        var second = stackalloc T[Fold.Lanes];
        var full = n & -Fold.Lanes;
        // Two vectors at a time: one alone waits for its own additions.
        for (nint group = 0; group < Fold.Lanes; group += 2 * S.Width)
        {
            V a = S.Zero, b = S.Zero, c = S.Zero, d = S.Zero;
            for (var j = group; j < full; j += Fold.Lanes)
            {
                terms.At<S, V>(j, ref a, ref b);
                terms.At<S, V>(j + S.Width, ref c, ref d);
            }

            S.Store(a, first + group);
            S.Store(c, first + group + S.Width);
            if (!TTerms.HasSecond) continue;
            S.Store(b, second + group);
            S.Store(d, second + group + S.Width);
        }

        if (full < n) Rest<T, TTerms, S, V>(full, n, terms, first, second);
        return (Tree<T, S, V>(first), TTerms.HasSecond ? Tree<T, S, V>(second) : default);
    }

    // A method of its own: the loop above stays within the just-in-time compiler's budget for inlining.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Rest<T, TTerms, S, V>(nint full, nint n, TTerms terms, T* first, T* second)
        where T : unmanaged where TTerms : struct, ILaneTerms<T> where S : ISimd<T, V> where V : struct
    {
        var j = full;
        for (; j <= n - S.Width; j += S.Width)
        {
            V a = S.Load(first + j - full), b = TTerms.HasSecond ? S.Load(second + j - full) : S.Zero;
            terms.At<S, V>(j, ref a, ref b);
            S.Store(a, first + j - full);
            if (TTerms.HasSecond) S.Store(b, second + j - full);
        }

        for (; j < n; j++) terms.At<Scalar<T>, T>(j, ref first[j - full], ref second[j - full]);
    }

    /// <summary>The tree over the lanes; the levels above one vector are additions of whole vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Tree<T, S, V>(T* lanes) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        if (4 * S.Width == Fold.Lanes)
        {
            V a = S.Load(lanes), b = S.Load(lanes + S.Width), c = S.Load(lanes + (2 * S.Width)), d = S.Load(lanes + (3 * S.Width));
            return Fold.InVector<T, SumReduction, S, V>(S.Add(S.Add(a, c), S.Add(b, d)));
        }

        for (var span = Fold.Lanes; span > S.Width; span /= 2)
        {
            for (var i = 0; i < span / 2; i += S.Width) S.Store(S.Add(S.Load(lanes + i), S.Load(lanes + i + (span / 2))), lanes + i);
        }

        return Fold.InVector<T, SumReduction, S, V>(S.Load(lanes));
    }
}

/// <summary>Σ x.</summary>
internal readonly unsafe struct SumTerms<T>(T* x) : ILaneTerms<T> where T : unmanaged
{
    public static bool HasSecond => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<S, V>(nint j, ref V first, ref V second) where S : ISimd<T, V> where V : struct => first = S.Add(first, S.Load(x + j));
}

/// <summary>Σ (x − mean)².</summary>
internal readonly unsafe struct SquareTerms<T>(T* x, T mean) : ILaneTerms<T> where T : unmanaged
{
    public static bool HasSecond => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<S, V>(nint j, ref V first, ref V second) where S : ISimd<T, V> where V : struct
    {
        var centered = S.Subtract(S.Load(x + j), S.Create(mean));
        first = S.FusedMultiplyAdd(centered, centered, first);
    }
}

/// <summary>Σ g and Σ g·(x − mean).</summary>
internal readonly unsafe struct ChannelGradientTerms<T>(T* x, T* g, T mean) : ILaneTerms<T> where T : unmanaged
{
    public static bool HasSecond => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<S, V>(nint j, ref V first, ref V second) where S : ISimd<T, V> where V : struct
    {
        var gradient = S.Load(g + j);
        first = S.Add(first, gradient);
        second = S.FusedMultiplyAdd(gradient, S.Subtract(S.Load(x + j), S.Create(mean)), second);
    }
}

/// <summary>Σ g·w and Σ g·w·x̂ with x̂ = (x − mean)·scale; adds g·x̂ and g to the rows that gather the gradients of weight and bias.</summary>
internal readonly unsafe struct RowGradientTerms<T>(T* x, T* g, T* weight, T mean, T scale, T* weightSum, T* biasSum) : ILaneTerms<T> where T : unmanaged
{
    public static bool HasSecond => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<S, V>(nint j, ref V first, ref V second) where S : ISimd<T, V> where V : struct
    {
        var gradient = S.Load(g + j);
        var normal = S.Multiply(S.Subtract(S.Load(x + j), S.Create(mean)), S.Create(scale));
        S.Store(S.FusedMultiplyAdd(gradient, normal, S.Load(weightSum + j)), weightSum + j);
        S.Store(S.Add(gradient, S.Load(biasSum + j)), biasSum + j);
        if (weight != null) gradient = S.Multiply(gradient, S.Load(weight + j));
        first = S.Add(first, gradient);
        second = S.FusedMultiplyAdd(gradient, normal, second);
    }
}
