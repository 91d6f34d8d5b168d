using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gradus.Kernels;

/// <summary>One lane: the plain twin that the vector widths are held against, and the way to evaluate an operator on a single number.</summary>
/// <remarks>Floating point is plain C#; integers go through lane 0 of a 128-bit vector, since arithmetic on an unconstrained T has no operators.</remarks>
internal readonly unsafe struct Scalar<T> : ISimd<T, T> where T : unmanaged
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Width => 1;

    public static T Zero => default;

    [MethodImpl(Inline)]
    public static T Load(T* source) => *source;

    [MethodImpl(Inline)]
    public static void Store(T x, T* target) => *target = x;

    public static T LoadPartial(T* source, int count) => *source;

    public static T LoadPartial(T* source, int count, T rest) => *source;

    public static void StorePartial(T x, T* target, int count) => *target = x;

    public static T LoadMask(byte* source) => Mask(*source != 0);

    public static void StoreMask(T mask, byte* target) => *target = (byte)(Bits(mask) & 1);

    public static T From(T x, int start) => x;

    public static T First(T x) => x;

    public static T Create(T value) => value;

    public static T Create<TValue>(TValue value) where TValue : unmanaged => Unsafe.BitCast<TValue, T>(value);

    [MethodImpl(Inline)]
    public static T Constant(double value) => Simd128<T>.Constant(value).ToScalar();

    [MethodImpl(Inline)]
    public static T ConstantBits(long bits) => Simd128<T>.ConstantBits(bits).ToScalar();

    [MethodImpl(Inline)]
    public static T Add(T x, T y) => typeof(T) == typeof(float) ? F(F(x) + F(y))
        : typeof(T) == typeof(double) ? D(D(x) + D(y))
        : (Lane(x) + Lane(y)).ToScalar();

    [MethodImpl(Inline)]
    public static T Subtract(T x, T y) => typeof(T) == typeof(float) ? F(F(x) - F(y))
        : typeof(T) == typeof(double) ? D(D(x) - D(y))
        : (Lane(x) - Lane(y)).ToScalar();

    [MethodImpl(Inline)]
    public static T Multiply(T x, T y) => typeof(T) == typeof(float) ? F(F(x) * F(y))
        : typeof(T) == typeof(double) ? D(D(x) * D(y))
        : (Lane(x) * Lane(y)).ToScalar();

    [MethodImpl(Inline)]
    public static T Divide(T x, T y) => typeof(T) == typeof(float) ? F(F(x) / F(y))
        : typeof(T) == typeof(double) ? D(D(x) / D(y))
        : (Vector128.Create(x) / Vector128.Create(y)).ToScalar();

    [MethodImpl(Inline)]
    public static T FusedMultiplyAdd(T x, T y, T z) =>
        typeof(T) == typeof(float) ? F(MathF.FusedMultiplyAdd(F(x), F(y), F(z)))
        : typeof(T) == typeof(double) ? D(Math.FusedMultiplyAdd(D(x), D(y), D(z)))
        : ((Lane(x) * Lane(y)) + Lane(z)).ToScalar();

    [MethodImpl(Inline)]
    public static T Maximum(T x, T y) => typeof(T) == typeof(float) ? F(MathF.Max(F(x), F(y)))
        : typeof(T) == typeof(double) ? D(Math.Max(D(x), D(y)))
        : Vector128.Max(Lane(x), Lane(y)).ToScalar();

    [MethodImpl(Inline)]
    public static T Minimum(T x, T y) => typeof(T) == typeof(float) ? F(MathF.Min(F(x), F(y)))
        : typeof(T) == typeof(double) ? D(Math.Min(D(x), D(y)))
        : Vector128.Min(Lane(x), Lane(y)).ToScalar();

    [MethodImpl(Inline)]
    public static T Sqrt(T x) => typeof(T) == typeof(float) ? F(MathF.Sqrt(F(x)))
        : typeof(T) == typeof(double) ? D(Math.Sqrt(D(x)))
        : Vector128.Sqrt(Lane(x)).ToScalar();

    [MethodImpl(Inline)]
    public static T Abs(T x) => typeof(T) == typeof(float) ? F(MathF.Abs(F(x)))
        : typeof(T) == typeof(double) ? D(Math.Abs(D(x)))
        : Vector128.Abs(Lane(x)).ToScalar();

    [MethodImpl(Inline)]
    public static T Negate(T x) => typeof(T) == typeof(float) ? F(-F(x)) : typeof(T) == typeof(double) ? D(-D(x)) : (-Lane(x)).ToScalar();

    [MethodImpl(Inline)]
    public static T Round(T x) => typeof(T) == typeof(float) ? F(MathF.Round(F(x))) : typeof(T) == typeof(double) ? D(Math.Round(D(x))) : x;

    [MethodImpl(Inline)]
    public static T Floor(T x) => typeof(T) == typeof(float) ? F(MathF.Floor(F(x))) : typeof(T) == typeof(double) ? D(Math.Floor(D(x))) : x;

    [MethodImpl(Inline)]
    public static T Ceiling(T x) => typeof(T) == typeof(float) ? F(MathF.Ceiling(F(x))) : typeof(T) == typeof(double) ? D(Math.Ceiling(D(x))) : x;

    [MethodImpl(Inline)]
    public static T Truncate(T x) => typeof(T) == typeof(float) ? F(MathF.Truncate(F(x))) : typeof(T) == typeof(double) ? D(Math.Truncate(D(x))) : x;

    [MethodImpl(Inline)]
    public static T Equal(T x, T y) => typeof(T) == typeof(float) ? Mask(F(x) == F(y))
        : typeof(T) == typeof(double) ? Mask(D(x) == D(y))
        : Vector128.Equals(Lane(x), Lane(y)).ToScalar();

    [MethodImpl(Inline)]
    public static T Less(T x, T y) => typeof(T) == typeof(float) ? Mask(F(x) < F(y))
        : typeof(T) == typeof(double) ? Mask(D(x) < D(y))
        : Vector128.LessThan(Lane(x), Lane(y)).ToScalar();

    [MethodImpl(Inline)]
    public static T LessOrEqual(T x, T y) => typeof(T) == typeof(float) ? Mask(F(x) <= F(y))
        : typeof(T) == typeof(double) ? Mask(D(x) <= D(y))
        : Vector128.LessThanOrEqual(Lane(x), Lane(y)).ToScalar();

    [MethodImpl(Inline)]
    public static bool Any(T mask) => Bits(mask) != 0;

    [MethodImpl(Inline)]
    public static T Select(T mask, T x, T y) => FromBits((Bits(mask) & Bits(x)) | (~Bits(mask) & Bits(y)));

    [MethodImpl(Inline)]
    public static T And(T x, T y) => FromBits(Bits(x) & Bits(y));

    [MethodImpl(Inline)]
    public static T Or(T x, T y) => FromBits(Bits(x) | Bits(y));

    [MethodImpl(Inline)]
    public static T Xor(T x, T y) => FromBits(Bits(x) ^ Bits(y));

    [MethodImpl(Inline)]
    public static T Not(T x) => FromBits(~Bits(x));

    [MethodImpl(Inline)]
    public static T AddBits(T x, T y) => FromBits(Bits(x) + Bits(y));

    [MethodImpl(Inline)]
    public static T SubtractBits(T x, T y) => FromBits(Bits(x) - Bits(y));

    [MethodImpl(Inline)]
    public static T ShiftLeftBits(T x, int count) => FromBits(Bits(x) << count);

    [MethodImpl(Inline)]
    public static T ShiftRightBits(T x, int count) => sizeof(T) == 8 ? FromBits(Bits(x) >>> count) : FromBits((int)((uint)Bits(x) >> count));

    [MethodImpl(Inline)]
    public static T ShiftRightArithmeticBits(T x, int count) => FromBits(Bits(x) >> count);

    [MethodImpl(Inline)]
    public static T Scale(T x, T n) => PowerOfTwo.Scale<T, Scalar<T>, T>(x, n);

    [MethodImpl(Inline)]
    public static T MultiplyLow32(T x, T y) => FromBits((long)((ulong)(uint)Bits(x) * (uint)Bits(y)));

    [MethodImpl(Inline)]
    public static T InDouble<TOp>(TOp op, T x) where TOp : struct, IUnaryOperator =>
        typeof(T) == typeof(double) ? D(op.Invoke<double, Scalar<double>, double>(D(x))) : F((float)op.Invoke<double, Scalar<double>, double>(F(x)));

    [MethodImpl(Inline)]
    public static T InDouble<TOp>(TOp op, T x, T y) where TOp : struct, IBinaryOperator =>
        typeof(T) == typeof(double)
            ? D(op.Invoke<double, Scalar<double>, double>(D(x), D(y)))
            : F((float)op.Invoke<double, Scalar<double>, double>(F(x), F(y)));

    [MethodImpl(Inline)]
    private static float F(T x) => Unsafe.As<T, float>(ref x);

    [MethodImpl(Inline)]
    private static double D(T x) => Unsafe.As<T, double>(ref x);

    [MethodImpl(Inline)]
    private static T F(float x) => Unsafe.As<float, T>(ref x);

    [MethodImpl(Inline)]
    private static T D(double x) => Unsafe.As<double, T>(ref x);

    [MethodImpl(Inline)]
    private static Vector128<T> Lane(T x) => Vector128.CreateScalar(x);

    [MethodImpl(Inline)]
    private static T Mask(bool set) => FromBits(set ? -1 : 0);

    [MethodImpl(Inline)]
    private static long Bits(T x) => sizeof(T) == 8 ? Unsafe.As<T, long>(ref x) : sizeof(T) == 4 ? Unsafe.As<T, int>(ref x) : Unsafe.As<T, sbyte>(ref x);

    [MethodImpl(Inline)]
    private static T FromBits(long bits) => Unsafe.As<long, T>(ref bits);
}
