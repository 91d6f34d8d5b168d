using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gradus.Kernels;

/// <summary>One optimizer's update of one parameter from its gradient and up to three states.</summary>
internal interface IUpdate
{
    /// <summary>How many state arrays there are: 0 to 3. The others may be null.</summary>
    static abstract int States { get; }

    /// <summary>The one body, for float32 and float64 and every vector width.</summary>
    void Invoke<T, S, V>(V gradient, ref V parameter, ref V first, ref V second, ref V third) where T : unmanaged where S : ISimd<T, V> where V : struct;
}

/// <summary>The arrays of an update; contiguous, of one length.</summary>
internal readonly unsafe struct UpdateArrays<T>(T* parameter, T* gradient, T* first, T* second, T* third) where T : unmanaged
{
    public readonly T* Parameter = parameter, Gradient = gradient, First = first, Second = second, Third = third;

    public UpdateArrays<T> From(nint start) => new(Parameter + start, Gradient + start, First + start, Second + start, Third + start);
}

/// <summary>Runs an update in place over contiguous arrays: parameters and states are read and written once.</summary>
internal static unsafe class Update
{
    private const int Grain = 16384;

    /// <summary>Updates n parameters and their states.</summary>
    public static void Run<T, TUpdate>(TUpdate update, nint n, T* parameter, T* gradient, T* first = null, T* second = null, T* third = null)
        where T : unmanaged where TUpdate : struct, IUpdate
    {
        var arrays = new UpdateArrays<T>(parameter, gradient, first, second, third);
        if (n <= 2 * Grain) Span(update, n, arrays);
        else Workers.Run((int)((n + Grain - 1) / Grain), new Job<T, TUpdate>(update, n, arrays));
    }

    private static void Span<T, TUpdate>(TUpdate update, nint n, UpdateArrays<T> arrays) where T : unmanaged where TUpdate : struct, IUpdate
    {
        if (Vector512.IsHardwareAccelerated) Loop<T, TUpdate, Simd512<T>, Vector512<T>>(update, n, arrays);
        else if (Vector256.IsHardwareAccelerated) Loop<T, TUpdate, Simd256<T>, Vector256<T>>(update, n, arrays);
        else Loop<T, TUpdate, Simd128<T>, Vector128<T>>(update, n, arrays);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Loop<T, TUpdate, S, V>(TUpdate update, nint n, UpdateArrays<T> arrays)
        where T : unmanaged where TUpdate : struct, IUpdate where S : ISimd<T, V> where V : struct
    {
        T* p = arrays.Parameter, g = arrays.Gradient, first = arrays.First, second = arrays.Second, third = arrays.Third;
        nint i = 0;
        for (; i <= n - S.Width; i += S.Width)
        {
            var parameter = S.Load(p + i);
            var a = TUpdate.States > 0 ? S.Load(first + i) : S.Zero;
            var b = TUpdate.States > 1 ? S.Load(second + i) : S.Zero;
            var c = TUpdate.States > 2 ? S.Load(third + i) : S.Zero;
            update.Invoke<T, S, V>(S.Load(g + i), ref parameter, ref a, ref b, ref c);
            S.Store(parameter, p + i);
            if (TUpdate.States > 0) S.Store(a, first + i);
            if (TUpdate.States > 1) S.Store(b, second + i);
            if (TUpdate.States > 2) S.Store(c, third + i);
        }

        if (i < n) Tail<T, TUpdate, S, V>(update, (int)(n - i), arrays.From(i));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Tail<T, TUpdate, S, V>(TUpdate update, int n, UpdateArrays<T> arrays)
        where T : unmanaged where TUpdate : struct, IUpdate where S : ISimd<T, V> where V : struct
    {
        var parameter = S.LoadPartial(arrays.Parameter, n);
        var a = TUpdate.States > 0 ? S.LoadPartial(arrays.First, n) : S.Zero;
        var b = TUpdate.States > 1 ? S.LoadPartial(arrays.Second, n) : S.Zero;
        var c = TUpdate.States > 2 ? S.LoadPartial(arrays.Third, n) : S.Zero;
        update.Invoke<T, S, V>(S.LoadPartial(arrays.Gradient, n), ref parameter, ref a, ref b, ref c);
        S.StorePartial(parameter, arrays.Parameter, n);
        if (TUpdate.States > 0) S.StorePartial(a, arrays.First, n);
        if (TUpdate.States > 1) S.StorePartial(b, arrays.Second, n);
        if (TUpdate.States > 2) S.StorePartial(c, arrays.Third, n);
    }

    private readonly struct Job<T, TUpdate>(TUpdate update, nint n, UpdateArrays<T> arrays) : IJob where T : unmanaged where TUpdate : struct, IUpdate
    {
        public void Run(int chunk)
        {
            var start = (nint)chunk * Grain;
            Span(update, Math.Min(Grain, n - start), arrays.From(start));
        }
    }
}
