using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Gradus.Kernels;

/// <summary>128 bits: ARM64, WebAssembly, and x64 without AVX2. See <see cref="ISimd{T, V}"/>.</summary>
internal readonly unsafe struct Simd128<T> : ISimd<T, Vector128<T>> where T : unmanaged
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Width
    {
        [MethodImpl(Inline)]
        get => Vector128<T>.Count;
    }

    public static Vector128<T> Zero
    {
        [MethodImpl(Inline)]
        get => Vector128<T>.Zero;
    }

    [MethodImpl(Inline)]
    public static Vector128<T> Load(T* source) => Vector128.Load(source);

    [MethodImpl(Inline)]
    public static void Store(Vector128<T> x, T* target) => x.Store(target);

    [MethodImpl(Inline)]
    public static Vector128<T> LoadPartial(T* source, int count) => LoadPartial(source, count, Vector128.Create(*source));

    [MethodImpl(Inline)]
    public static Vector128<T> LoadPartial(T* source, int count, Vector128<T> rest)
    {
        Unsafe.CopyBlockUnaligned(&rest, source, (uint)(count * sizeof(T)));
        return rest;
    }

    [MethodImpl(Inline)]
    public static void StorePartial(Vector128<T> x, T* target, int count) => Unsafe.CopyBlockUnaligned(target, &x, (uint)(count * sizeof(T)));

    [MethodImpl(Inline)]
    public static Vector128<T> LoadMask(byte* source)
    {
        if (sizeof(T) == 1) return ~Vector128.Equals(Vector128.Load((T*)source), Vector128<T>.Zero);
        if (sizeof(T) == 4)
        {
            var wide = Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(uint*)source).AsByte()));
            return ~Vector128.Equals(wide, Vector128<uint>.Zero).As<uint, T>();
        }
        else
        {
            var wide = Vector128.WidenLower(Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ushort*)source).AsByte())));
            return ~Vector128.Equals(wide, Vector128<ulong>.Zero).As<ulong, T>();
        }
    }

    [MethodImpl(Inline)]
    public static void StoreMask(Vector128<T> mask, byte* target)
    {
        if (sizeof(T) == 1)
        {
            (mask.AsByte() & Vector128<byte>.One).Store(target);
        }
        else if (sizeof(T) == 4)
        {
            var ones = mask.AsUInt32() & Vector128<uint>.One;
            var half = Vector128.Narrow(ones, ones);
            *(uint*)target = Vector128.Narrow(half, half).AsUInt32().ToScalar();
        }
        else
        {
            var ones = mask.AsUInt64() & Vector128<ulong>.One;
            var half = Vector128.Narrow(ones, ones);
            var quarter = Vector128.Narrow(half, half);
            *(ushort*)target = Vector128.Narrow(quarter, quarter).AsUInt16().ToScalar();
        }
    }

    [MethodImpl(Inline)]
    public static Vector128<T> From(Vector128<T> x, int start) => (start * sizeof(T)) switch
    {
        8 => Vector128.Shuffle(x.AsInt64(), Vector128.Create(1L, 1)).As<long, T>(),
        4 => Vector128.Shuffle(x.AsInt32(), Vector128.Create(1)).As<int, T>(),
        2 => (x.AsUInt32() >>> 16).As<uint, T>(),
        _ => (x.AsUInt16() >>> 8).As<ushort, T>(),
    };

    [MethodImpl(Inline)]
    public static T First(Vector128<T> x) => x.ToScalar();

    [MethodImpl(Inline)]
    public static Vector128<T> Create(T value) => Vector128.Create(value);

    [MethodImpl(Inline)]
    public static Vector128<T> Create<TValue>(TValue value) where TValue : unmanaged => Vector128.Create(Unsafe.BitCast<TValue, T>(value));

    [MethodImpl(Inline)]
    public static Vector128<T> Constant(double value)
    {
        if (typeof(T) == typeof(float)) return Vector128.Create((float)value).As<float, T>();
        if (typeof(T) == typeof(double)) return Vector128.Create(value).As<double, T>();
        if (typeof(T) == typeof(int)) return Vector128.Create((int)value).As<int, T>();
        if (typeof(T) == typeof(long)) return Vector128.Create((long)value).As<long, T>();
        return Vector128.Create((byte)value).As<byte, T>();
    }

    [MethodImpl(Inline)]
    public static Vector128<T> ConstantBits(long bits) =>
        sizeof(T) == 8 ? Vector128.Create(bits).As<long, T>()
        : sizeof(T) == 4 ? Vector128.Create((int)bits).As<int, T>()
        : Vector128.Create((byte)bits).As<byte, T>();

    [MethodImpl(Inline)]
    public static Vector128<T> Add(Vector128<T> x, Vector128<T> y) => x + y;

    [MethodImpl(Inline)]
    public static Vector128<T> Subtract(Vector128<T> x, Vector128<T> y) => x - y;

    [MethodImpl(Inline)]
    public static Vector128<T> Multiply(Vector128<T> x, Vector128<T> y) => x * y;

    [MethodImpl(Inline)]
    public static Vector128<T> Divide(Vector128<T> x, Vector128<T> y) => x / y;

    [MethodImpl(Inline)]
    public static Vector128<T> FusedMultiplyAdd(Vector128<T> x, Vector128<T> y, Vector128<T> z)
    {
        if (typeof(T) == typeof(float)) return Vector128.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>();
        if (typeof(T) == typeof(double)) return Vector128.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();
        return (x * y) + z;
    }

    [MethodImpl(Inline)]
    public static Vector128<T> Maximum(Vector128<T> x, Vector128<T> y) => Vector128.Max(x, y);

    [MethodImpl(Inline)]
    public static Vector128<T> Minimum(Vector128<T> x, Vector128<T> y) => Vector128.Min(x, y);

    [MethodImpl(Inline)]
    public static Vector128<T> Sqrt(Vector128<T> x) => Vector128.Sqrt(x);

    [MethodImpl(Inline)]
    public static Vector128<T> Abs(Vector128<T> x) => Vector128.Abs(x);

    [MethodImpl(Inline)]
    public static Vector128<T> Negate(Vector128<T> x) => -x;

    [MethodImpl(Inline)]
    public static Vector128<T> Round(Vector128<T> x)
    {
        if (typeof(T) == typeof(float)) return Vector128.Round(x.AsSingle()).As<float, T>();
        if (typeof(T) == typeof(double)) return Vector128.Round(x.AsDouble()).As<double, T>();
        return x;
    }

    [MethodImpl(Inline)]
    public static Vector128<T> Floor(Vector128<T> x)
    {
        if (typeof(T) == typeof(float)) return Vector128.Floor(x.AsSingle()).As<float, T>();
        if (typeof(T) == typeof(double)) return Vector128.Floor(x.AsDouble()).As<double, T>();
        return x;
    }

    [MethodImpl(Inline)]
    public static Vector128<T> Ceiling(Vector128<T> x)
    {
        if (typeof(T) == typeof(float)) return Vector128.Ceiling(x.AsSingle()).As<float, T>();
        if (typeof(T) == typeof(double)) return Vector128.Ceiling(x.AsDouble()).As<double, T>();
        return x;
    }

    [MethodImpl(Inline)]
    public static Vector128<T> Truncate(Vector128<T> x)
    {
        if (typeof(T) == typeof(float)) return Vector128.Truncate(x.AsSingle()).As<float, T>();
        if (typeof(T) == typeof(double)) return Vector128.Truncate(x.AsDouble()).As<double, T>();
        return x;
    }

    [MethodImpl(Inline)]
    public static Vector128<T> Equal(Vector128<T> x, Vector128<T> y) => Vector128.Equals(x, y);

    [MethodImpl(Inline)]
    public static Vector128<T> Less(Vector128<T> x, Vector128<T> y) => Vector128.LessThan(x, y);

    [MethodImpl(Inline)]
    public static Vector128<T> LessOrEqual(Vector128<T> x, Vector128<T> y) => Vector128.LessThanOrEqual(x, y);

    [MethodImpl(Inline)]
    public static bool Any(Vector128<T> mask) => mask.AsInt64() != Vector128<long>.Zero;

    [MethodImpl(Inline)]
    public static Vector128<T> Select(Vector128<T> mask, Vector128<T> x, Vector128<T> y) => Vector128.ConditionalSelect(mask, x, y);

    [MethodImpl(Inline)]
    public static Vector128<T> And(Vector128<T> x, Vector128<T> y) => x & y;

    [MethodImpl(Inline)]
    public static Vector128<T> Or(Vector128<T> x, Vector128<T> y) => x | y;

    [MethodImpl(Inline)]
    public static Vector128<T> Xor(Vector128<T> x, Vector128<T> y) => x ^ y;

    [MethodImpl(Inline)]
    public static Vector128<T> Not(Vector128<T> x) => ~x;

    [MethodImpl(Inline)]
    public static Vector128<T> AddBits(Vector128<T> x, Vector128<T> y) =>
        sizeof(T) == 8 ? (x.AsInt64() + y.AsInt64()).As<long, T>() : (x.AsInt32() + y.AsInt32()).As<int, T>();

    [MethodImpl(Inline)]
    public static Vector128<T> SubtractBits(Vector128<T> x, Vector128<T> y) =>
        sizeof(T) == 8 ? (x.AsInt64() - y.AsInt64()).As<long, T>() : (x.AsInt32() - y.AsInt32()).As<int, T>();

    [MethodImpl(Inline)]
    public static Vector128<T> ShiftLeftBits(Vector128<T> x, int count) =>
        sizeof(T) == 8 ? (x.AsInt64() << count).As<long, T>() : (x.AsInt32() << count).As<int, T>();

    [MethodImpl(Inline)]
    public static Vector128<T> ShiftRightBits(Vector128<T> x, int count) =>
        sizeof(T) == 8 ? (x.AsInt64() >>> count).As<long, T>() : (x.AsInt32() >>> count).As<int, T>();

    [MethodImpl(Inline)]
    public static Vector128<T> ShiftRightArithmeticBits(Vector128<T> x, int count) =>
        sizeof(T) == 8 ? (x.AsInt64() >> count).As<long, T>() : (x.AsInt32() >> count).As<int, T>();

    [MethodImpl(Inline)]
    public static Vector128<T> Scale(Vector128<T> x, Vector128<T> n)
    {
        return PowerOfTwo.Scale<T, Simd128<T>, Vector128<T>>(x, n);
    }

    [MethodImpl(Inline)]
    public static Vector128<T> MultiplyLow32(Vector128<T> x, Vector128<T> y)
    {
        if (Sse2.IsSupported) return Sse2.Multiply(x.AsUInt32(), y.AsUInt32()).As<ulong, T>();
        var mask = Vector128.Create(0xFFFFFFFFUL);
        return ((x.AsUInt64() & mask) * (y.AsUInt64() & mask)).As<ulong, T>();
    }

    [MethodImpl(Inline)]
    public static Vector128<T> InDouble<TOp>(TOp op, Vector128<T> x) where TOp : struct, IUnaryOperator
    {
        if (typeof(T) == typeof(double)) return op.Invoke<double, Simd128<double>, Vector128<double>>(x.AsDouble()).As<double, T>();
        var lower = op.Invoke<double, Simd128<double>, Vector128<double>>(Vector128.WidenLower(x.AsSingle()));
        var upper = op.Invoke<double, Simd128<double>, Vector128<double>>(Vector128.WidenUpper(x.AsSingle()));
        return Vector128.Narrow(lower, upper).As<float, T>();
    }

    [MethodImpl(Inline)]
    public static Vector128<T> InDouble<TOp>(TOp op, Vector128<T> x, Vector128<T> y) where TOp : struct, IBinaryOperator
    {
        if (typeof(T) == typeof(double)) return op.Invoke<double, Simd128<double>, Vector128<double>>(x.AsDouble(), y.AsDouble()).As<double, T>();
        var lower = op.Invoke<double, Simd128<double>, Vector128<double>>(Vector128.WidenLower(x.AsSingle()), Vector128.WidenLower(y.AsSingle()));
        var upper = op.Invoke<double, Simd128<double>, Vector128<double>>(Vector128.WidenUpper(x.AsSingle()), Vector128.WidenUpper(y.AsSingle()));
        return Vector128.Narrow(lower, upper).As<float, T>();
    }
}
