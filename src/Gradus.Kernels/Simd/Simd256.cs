using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Gradus.Kernels;

/// <summary>256 bits: x64 with AVX2. See <see cref="ISimd{T, V}"/>.</summary>
internal readonly unsafe struct Simd256<T> : ISimd<T, Vector256<T>> where T : unmanaged
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Width
    {
        [MethodImpl(Inline)]
        get => Vector256<T>.Count;
    }

    public static Vector256<T> Zero
    {
        [MethodImpl(Inline)]
        get => Vector256<T>.Zero;
    }

    [MethodImpl(Inline)]
    public static Vector256<T> Load(T* source) => Vector256.Load(source);

    [MethodImpl(Inline)]
    public static void Store(Vector256<T> x, T* target) => x.Store(target);

    [MethodImpl(Inline)]
    public static Vector256<T> LoadPartial(T* source, int count) => LoadPartial(source, count, Vector256.Create(*source));

    [MethodImpl(Inline)]
    public static Vector256<T> LoadPartial(T* source, int count, Vector256<T> rest)
    {
        Unsafe.CopyBlockUnaligned(&rest, source, (uint)(count * sizeof(T)));
        return rest;
    }

    [MethodImpl(Inline)]
    public static void StorePartial(Vector256<T> x, T* target, int count) => Unsafe.CopyBlockUnaligned(target, &x, (uint)(count * sizeof(T)));

    [MethodImpl(Inline)]
    public static Vector256<T> LoadMask(byte* source)
    {
        if (sizeof(T) == 1) return ~Vector256.Equals(Vector256.Load((T*)source), Vector256<T>.Zero);
        if (sizeof(T) == 4)
        {
            var wide = Vector256.WidenLower(Vector256.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)source).AsByte().ToVector256Unsafe()));
            return ~Vector256.Equals(wide, Vector256<uint>.Zero).As<uint, T>();
        }
        else
        {
            var wide = Vector256.WidenLower(
                Vector256.WidenLower(Vector256.WidenLower(Vector128.CreateScalarUnsafe(*(uint*)source).AsByte().ToVector256Unsafe())));
            return ~Vector256.Equals(wide, Vector256<ulong>.Zero).As<ulong, T>();
        }
    }

    [MethodImpl(Inline)]
    public static void StoreMask(Vector256<T> mask, byte* target)
    {
        if (sizeof(T) == 1)
        {
            (mask.AsByte() & Vector256<byte>.One).Store(target);
        }
        else if (sizeof(T) == 4)
        {
            var ones = mask.AsUInt32() & Vector256<uint>.One;
            var half = Vector256.Narrow(ones, ones);
            *(ulong*)target = Vector256.Narrow(half, half).AsUInt64().ToScalar();
        }
        else
        {
            var ones = mask.AsUInt64() & Vector256<ulong>.One;
            var half = Vector256.Narrow(ones, ones);
            var quarter = Vector256.Narrow(half, half);
            *(uint*)target = Vector256.Narrow(quarter, quarter).AsUInt32().ToScalar();
        }
    }

    [MethodImpl(Inline)]
    public static Vector256<T> From(Vector256<T> x, int start) =>
        start * sizeof(T) == 16 ? x.GetUpper().ToVector256Unsafe() : Simd128<T>.From(x.GetLower(), start).ToVector256Unsafe();

    [MethodImpl(Inline)]
    public static T First(Vector256<T> x) => x.ToScalar();

    [MethodImpl(Inline)]
    public static Vector256<T> Create(T value) => Vector256.Create(value);

    [MethodImpl(Inline)]
    public static Vector256<T> Create<TValue>(TValue value) where TValue : unmanaged => Vector256.Create(Unsafe.BitCast<TValue, T>(value));

    [MethodImpl(Inline)]
    public static Vector256<T> Constant(double value)
    {
        if (typeof(T) == typeof(float)) return Vector256.Create((float)value).As<float, T>();
        if (typeof(T) == typeof(double)) return Vector256.Create(value).As<double, T>();
        if (typeof(T) == typeof(int)) return Vector256.Create((int)value).As<int, T>();
        if (typeof(T) == typeof(long)) return Vector256.Create((long)value).As<long, T>();
        return Vector256.Create((byte)value).As<byte, T>();
    }

    [MethodImpl(Inline)]
    public static Vector256<T> ConstantBits(long bits) =>
        sizeof(T) == 8 ? Vector256.Create(bits).As<long, T>()
        : sizeof(T) == 4 ? Vector256.Create((int)bits).As<int, T>()
        : Vector256.Create((byte)bits).As<byte, T>();

    [MethodImpl(Inline)]
    public static Vector256<T> Add(Vector256<T> x, Vector256<T> y) => x + y;

    [MethodImpl(Inline)]
    public static Vector256<T> Subtract(Vector256<T> x, Vector256<T> y) => x - y;

    [MethodImpl(Inline)]
    public static Vector256<T> Multiply(Vector256<T> x, Vector256<T> y) => x * y;

    [MethodImpl(Inline)]
    public static Vector256<T> Divide(Vector256<T> x, Vector256<T> y) => x / y;

    [MethodImpl(Inline)]
    public static Vector256<T> FusedMultiplyAdd(Vector256<T> x, Vector256<T> y, Vector256<T> z)
    {
        if (typeof(T) == typeof(float)) return Vector256.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>();
        if (typeof(T) == typeof(double)) return Vector256.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();
        return (x * y) + z;
    }

    [MethodImpl(Inline)]
    public static Vector256<T> Maximum(Vector256<T> x, Vector256<T> y) => Vector256.Max(x, y);

    [MethodImpl(Inline)]
    public static Vector256<T> Minimum(Vector256<T> x, Vector256<T> y) => Vector256.Min(x, y);

    [MethodImpl(Inline)]
    public static Vector256<T> Sqrt(Vector256<T> x) => Vector256.Sqrt(x);

    [MethodImpl(Inline)]
    public static Vector256<T> Abs(Vector256<T> x) => Vector256.Abs(x);

    [MethodImpl(Inline)]
    public static Vector256<T> Negate(Vector256<T> x) => -x;

    [MethodImpl(Inline)]
    public static Vector256<T> Round(Vector256<T> x)
    {
        if (typeof(T) == typeof(float)) return Vector256.Round(x.AsSingle()).As<float, T>();
        if (typeof(T) == typeof(double)) return Vector256.Round(x.AsDouble()).As<double, T>();
        return x;
    }

    [MethodImpl(Inline)]
    public static Vector256<T> Floor(Vector256<T> x)
    {
        if (typeof(T) == typeof(float)) return Vector256.Floor(x.AsSingle()).As<float, T>();
        if (typeof(T) == typeof(double)) return Vector256.Floor(x.AsDouble()).As<double, T>();
        return x;
    }

    [MethodImpl(Inline)]
    public static Vector256<T> Ceiling(Vector256<T> x)
    {
        if (typeof(T) == typeof(float)) return Vector256.Ceiling(x.AsSingle()).As<float, T>();
        if (typeof(T) == typeof(double)) return Vector256.Ceiling(x.AsDouble()).As<double, T>();
        return x;
    }

    [MethodImpl(Inline)]
    public static Vector256<T> Truncate(Vector256<T> x)
    {
        if (typeof(T) == typeof(float)) return Vector256.Truncate(x.AsSingle()).As<float, T>();
        if (typeof(T) == typeof(double)) return Vector256.Truncate(x.AsDouble()).As<double, T>();
        return x;
    }

    [MethodImpl(Inline)]
    public static Vector256<T> Equal(Vector256<T> x, Vector256<T> y) => Vector256.Equals(x, y);

    [MethodImpl(Inline)]
    public static Vector256<T> Less(Vector256<T> x, Vector256<T> y) => Vector256.LessThan(x, y);

    [MethodImpl(Inline)]
    public static Vector256<T> LessOrEqual(Vector256<T> x, Vector256<T> y) => Vector256.LessThanOrEqual(x, y);

    [MethodImpl(Inline)]
    public static bool Any(Vector256<T> mask) => mask.AsInt64() != Vector256<long>.Zero;

    [MethodImpl(Inline)]
    public static Vector256<T> Select(Vector256<T> mask, Vector256<T> x, Vector256<T> y) => Vector256.ConditionalSelect(mask, x, y);

    [MethodImpl(Inline)]
    public static Vector256<T> And(Vector256<T> x, Vector256<T> y) => x & y;

    [MethodImpl(Inline)]
    public static Vector256<T> Or(Vector256<T> x, Vector256<T> y) => x | y;

    [MethodImpl(Inline)]
    public static Vector256<T> Xor(Vector256<T> x, Vector256<T> y) => x ^ y;

    [MethodImpl(Inline)]
    public static Vector256<T> Not(Vector256<T> x) => ~x;

    [MethodImpl(Inline)]
    public static Vector256<T> AddBits(Vector256<T> x, Vector256<T> y) =>
        sizeof(T) == 8 ? (x.AsInt64() + y.AsInt64()).As<long, T>() : (x.AsInt32() + y.AsInt32()).As<int, T>();

    [MethodImpl(Inline)]
    public static Vector256<T> SubtractBits(Vector256<T> x, Vector256<T> y) =>
        sizeof(T) == 8 ? (x.AsInt64() - y.AsInt64()).As<long, T>() : (x.AsInt32() - y.AsInt32()).As<int, T>();

    [MethodImpl(Inline)]
    public static Vector256<T> ShiftLeftBits(Vector256<T> x, int count) =>
        sizeof(T) == 8 ? (x.AsInt64() << count).As<long, T>() : (x.AsInt32() << count).As<int, T>();

    [MethodImpl(Inline)]
    public static Vector256<T> ShiftRightBits(Vector256<T> x, int count) =>
        sizeof(T) == 8 ? (x.AsInt64() >>> count).As<long, T>() : (x.AsInt32() >>> count).As<int, T>();

    [MethodImpl(Inline)]
    public static Vector256<T> ShiftRightArithmeticBits(Vector256<T> x, int count) =>
        sizeof(T) == 8 ? (x.AsInt64() >> count).As<long, T>() : (x.AsInt32() >> count).As<int, T>();

    [MethodImpl(Inline)]
    public static Vector256<T> Scale(Vector256<T> x, Vector256<T> n)
    {
        return PowerOfTwo.Scale<T, Simd256<T>, Vector256<T>>(x, n);
    }

    [MethodImpl(Inline)]
    public static Vector256<T> MultiplyLow32(Vector256<T> x, Vector256<T> y)
    {
        if (Avx2.IsSupported) return Avx2.Multiply(x.AsUInt32(), y.AsUInt32()).As<ulong, T>();
        var mask = Vector256.Create(0xFFFFFFFFUL);
        return ((x.AsUInt64() & mask) * (y.AsUInt64() & mask)).As<ulong, T>();
    }

    [MethodImpl(Inline)]
    public static Vector256<T> InDouble<TOp>(TOp op, Vector256<T> x) where TOp : struct, IUnaryOperator
    {
        if (typeof(T) == typeof(double)) return op.Invoke<double, Simd256<double>, Vector256<double>>(x.AsDouble()).As<double, T>();
        var lower = op.Invoke<double, Simd256<double>, Vector256<double>>(Vector256.WidenLower(x.AsSingle()));
        var upper = op.Invoke<double, Simd256<double>, Vector256<double>>(Vector256.WidenUpper(x.AsSingle()));
        return Vector256.Narrow(lower, upper).As<float, T>();
    }

    [MethodImpl(Inline)]
    public static Vector256<T> InDouble<TOp>(TOp op, Vector256<T> x, Vector256<T> y) where TOp : struct, IBinaryOperator
    {
        if (typeof(T) == typeof(double)) return op.Invoke<double, Simd256<double>, Vector256<double>>(x.AsDouble(), y.AsDouble()).As<double, T>();
        var lower = op.Invoke<double, Simd256<double>, Vector256<double>>(Vector256.WidenLower(x.AsSingle()), Vector256.WidenLower(y.AsSingle()));
        var upper = op.Invoke<double, Simd256<double>, Vector256<double>>(Vector256.WidenUpper(x.AsSingle()), Vector256.WidenUpper(y.AsSingle()));
        return Vector256.Narrow(lower, upper).As<float, T>();
    }
}
