using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gradus.Kernels;

/// <summary>The element-by-element part of a GRU's step, for one sample: gates r, z, n side by side, each as long as the state.</summary>
internal static unsafe class GruCell
{
    /// <summary>Gates become σ(r), σ(z), tanh(n + r·hidden part of n) and, fourth, that hidden part; hidden ← (1 − z)·n + z·before.</summary>
    /// <param name="n">The length of the state.</param>
    /// <param name="gates">The inputs' part of r, z, n, and room for a fourth.</param>
    /// <param name="parts">The hidden state's part of r, z, n.</param>
    /// <param name="before">The state before the step.</param>
    /// <param name="hidden">The state after it.</param>
    public static void Forward<T>(int n, T* gates, T* parts, T* before, T* hidden) where T : unmanaged
    {
        if (Vector512.IsHardwareAccelerated) ForwardLoop<T, Simd512<T>, Vector512<T>>(n, gates, parts, before, hidden);
        else if (Vector256.IsHardwareAccelerated) ForwardLoop<T, Simd256<T>, Vector256<T>>(n, gates, parts, before, hidden);
        else ForwardLoop<T, Simd128<T>, Vector128<T>>(n, gates, parts, before, hidden);
    }

    /// <summary>
    /// The gradients of the hidden state's part of r, z, n and, fourth, of the inputs' part of n (r and z have the same for both); dHidden, in place, gets its
    /// direct share, z·dHidden.
    /// </summary>
    public static void Backward<T>(int n, T* gates, T* before, T* dHidden, T* dGates) where T : unmanaged
    {
        if (Vector512.IsHardwareAccelerated) BackwardLoop<T, Simd512<T>, Vector512<T>>(n, gates, before, dHidden, dGates);
        else if (Vector256.IsHardwareAccelerated) BackwardLoop<T, Simd256<T>, Vector256<T>>(n, gates, before, dHidden, dGates);
        else BackwardLoop<T, Simd128<T>, Vector128<T>>(n, gates, before, dHidden, dGates);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardLoop<T, S, V>(int n, T* gates, T* parts, T* before, T* hidden) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        nint j = 0;
        for (; j <= n - S.Width; j += S.Width) ForwardAt<T, S, V>(n, j, gates, parts, before, hidden);
        for (; j < n; j++) ForwardAt<T, Scalar<T>, T>(n, j, gates, parts, before, hidden);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ForwardAt<T, S, V>(nint n, nint j, T* gates, T* parts, T* before, T* hidden) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var r = LstmCell.Sigmoid<T, S, V>(S.Add(S.Load(gates + j), S.Load(parts + j)));
        var z = LstmCell.Sigmoid<T, S, V>(S.Add(S.Load(gates + n + j), S.Load(parts + n + j)));
        var part = S.Load(parts + (2 * n) + j);
        var candidate = LstmCell.Tanh<T, S, V>(S.FusedMultiplyAdd(r, part, S.Load(gates + (2 * n) + j)));
        S.Store(r, gates + j);
        S.Store(z, gates + n + j);
        S.Store(candidate, gates + (2 * n) + j);
        S.Store(part, gates + (3 * n) + j);
        S.Store(S.FusedMultiplyAdd(z, S.Subtract(S.Load(before + j), candidate), candidate), hidden + j);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackwardLoop<T, S, V>(int n, T* gates, T* before, T* dHidden, T* dGates) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        nint j = 0;
        for (; j <= n - S.Width; j += S.Width) BackwardAt<T, S, V>(n, j, gates, before, dHidden, dGates);
        for (; j < n; j++) BackwardAt<T, Scalar<T>, T>(n, j, gates, before, dHidden, dGates);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BackwardAt<T, S, V>(nint n, nint j, T* gates, T* before, T* dHidden, T* dGates)
        where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var one = S.Constant(1);
        V r = S.Load(gates + j), z = S.Load(gates + n + j), candidate = S.Load(gates + (2 * n) + j), part = S.Load(gates + (3 * n) + j);
        var dh = S.Load(dHidden + j);
        var dCandidate = S.Multiply(S.Multiply(dh, S.Subtract(one, z)), LstmCell.OneMinusSquare<T, S, V>(candidate));
        S.Store(S.Multiply(S.Multiply(dCandidate, part), S.Multiply(r, S.Subtract(one, r))), dGates + j);
        S.Store(S.Multiply(S.Multiply(dh, S.Subtract(S.Load(before + j), candidate)), S.Multiply(z, S.Subtract(one, z))), dGates + n + j);
        S.Store(S.Multiply(dCandidate, r), dGates + (2 * n) + j);
        S.Store(dCandidate, dGates + (3 * n) + j);
        S.Store(S.Multiply(dh, z), dHidden + j);
    }
}
