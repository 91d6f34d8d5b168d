using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gradus.Exported;

/// <summary>Functions number by number, in place. Buffers are a multiple of 16 numbers long, so that no width leaves a rest.</summary>
internal static class Functions
{
    /// <summary>x ← f(x).</summary>
    public static void Apply<F>(Span<float> x) where F : IFunction
    {
        if (Vector512.IsHardwareAccelerated) Apply<F, Lanes512, Vector512<float>>(x);
        else if (Vector256.IsHardwareAccelerated) Apply<F, Lanes256, Vector256<float>>(x);
        else Apply<F, Lanes128, Vector128<float>>(x);
    }

    /// <summary>x ← x + y.</summary>
    public static void Add(Span<float> x, ReadOnlySpan<float> y)
    {
        if (Vector512.IsHardwareAccelerated) Add<Lanes512, Vector512<float>>(x, y);
        else if (Vector256.IsHardwareAccelerated) Add<Lanes256, Vector256<float>>(x, y);
        else Add<Lanes128, Vector128<float>>(x, y);
    }

    /// <summary>eˣ: x = n·ln 2 + r, a polynomial in r, scaled by 2ⁿ in one rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<S, V>(V x) where S : ILanes<V> where V : struct
    {
        V low = S.Create(-104), high = S.Create(89), round = S.Create(12582912f);
        x = S.Select(S.Less(x, low), low, x);
        x = S.Select(S.Less(high, x), high, x);
        // Added and taken away again, 1.5 · 2²³ rounds to a whole number.
        var n = S.Subtract(S.Add(S.Multiply(x, S.Create(1.4426950408889634f)), round), round);
        var r = S.MultiplyAdd(n, S.Create(-0.693359375f), x);
        r = S.MultiplyAdd(n, S.Create(2.12194440054690583e-4f), r);
        var q = S.MultiplyAdd(S.Create(0.0001979072959491007f), r, S.Create(0.0013944758544096928f));
        q = S.MultiplyAdd(q, r, S.Create(0.008333496803704103f));
        q = S.MultiplyAdd(q, r, S.Create(0.04166629363967655f));
        q = S.MultiplyAdd(q, r, S.Create(0.16666665868083536f));
        q = S.MultiplyAdd(q, r, S.Create(0.5000000068036989f));
        return Scale<S, V>(S.Add(S.MultiplyAdd(q, S.Multiply(r, r), r), S.Create(1)), n);
    }

    /// <summary>x·2ⁿ, of which only the last product rounds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Scale<S, V>(V x, V n) where S : ILanes<V> where V : struct
    {
        var half = S.Floor(S.Multiply(n, S.Create(0.5f)));
        return S.Multiply(S.Multiply(x, S.PowerOfTwo(half)), S.PowerOfTwo(S.Subtract(n, half)));
    }

    /// <summary>The greater of the best so far and another number; of equal ones the first, and NaN wins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Greater<S, V>(V best, V value) where S : ILanes<V> where V : struct =>
        S.Select(S.IsNaN(best), best, S.Select(S.Or(S.Less(best, value), S.IsNaN(value)), value, best));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Apply<F, S, V>(Span<float> x) where F : IFunction where S : ILanes<V> where V : struct
    {
        ref var at = ref MemoryMarshal.GetReference(x);
        for (nint j = 0; j < x.Length; j += S.Width) S.Store(F.Of<S, V>(S.Load(ref at, j)), ref at, j);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<S, V>(Span<float> x, ReadOnlySpan<float> y) where S : ILanes<V> where V : struct
    {
        ref var to = ref MemoryMarshal.GetReference(x);
        ref var from = ref MemoryMarshal.GetReference(y[..x.Length]);
        for (nint j = 0; j < x.Length; j += S.Width) S.Store(S.Add(S.Load(ref to, j), S.Load(ref from, j)), ref to, j);
    }
}
