using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gradus.Kernels;

/// <summary>The element-by-element part of an LSTM's step, for one sample: gates i, f, g, o side by side, each as long as the state.</summary>
internal static unsafe class LstmCell
{
    /// <summary>Gates become σ(i), σ(f), tanh(g), σ(o) in place; cell ← f·before + i·g; hidden ← o·tanh(cell).</summary>
    public static void Forward<T>(int n, T* gates, T* before, T* cell, T* hidden) where T : unmanaged
    {
        if (Vector512.IsHardwareAccelerated) ForwardLoop<T, Simd512<T>, Vector512<T>>(n, gates, before, cell, hidden);
        else if (Vector256.IsHardwareAccelerated) ForwardLoop<T, Simd256<T>, Vector256<T>>(n, gates, before, cell, hidden);
        else ForwardLoop<T, Simd128<T>, Vector128<T>>(n, gates, before, cell, hidden);
    }

    /// <summary>dGates (before their functions) and, in place, dCell of the step before, from dHidden and dCell after the step.</summary>
    public static void Backward<T>(int n, T* gates, T* before, T* cell, T* dHidden, T* dCell, T* dGates) where T : unmanaged
    {
        if (Vector512.IsHardwareAccelerated) BackwardLoop<T, Simd512<T>, Vector512<T>>(n, gates, before, cell, dHidden, dCell, dGates);
        else if (Vector256.IsHardwareAccelerated) BackwardLoop<T, Simd256<T>, Vector256<T>>(n, gates, before, cell, dHidden, dCell, dGates);
        else BackwardLoop<T, Simd128<T>, Vector128<T>>(n, gates, before, cell, dHidden, dCell, dGates);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardLoop<T, S, V>(int n, T* gates, T* before, T* cell, T* hidden) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        nint j = 0;
        for (; j <= n - S.Width; j += S.Width) ForwardAt<T, S, V>(n, j, gates, before, cell, hidden);
        for (; j < n; j++) ForwardAt<T, Scalar<T>, T>(n, j, gates, before, cell, hidden);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ForwardAt<T, S, V>(nint n, nint j, T* gates, T* before, T* cell, T* hidden) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var i = Sigmoid<T, S, V>(S.Load(gates + j));
        var f = Sigmoid<T, S, V>(S.Load(gates + n + j));
        var g = Tanh<T, S, V>(S.Load(gates + (2 * n) + j));
        var o = Sigmoid<T, S, V>(S.Load(gates + (3 * n) + j));
        var c = S.FusedMultiplyAdd(f, S.Load(before + j), S.Multiply(i, g));
        S.Store(i, gates + j);
        S.Store(f, gates + n + j);
        S.Store(g, gates + (2 * n) + j);
        S.Store(o, gates + (3 * n) + j);
        S.Store(c, cell + j);
        S.Store(S.Multiply(o, Tanh<T, S, V>(c)), hidden + j);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackwardLoop<T, S, V>(int n, T* gates, T* before, T* cell, T* dHidden, T* dCell, T* dGates)
        where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        nint j = 0;
        for (; j <= n - S.Width; j += S.Width) BackwardAt<T, S, V>(n, j, gates, before, cell, dHidden, dCell, dGates);
        for (; j < n; j++) BackwardAt<T, Scalar<T>, T>(n, j, gates, before, cell, dHidden, dCell, dGates);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BackwardAt<T, S, V>(nint n, nint j, T* gates, T* before, T* cell, T* dHidden, T* dCell, T* dGates)
        where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var one = S.Constant(1);
        V i = S.Load(gates + j), f = S.Load(gates + n + j), g = S.Load(gates + (2 * n) + j), o = S.Load(gates + (3 * n) + j);
        var squashed = Tanh<T, S, V>(S.Load(cell + j));
        var dh = S.Load(dHidden + j);
        var dc = S.FusedMultiplyAdd(S.Multiply(dh, o), OneMinusSquare<T, S, V>(squashed), S.Load(dCell + j));
        S.Store(S.Multiply(S.Multiply(dc, g), S.Multiply(i, S.Subtract(one, i))), dGates + j);
        S.Store(S.Multiply(S.Multiply(dc, S.Load(before + j)), S.Multiply(f, S.Subtract(one, f))), dGates + n + j);
        S.Store(S.Multiply(S.Multiply(dc, i), OneMinusSquare<T, S, V>(g)), dGates + (2 * n) + j);
        S.Store(S.Multiply(S.Multiply(dh, squashed), S.Multiply(o, S.Subtract(one, o))), dGates + (3 * n) + j);
        S.Store(S.Multiply(dc, f), dCell + j);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Sigmoid<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => default(SigmoidOperator).Invoke<T, S, V>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Tanh<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => default(TanhOperator).Invoke<T, S, V>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V OneMinusSquare<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct =>
        S.FusedMultiplyAdd(S.Negate(x), x, S.Constant(1));
}
