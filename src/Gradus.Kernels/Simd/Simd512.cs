using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Gradus.Kernels;

/// <summary>512 bits: x64 with AVX-512. See <see cref="ISimd{T, V}"/>.</summary>
internal readonly unsafe struct Simd512<T> : ISimd<T, Vector512<T>> where T : unmanaged
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Width
    {
        [MethodImpl(Inline)]
        get => Vector512<T>.Count;
    }

    public static Vector512<T> Zero
    {
        [MethodImpl(Inline)]
        get => Vector512<T>.Zero;
    }

    [MethodImpl(Inline)]
    public static Vector512<T> Load(T* source) => Vector512.Load(source);

    [MethodImpl(Inline)]
    public static void Store(Vector512<T> x, T* target) => x.Store(target);

    [MethodImpl(Inline)]
    public static Vector512<T> LoadPartial(T* source, int count) => LoadPartial(source, count, Vector512.Create(*source));

    [MethodImpl(Inline)]
    public static Vector512<T> LoadPartial(T* source, int count, Vector512<T> rest)
    {
        if (Avx512F.IsSupported && sizeof(T) == 4) return Avx512F.MaskLoad((float*)source, Lanes32(count), rest.AsSingle()).As<float, T>();
        if (Avx512F.IsSupported && sizeof(T) == 8) return Avx512F.MaskLoad((double*)source, Lanes64(count), rest.AsDouble()).As<double, T>();
        Unsafe.CopyBlockUnaligned(&rest, source, (uint)(count * sizeof(T)));
        return rest;
    }

    [MethodImpl(Inline)]
    public static void StorePartial(Vector512<T> x, T* target, int count)
    {
        if (Avx512F.IsSupported && sizeof(T) == 4) Avx512F.MaskStore((float*)target, Lanes32(count), x.AsSingle());
        else if (Avx512F.IsSupported && sizeof(T) == 8) Avx512F.MaskStore((double*)target, Lanes64(count), x.AsDouble());
        else Unsafe.CopyBlockUnaligned(target, &x, (uint)(count * sizeof(T)));
    }

    [MethodImpl(Inline)]
    private static Vector512<float> Lanes32(int count) => Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();

    [MethodImpl(Inline)]
    private static Vector512<double> Lanes64(int count) => Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)count)).AsDouble();

    [MethodImpl(Inline)]
    public static Vector512<T> LoadMask(byte* source)
    {
        if (sizeof(T) == 1) return ~Vector512.Equals(Vector512.Load((T*)source), Vector512<T>.Zero);
        if (sizeof(T) == 4)
        {
            var wide = Vector512.WidenLower(Vector512.WidenLower(Vector128.Load(source).ToVector256Unsafe().ToVector512Unsafe()));
            return ~Vector512.Equals(wide, Vector512<uint>.Zero).As<uint, T>();
        }
        else
        {
            var wide = Vector512.WidenLower(
                Vector512.WidenLower(Vector512.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)source).AsByte().ToVector256Unsafe().ToVector512Unsafe())));
            return ~Vector512.Equals(wide, Vector512<ulong>.Zero).As<ulong, T>();
        }
    }

    [MethodImpl(Inline)]
    public static void StoreMask(Vector512<T> mask, byte* target)
    {
        if (sizeof(T) == 1)
        {
            (mask.AsByte() & Vector512<byte>.One).Store(target);
        }
        else if (sizeof(T) == 4)
        {
            var ones = mask.AsUInt32() & Vector512<uint>.One;
            var half = Vector512.Narrow(ones, ones);
            Vector512.Narrow(half, half).GetLower().GetLower().Store(target);
        }
        else
        {
            var ones = mask.AsUInt64() & Vector512<ulong>.One;
            var half = Vector512.Narrow(ones, ones);
            var quarter = Vector512.Narrow(half, half);
            *(ulong*)target = Vector512.Narrow(quarter, quarter).AsUInt64().ToScalar();
        }
    }

    [MethodImpl(Inline)]
    public static Vector512<T> From(Vector512<T> x, int start) =>
        start * sizeof(T) == 32 ? x.GetUpper().ToVector512Unsafe() : Simd256<T>.From(x.GetLower(), start).ToVector512Unsafe();

    [MethodImpl(Inline)]
    public static T First(Vector512<T> x) => x.ToScalar();

    [MethodImpl(Inline)]
    public static Vector512<T> Create(T value) => Vector512.Create(value);

    [MethodImpl(Inline)]
    public static Vector512<T> Create<TValue>(TValue value) where TValue : unmanaged => Vector512.Create(Unsafe.BitCast<TValue, T>(value));

    [MethodImpl(Inline)]
    public static Vector512<T> Constant(double value)
    {
        if (typeof(T) == typeof(float)) return Vector512.Create((float)value).As<float, T>();
        if (typeof(T) == typeof(double)) return Vector512.Create(value).As<double, T>();
        if (typeof(T) == typeof(int)) return Vector512.Create((int)value).As<int, T>();
        if (typeof(T) == typeof(long)) return Vector512.Create((long)value).As<long, T>();
        return Vector512.Create((byte)value).As<byte, T>();
    }

    [MethodImpl(Inline)]
    public static Vector512<T> ConstantBits(long bits) =>
        sizeof(T) == 8 ? Vector512.Create(bits).As<long, T>()
        : sizeof(T) == 4 ? Vector512.Create((int)bits).As<int, T>()
        : Vector512.Create((byte)bits).As<byte, T>();

    [MethodImpl(Inline)]
    public static Vector512<T> Add(Vector512<T> x, Vector512<T> y) => x + y;

    [MethodImpl(Inline)]
    public static Vector512<T> Subtract(Vector512<T> x, Vector512<T> y) => x - y;

    [MethodImpl(Inline)]
    public static Vector512<T> Multiply(Vector512<T> x, Vector512<T> y) => x * y;

    [MethodImpl(Inline)]
    public static Vector512<T> Divide(Vector512<T> x, Vector512<T> y) => x / y;

    [MethodImpl(Inline)]
    public static Vector512<T> FusedMultiplyAdd(Vector512<T> x, Vector512<T> y, Vector512<T> z)
    {
        if (typeof(T) == typeof(float)) return Vector512.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>();
        if (typeof(T) == typeof(double)) return Vector512.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();
        return (x * y) + z;
    }

    [MethodImpl(Inline)]
    public static Vector512<T> Maximum(Vector512<T> x, Vector512<T> y) => Vector512.Max(x, y);

    [MethodImpl(Inline)]
    public static Vector512<T> Minimum(Vector512<T> x, Vector512<T> y) => Vector512.Min(x, y);

    [MethodImpl(Inline)]
    public static Vector512<T> Sqrt(Vector512<T> x) => Vector512.Sqrt(x);

    [MethodImpl(Inline)]
    public static Vector512<T> Abs(Vector512<T> x) => Vector512.Abs(x);

    [MethodImpl(Inline)]
    public static Vector512<T> Negate(Vector512<T> x) => -x;

    [MethodImpl(Inline)]
    public static Vector512<T> Round(Vector512<T> x)
    {
        if (typeof(T) == typeof(float)) return Vector512.Round(x.AsSingle()).As<float, T>();
        if (typeof(T) == typeof(double)) return Vector512.Round(x.AsDouble()).As<double, T>();
        return x;
    }

    [MethodImpl(Inline)]
    public static Vector512<T> Floor(Vector512<T> x)
    {
        if (typeof(T) == typeof(float)) return Vector512.Floor(x.AsSingle()).As<float, T>();
        if (typeof(T) == typeof(double)) return Vector512.Floor(x.AsDouble()).As<double, T>();
        return x;
    }

    [MethodImpl(Inline)]
    public static Vector512<T> Ceiling(Vector512<T> x)
    {
        if (typeof(T) == typeof(float)) return Vector512.Ceiling(x.AsSingle()).As<float, T>();
        if (typeof(T) == typeof(double)) return Vector512.Ceiling(x.AsDouble()).As<double, T>();
        return x;
    }

    [MethodImpl(Inline)]
    public static Vector512<T> Truncate(Vector512<T> x)
    {
        if (typeof(T) == typeof(float)) return Vector512.Truncate(x.AsSingle()).As<float, T>();
        if (typeof(T) == typeof(double)) return Vector512.Truncate(x.AsDouble()).As<double, T>();
        return x;
    }

    [MethodImpl(Inline)]
    public static Vector512<T> Equal(Vector512<T> x, Vector512<T> y) => Vector512.Equals(x, y);

    [MethodImpl(Inline)]
    public static Vector512<T> Less(Vector512<T> x, Vector512<T> y) => Vector512.LessThan(x, y);

    [MethodImpl(Inline)]
    public static Vector512<T> LessOrEqual(Vector512<T> x, Vector512<T> y) => Vector512.LessThanOrEqual(x, y);

    [MethodImpl(Inline)]
    public static bool Any(Vector512<T> mask) => mask.AsInt64() != Vector512<long>.Zero;

    [MethodImpl(Inline)]
    public static Vector512<T> Select(Vector512<T> mask, Vector512<T> x, Vector512<T> y) => Vector512.ConditionalSelect(mask, x, y);

    [MethodImpl(Inline)]
    public static Vector512<T> And(Vector512<T> x, Vector512<T> y) => x & y;

    [MethodImpl(Inline)]
    public static Vector512<T> Or(Vector512<T> x, Vector512<T> y) => x | y;

    [MethodImpl(Inline)]
    public static Vector512<T> Xor(Vector512<T> x, Vector512<T> y) => x ^ y;

    [MethodImpl(Inline)]
    public static Vector512<T> Not(Vector512<T> x) => ~x;

    [MethodImpl(Inline)]
    public static Vector512<T> AddBits(Vector512<T> x, Vector512<T> y) =>
        sizeof(T) == 8 ? (x.AsInt64() + y.AsInt64()).As<long, T>() : (x.AsInt32() + y.AsInt32()).As<int, T>();

    [MethodImpl(Inline)]
    public static Vector512<T> SubtractBits(Vector512<T> x, Vector512<T> y) =>
        sizeof(T) == 8 ? (x.AsInt64() - y.AsInt64()).As<long, T>() : (x.AsInt32() - y.AsInt32()).As<int, T>();

    [MethodImpl(Inline)]
    public static Vector512<T> ShiftLeftBits(Vector512<T> x, int count) =>
        sizeof(T) == 8 ? (x.AsInt64() << count).As<long, T>() : (x.AsInt32() << count).As<int, T>();

    [MethodImpl(Inline)]
    public static Vector512<T> ShiftRightBits(Vector512<T> x, int count) =>
        sizeof(T) == 8 ? (x.AsInt64() >>> count).As<long, T>() : (x.AsInt32() >>> count).As<int, T>();

    [MethodImpl(Inline)]
    public static Vector512<T> ShiftRightArithmeticBits(Vector512<T> x, int count) =>
        sizeof(T) == 8 ? (x.AsInt64() >> count).As<long, T>() : (x.AsInt32() >> count).As<int, T>();

    [MethodImpl(Inline)]
    public static Vector512<T> Scale(Vector512<T> x, Vector512<T> n)
    {
        if (Avx512F.IsSupported && typeof(T) == typeof(float)) return Avx512F.Scale(x.AsSingle(), n.AsSingle()).As<float, T>();
        if (Avx512F.IsSupported && typeof(T) == typeof(double)) return Avx512F.Scale(x.AsDouble(), n.AsDouble()).As<double, T>();
        return PowerOfTwo.Scale<T, Simd512<T>, Vector512<T>>(x, n);
    }

    [MethodImpl(Inline)]
    public static Vector512<T> MultiplyLow32(Vector512<T> x, Vector512<T> y)
    {
        if (Avx512F.IsSupported) return Avx512F.Multiply(x.AsUInt32(), y.AsUInt32()).As<ulong, T>();
        var mask = Vector512.Create(0xFFFFFFFFUL);
        return ((x.AsUInt64() & mask) * (y.AsUInt64() & mask)).As<ulong, T>();
    }

    [MethodImpl(Inline)]
    public static Vector512<T> InDouble<TOp>(TOp op, Vector512<T> x) where TOp : struct, IUnaryOperator
    {
        if (typeof(T) == typeof(double)) return op.Invoke<double, Simd512<double>, Vector512<double>>(x.AsDouble()).As<double, T>();
        var lower = op.Invoke<double, Simd512<double>, Vector512<double>>(Vector512.WidenLower(x.AsSingle()));
        var upper = op.Invoke<double, Simd512<double>, Vector512<double>>(Vector512.WidenUpper(x.AsSingle()));
        return Vector512.Narrow(lower, upper).As<float, T>();
    }

    [MethodImpl(Inline)]
    public static Vector512<T> InDouble<TOp>(TOp op, Vector512<T> x, Vector512<T> y) where TOp : struct, IBinaryOperator
    {
        if (typeof(T) == typeof(double)) return op.Invoke<double, Simd512<double>, Vector512<double>>(x.AsDouble(), y.AsDouble()).As<double, T>();
        var lower = op.Invoke<double, Simd512<double>, Vector512<double>>(Vector512.WidenLower(x.AsSingle()), Vector512.WidenLower(y.AsSingle()));
        var upper = op.Invoke<double, Simd512<double>, Vector512<double>>(Vector512.WidenUpper(x.AsSingle()), Vector512.WidenUpper(y.AsSingle()));
        return Vector512.Narrow(lower, upper).As<float, T>();
    }
}
