using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Gradus.Kernels;

/// <summary>
/// The inner loops of 2 × 2 pooling: two rows in, half a row out, and back. Each returns how many windows it did: all, or none where they are too few.
/// </summary>
/// <remarks>
/// The last vector overlaps the one before it, so that no window is left to be done alone: the two of a row of 14 took most of the time. 128-bit vectors,
/// because taking every other element apart is one instruction there, and memory is the limit.
/// </remarks>
internal static unsafe class PoolPairs<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>The least number of windows that the loops do.</summary>
    public static int Fewest => HasUnzip ? Vector128<T>.Count : int.MaxValue;

    /// <summary>The maxima, and unless <paramref name="taps"/> is null the taps 0 … 3 where they were found.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Max(T* upper, T* lower, int windows, T* y, byte* taps)
    {
        if (windows < Fewest) return 0;
        Vector128<T> one = Bits(1), two = Bits(2), three = Bits(3);
        for (var window = 0; window < windows; window += Vector128<T>.Count)
        {
            window = Math.Min(window, windows - Vector128<T>.Count);
            T* top = upper + (2 * window), bottom = lower + (2 * window);
            Vector128<T> a0 = Vector128.Load(top), a1 = Vector128.Load(top + Vector128<T>.Count);
            Vector128<T> b0 = Vector128.Load(bottom), b1 = Vector128.Load(bottom + Vector128<T>.Count);
            var best = Even(a0, a1);
            var found = Vector128<T>.Zero;
            Challenge(Odd(a0, a1), one, ref best, ref found);
            Challenge(Even(b0, b1), two, ref best, ref found);
            Challenge(Odd(b0, b1), three, ref best, ref found);
            best.Store(y + window);
            if (taps == null) continue;
            StoreTaps(found, taps + window);
        }

        return windows;
    }

    /// <summary>Writes the number in each lane as a byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTaps(Vector128<T> found, byte* taps)
    {
        if (sizeof(T) == sizeof(float))
        {
            // Narrowing cuts off the upper halves, which are zero: a tap is below 256.
            var bytes = Vector128.Narrow(Vector128.Narrow(found.AsUInt32(), found.AsUInt32()), Vector128<ushort>.Zero);
            *(uint*)taps = bytes.AsUInt32()[0];
            return;
        }

        taps[0] = (byte)found.AsInt64()[0];
        taps[1] = (byte)found.AsInt64()[1];
    }

    /// <summary>Each gradient at its tap, zeros at the three others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int MaxBackward(T* gradient, byte* taps, int windows, T* upper, T* lower)
    {
        if (windows < Fewest) return 0;
        for (var window = 0; window < windows; window += Vector128<T>.Count)
        {
            window = Math.Min(window, windows - Vector128<T>.Count);
            T* top = upper + (2 * window), bottom = lower + (2 * window);
            // Added to zero as the other path does, which turns −0 into +0.
            var g = Vector128<T>.Zero + Vector128.Load(gradient + window);
            var found = sizeof(T) == sizeof(float)
                ? Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(*(int*)(taps + window)).AsByte())).As<uint, T>()
                : Vector128.Create((long)taps[window], taps[window + 1]).As<long, T>();
            Vector128<T> t0 = g & Is(found, 0), t1 = g & Is(found, 1), t2 = g & Is(found, 2), t3 = g & Is(found, 3);
            ZipLow(t0, t1).Store(top);
            ZipHigh(t0, t1).Store(top + Vector128<T>.Count);
            ZipLow(t2, t3).Store(bottom);
            ZipHigh(t2, t3).Store(bottom + Vector128<T>.Count);
        }

        return windows;
    }

    /// <summary>The means.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Mean(T* upper, T* lower, int windows, T* y)
    {
        if (windows < Fewest) return 0;
        var quarter = Vector128.Create(T.One / T.CreateTruncating(4));
        for (var window = 0; window < windows; window += Vector128<T>.Count)
        {
            window = Math.Min(window, windows - Vector128<T>.Count);
            T* top = upper + (2 * window), bottom = lower + (2 * window);
            Vector128<T> a0 = Vector128.Load(top), a1 = Vector128.Load(top + Vector128<T>.Count);
            Vector128<T> b0 = Vector128.Load(bottom), b1 = Vector128.Load(bottom + Vector128<T>.Count);
            // A quarter is a power of two: multiplying by it rounds as dividing by four does.
            ((Vector128<T>.Zero + Even(a0, a1) + Odd(a0, a1) + Even(b0, b1) + Odd(b0, b1)) * quarter).Store(y + window);
        }

        return windows;
    }

    /// <summary>A quarter of each gradient at all four places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int MeanBackward(T* gradient, int windows, T* upper, T* lower)
    {
        if (windows < Fewest) return 0;
        var quarter = Vector128.Create(T.One / T.CreateTruncating(4));
        for (var window = 0; window < windows; window += Vector128<T>.Count)
        {
            window = Math.Min(window, windows - Vector128<T>.Count);
            T* top = upper + (2 * window), bottom = lower + (2 * window);
            // Added to zero as the other path does, which turns −0 into +0.
            var share = Vector128<T>.Zero + (Vector128.Load(gradient + window) * quarter);
            Vector128<T> low = ZipLow(share, share), high = ZipHigh(share, share);
            low.Store(top);
            high.Store(top + Vector128<T>.Count);
            low.Store(bottom);
            high.Store(bottom + Vector128<T>.Count);
        }

        return windows;
    }

    private static bool HasUnzip => Sse2.IsSupported || AdvSimd.Arm64.IsSupported;

    /// <summary>Puts x where it is greater than the best so far, or the first that is not a number, and its tap beside it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Challenge(Vector128<T> x, Vector128<T> tap, ref Vector128<T> best, ref Vector128<T> found)
    {
        var wins = Vector128.GreaterThan(x, best) | Vector128.AndNot(Vector128.Equals(best, best), Vector128.Equals(x, x));
        best = Vector128.ConditionalSelect(wins, x, best);
        found = Vector128.ConditionalSelect(wins, tap, found);
    }

    /// <summary>An integer in each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Bits(long value) =>
        sizeof(T) == sizeof(float) ? Vector128.Create((int)value).As<int, T>() : Vector128.Create(value).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Is(Vector128<T> found, long tap) => sizeof(T) == sizeof(float)
        ? Vector128.Equals(found.AsInt32(), Bits(tap).AsInt32()).As<int, T>()
        : Vector128.Equals(found.AsInt64(), Bits(tap).AsInt64()).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Even(Vector128<T> x, Vector128<T> y)
    {
        if (sizeof(T) == sizeof(double)) return ZipLow(x, y);
        return Sse.IsSupported
            ? Sse.Shuffle(x.AsSingle(), y.AsSingle(), 0b10_00_10_00).As<float, T>()
            : AdvSimd.Arm64.UnzipEven(x.AsSingle(), y.AsSingle()).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Odd(Vector128<T> x, Vector128<T> y)
    {
        if (sizeof(T) == sizeof(double)) return ZipHigh(x, y);
        return Sse.IsSupported
            ? Sse.Shuffle(x.AsSingle(), y.AsSingle(), 0b11_01_11_01).As<float, T>()
            : AdvSimd.Arm64.UnzipOdd(x.AsSingle(), y.AsSingle()).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> ZipLow(Vector128<T> x, Vector128<T> y)
    {
        if (sizeof(T) == sizeof(double))
        {
            return (Sse2.IsSupported ? Sse2.UnpackLow(x.AsDouble(), y.AsDouble()) : AdvSimd.Arm64.ZipLow(x.AsDouble(), y.AsDouble())).As<double, T>();
        }

        return (Sse.IsSupported ? Sse.UnpackLow(x.AsSingle(), y.AsSingle()) : AdvSimd.Arm64.ZipLow(x.AsSingle(), y.AsSingle())).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> ZipHigh(Vector128<T> x, Vector128<T> y)
    {
        if (sizeof(T) == sizeof(double))
        {
            return (Sse2.IsSupported ? Sse2.UnpackHigh(x.AsDouble(), y.AsDouble()) : AdvSimd.Arm64.ZipHigh(x.AsDouble(), y.AsDouble())).As<double, T>();
        }

        return (Sse.IsSupported ? Sse.UnpackHigh(x.AsSingle(), y.AsSingle()) : AdvSimd.Arm64.ZipHigh(x.AsSingle(), y.AsSingle())).As<float, T>();
    }
}
