using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gradus.Kernels;

/// <summary>The norms' element-by-element passes over one contiguous run, one thread, at the machine's width.</summary>
internal static unsafe class NormSpans
{
    /// <summary>z = (x − mean)·scale·weightⱼ + biasⱼ; weight and bias may be null.</summary>
    public static void Normalize<T>(nint n, T* x, T mean, T scale, T* weight, T* bias, T* z) where T : unmanaged =>
        Run<T, NormalizeBody<T>>(n, new(x, mean, scale, weight, bias, z));

    /// <summary>dx = scale·(g·weightⱼ − offset − (x − mean)·scale·slope).</summary>
    public static void RowGradient<T>(nint n, T* x, T* g, T* weight, T mean, T scale, T offset, T slope, T* dx) where T : unmanaged =>
        Run<T, RowGradientBody<T>>(n, new(x, g, weight, mean, scale, offset, slope, dx));

    /// <summary>z = (x − mean)·factor + shift.</summary>
    public static void Affine<T>(nint n, T* x, T mean, T factor, T shift, T* z) where T : unmanaged => Run<T, AffineBody<T>>(n, new(x, mean, factor, shift, z));

    /// <summary>dx = g·factor + (x − mean)·slope + offset.</summary>
    public static void AffineGradient<T>(nint n, T* x, T* g, T mean, T factor, T slope, T offset, T* dx) where T : unmanaged =>
        Run<T, AffineGradientBody<T>>(n, new(x, g, mean, factor, slope, offset, dx));

    private static void Run<T, TBody>(nint n, TBody body) where T : unmanaged where TBody : struct, IBody<T>
    {
        if (Vector512.IsHardwareAccelerated) Loop<T, TBody, Simd512<T>, Vector512<T>>(n, body);
        else if (Vector256.IsHardwareAccelerated) Loop<T, TBody, Simd256<T>, Vector256<T>>(n, body);
        else Loop<T, TBody, Simd128<T>, Vector128<T>>(n, body);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<T, TBody, S, V>(nint n, TBody body) where T : unmanaged where TBody : struct, IBody<T> where S : ISimd<T, V> where V : struct
    {
        nint j = 0;
        for (; j <= n - S.Width; j += S.Width) body.At<S, V>(j);
        for (; j < n; j++) body.At<Scalar<T>, T>(j);
    }

    private interface IBody<T> where T : unmanaged
    {
        void At<S, V>(nint j) where S : ISimd<T, V> where V : struct;
    }

    private readonly struct NormalizeBody<T>(T* x, T mean, T scale, T* weight, T* bias, T* z) : IBody<T> where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<S, V>(nint j) where S : ISimd<T, V> where V : struct
        {
            var value = S.Multiply(S.Subtract(S.Load(x + j), S.Create(mean)), S.Create(scale));
            if (weight != null) value = bias == null ? S.Multiply(value, S.Load(weight + j)) : S.FusedMultiplyAdd(value, S.Load(weight + j), S.Load(bias + j));
            S.Store(value, z + j);
        }
    }

    private readonly struct RowGradientBody<T>(T* x, T* g, T* weight, T mean, T scale, T offset, T slope, T* dx) : IBody<T> where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<S, V>(nint j) where S : ISimd<T, V> where V : struct
        {
            var normal = S.Multiply(S.Subtract(S.Load(x + j), S.Create(mean)), S.Create(scale));
            var gradient = S.Load(g + j);
            if (weight != null) gradient = S.Multiply(gradient, S.Load(weight + j));
            var inner = S.FusedMultiplyAdd(S.Negate(normal), S.Create(slope), S.Subtract(gradient, S.Create(offset)));
            S.Store(S.Multiply(inner, S.Create(scale)), dx + j);
        }
    }

    private readonly struct AffineBody<T>(T* x, T mean, T factor, T shift, T* z) : IBody<T> where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<S, V>(nint j) where S : ISimd<T, V> where V : struct =>
            S.Store(S.FusedMultiplyAdd(S.Subtract(S.Load(x + j), S.Create(mean)), S.Create(factor), S.Create(shift)), z + j);
    }

    private readonly struct AffineGradientBody<T>(T* x, T* g, T mean, T factor, T slope, T offset, T* dx) : IBody<T> where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<S, V>(nint j) where S : ISimd<T, V> where V : struct
        {
            var centered = S.FusedMultiplyAdd(S.Subtract(S.Load(x + j), S.Create(mean)), S.Create(slope), S.Create(offset));
            S.Store(S.FusedMultiplyAdd(S.Load(g + j), S.Create(factor), centered), dx + j);
        }
    }
}
