using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gradus.Kernels;

/// <summary>One optimizer's update of one parameter from its gradient and up to two states.</summary>
internal interface IUpdate<T> where T : unmanaged
{
    /// <summary>How many state arrays there are: 0, 1 or 2. The others may be null.</summary>
    static abstract int States { get; }

    /// <summary>The one body, for every vector width.</summary>
    void Invoke<S, V>(V gradient, ref V parameter, ref V first, ref V second) where S : ISimd<T, V> where V : struct;
}

/// <summary>Runs an update in place over contiguous arrays: parameters and states are read and written once.</summary>
internal static unsafe class Update
{
    private const int Grain = 16384;

    /// <summary>Updates n parameters and their states.</summary>
    public static void Run<T, TUpdate>(TUpdate update, nint n, T* parameter, T* gradient, T* first, T* second) where T : unmanaged where TUpdate : struct, IUpdate<T>
    {
        if (n <= 2 * Grain) Span(update, n, parameter, gradient, first, second);
        else Workers.Run((int)((n + Grain - 1) / Grain), new Job<T, TUpdate>(update, n, parameter, gradient, first, second));
    }

    private static void Span<T, TUpdate>(TUpdate update, nint n, T* p, T* g, T* first, T* second) where T : unmanaged where TUpdate : struct, IUpdate<T>
    {
        if (Vector512.IsHardwareAccelerated) Loop<T, TUpdate, Simd512<T>, Vector512<T>>(update, n, p, g, first, second);
        else if (Vector256.IsHardwareAccelerated) Loop<T, TUpdate, Simd256<T>, Vector256<T>>(update, n, p, g, first, second);
        else Loop<T, TUpdate, Simd128<T>, Vector128<T>>(update, n, p, g, first, second);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Loop<T, TUpdate, S, V>(TUpdate update, nint n, T* p, T* g, T* first, T* second)
        where T : unmanaged where TUpdate : struct, IUpdate<T> where S : ISimd<T, V> where V : struct
    {
        nint i = 0;
        for (; i <= n - S.Width; i += S.Width)
        {
            var parameter = S.Load(p + i);
            var a = TUpdate.States > 0 ? S.Load(first + i) : S.Zero;
            var b = TUpdate.States > 1 ? S.Load(second + i) : S.Zero;
            update.Invoke<S, V>(S.Load(g + i), ref parameter, ref a, ref b);
            S.Store(parameter, p + i);
            if (TUpdate.States > 0) S.Store(a, first + i);
            if (TUpdate.States > 1) S.Store(b, second + i);
        }

        if (i < n) Tail<T, TUpdate, S, V>(update, (int)(n - i), p + i, g + i, first + i, second + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Tail<T, TUpdate, S, V>(TUpdate update, int n, T* p, T* g, T* first, T* second)
        where T : unmanaged where TUpdate : struct, IUpdate<T> where S : ISimd<T, V> where V : struct
    {
        var parameter = S.LoadPartial(p, n);
        var a = TUpdate.States > 0 ? S.LoadPartial(first, n) : S.Zero;
        var b = TUpdate.States > 1 ? S.LoadPartial(second, n) : S.Zero;
        update.Invoke<S, V>(S.LoadPartial(g, n), ref parameter, ref a, ref b);
        S.StorePartial(parameter, p, n);
        if (TUpdate.States > 0) S.StorePartial(a, first, n);
        if (TUpdate.States > 1) S.StorePartial(b, second, n);
    }

    private readonly struct Job<T, TUpdate>(TUpdate update, nint n, T* p, T* g, T* first, T* second) : IJob where T : unmanaged where TUpdate : struct, IUpdate<T>
    {
        public void Run(int chunk)
        {
            var start = (nint)chunk * Grain;
            Span(update, Math.Min(Grain, n - start), p + start, g + start, first + start, second + start);
        }
    }
}
