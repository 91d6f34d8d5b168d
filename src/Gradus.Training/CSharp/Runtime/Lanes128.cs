using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gradus.Exported;

/// <summary>4 lanes of 32 bits.</summary>
internal readonly struct Lanes128 : ILanes<Vector128<float>>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // Added to a whole number below 2²², it leaves that number and the exponent's offset in the low bits.
    private const float ToExponent = 12582912f + 127;

    public static int Width => 4;

    [MethodImpl(Inline)]
    public static Vector128<float> Load(ref float source, nint index) => Vector128.LoadUnsafe(ref source, (nuint)index);

    [MethodImpl(Inline)]
    public static void Store(Vector128<float> x, ref float target, nint index) => x.StoreUnsafe(ref target, (nuint)index);

    [MethodImpl(Inline)]
    public static Vector128<float> Create(float value) => Vector128.Create(value);

    [MethodImpl(Inline)]
    public static Vector128<float> Add(Vector128<float> x, Vector128<float> y) => x + y;

    [MethodImpl(Inline)]
    public static Vector128<float> Subtract(Vector128<float> x, Vector128<float> y) => x - y;

    [MethodImpl(Inline)]
    public static Vector128<float> Multiply(Vector128<float> x, Vector128<float> y) => x * y;

    [MethodImpl(Inline)]
    public static Vector128<float> Divide(Vector128<float> x, Vector128<float> y) => x / y;

    [MethodImpl(Inline)]
#if NET9_0_OR_GREATER
    public static Vector128<float> MultiplyAdd(Vector128<float> x, Vector128<float> y, Vector128<float> z) => Vector128.FusedMultiplyAdd(x, y, z);
#else
    public static Vector128<float> MultiplyAdd(Vector128<float> x, Vector128<float> y, Vector128<float> z)
    {
        if (System.Runtime.Intrinsics.X86.Fma.IsSupported) return System.Runtime.Intrinsics.X86.Fma.MultiplyAdd(x, y, z);
        if (System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported) return System.Runtime.Intrinsics.Arm.AdvSimd.FusedMultiplyAdd(z, x, y);
        return Vector128.Create(
            MathF.FusedMultiplyAdd(x[0], y[0], z[0]), MathF.FusedMultiplyAdd(x[1], y[1], z[1]),
            MathF.FusedMultiplyAdd(x[2], y[2], z[2]), MathF.FusedMultiplyAdd(x[3], y[3], z[3]));
    }
#endif

    [MethodImpl(Inline)]
    public static Vector128<float> Abs(Vector128<float> x) => Vector128.Abs(x);

    [MethodImpl(Inline)]
    public static Vector128<float> Floor(Vector128<float> x) => Vector128.Floor(x);

    [MethodImpl(Inline)]
    public static Vector128<float> Less(Vector128<float> x, Vector128<float> y) => Vector128.LessThan(x, y);

    [MethodImpl(Inline)]
    public static Vector128<float> IsNaN(Vector128<float> x) => ~Vector128.Equals(x, x);

    [MethodImpl(Inline)]
    public static Vector128<float> Select(Vector128<float> mask, Vector128<float> x, Vector128<float> y) => Vector128.ConditionalSelect(mask, x, y);

    [MethodImpl(Inline)]
    public static Vector128<float> Or(Vector128<float> x, Vector128<float> y) => x | y;

    [MethodImpl(Inline)]
    public static Vector128<float> Xor(Vector128<float> x, Vector128<float> y) => x ^ y;

    [MethodImpl(Inline)]
    public static Vector128<float> PowerOfTwo(Vector128<float> n) => Vector128.ShiftLeft((n + Vector128.Create(ToExponent)).AsInt32(), 23).AsSingle();
}
