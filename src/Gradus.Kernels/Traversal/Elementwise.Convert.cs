using System.Numerics;
using System.Numerics.Tensors;

namespace Gradus.Kernels;

internal static unsafe partial class Elementwise
{
    /// <summary>zᵢ = xᵢ as another type, over n contiguous elements.</summary>
    /// <remarks>
    /// Types: float, double, long, int, and bool as byte; Half, and bfloat16 as ushort, from any of them but to float alone. To a floating type: rounded once
    /// to nearest, ties to even. From floating to integer: the fraction is dropped, what does not fit becomes the nearest limit, NaN becomes 0. From long to
    /// int: the low 32 bits. To bool: x ≠ 0 (so NaN is true).
    /// </remarks>
    public static void Convert<TFrom, TTo>(nint n, TFrom* x, TTo* z) where TFrom : unmanaged where TTo : unmanaged
    {
        Nest.Linear(n, sizeof(TTo), sizeof(TFrom)).Walk(default(ConvertBody<TFrom, TTo>), Operands.At(z, x), Grain);
    }

    /// <summary>z = x as another type, over strided operands.</summary>
    public static void Convert<TFrom, TTo>(ReadOnlySpan<int> shape, TFrom* x, ReadOnlySpan<nint> xs, TTo* z, ReadOnlySpan<nint> zs)
        where TFrom : unmanaged where TTo : unmanaged
    {
        Nest.Of(shape, zs, sizeof(TTo), xs, sizeof(TFrom)).Walk(default(ConvertBody<TFrom, TTo>), Operands.At(z, x), Grain);
    }

    internal static void ConvertSpan<TFrom, TTo>(nint n, TFrom* x, TTo* z) where TFrom : unmanaged where TTo : unmanaged
    {
        var count = (int)n;
        if (typeof(TFrom) == typeof(TTo)) new ReadOnlySpan<TTo>(x, count).CopyTo(new Span<TTo>(z, count));
        else if (typeof(TFrom) == typeof(Half)) TensorPrimitives.ConvertToSingle(new ReadOnlySpan<Half>(x, count), new Span<float>(z, count));
        else if (typeof(TTo) == typeof(Half) && typeof(TFrom) == typeof(float))
        {
            TensorPrimitives.ConvertToHalf(new ReadOnlySpan<float>(x, count), new Span<Half>(z, count));
        }
        else if (typeof(TFrom) == typeof(ushort)) BFloat16Bits.Widen(new ReadOnlySpan<ushort>(x, count), new Span<float>(z, count));
        else if (typeof(TTo) == typeof(ushort) && typeof(TFrom) == typeof(float))
        {
            BFloat16Bits.Round(new ReadOnlySpan<float>(x, count), new Span<ushort>(z, count));
        }
        else if (typeof(TTo) == typeof(Half)) ToHalf(new ReadOnlySpan<TFrom>(x, count), new Span<Half>((Half*)z, count));
        else if (typeof(TTo) == typeof(ushort)) ToBFloat16(new ReadOnlySpan<TFrom>(x, count), new Span<ushort>((ushort*)z, count));
        else if (typeof(TFrom) == typeof(float)) From(new ReadOnlySpan<float>(x, count), z);
        else if (typeof(TFrom) == typeof(double)) From(new ReadOnlySpan<double>(x, count), z);
        else if (typeof(TFrom) == typeof(long)) From(new ReadOnlySpan<long>(x, count), z);
        else if (typeof(TFrom) == typeof(int)) From(new ReadOnlySpan<int>(x, count), z);
        else From(new ReadOnlySpan<byte>(x, count), z);
    }

    // The library's conversions are exact or correctly rounded, so their bits do not follow the vector width.
    private static void From<TFrom, TTo>(ReadOnlySpan<TFrom> x, TTo* z) where TFrom : unmanaged, INumber<TFrom> where TTo : unmanaged
    {
        if (typeof(TTo) == typeof(float)) TensorPrimitives.ConvertTruncating(x, new Span<float>(z, x.Length));
        else if (typeof(TTo) == typeof(double)) TensorPrimitives.ConvertTruncating(x, new Span<double>(z, x.Length));
        else if (typeof(TTo) == typeof(long)) ToInteger(x, new Span<long>(z, x.Length));
        else if (typeof(TTo) == typeof(int)) ToInteger(x, new Span<int>(z, x.Length));
        else ToBool(x, (byte*)z);
    }

    private static void ToInteger<TFrom, TTo>(ReadOnlySpan<TFrom> x, Span<TTo> z) where TFrom : unmanaged, INumber<TFrom> where TTo : unmanaged, INumber<TTo>
    {
        if (typeof(TFrom) == typeof(float) || typeof(TFrom) == typeof(double)) TensorPrimitives.ConvertSaturating(x, z);
        else TensorPrimitives.ConvertTruncating(x, z);
    }

    // By way of float32 a number just beside a tie would be rounded onto it, and then to the wrong side. What a double does not hold is beyond f16.
    private static void ToHalf<TFrom>(ReadOnlySpan<TFrom> x, Span<Half> z) where TFrom : unmanaged
    {
        for (var index = 0; index < x.Length; index++) z[index] = (Half)ToDouble(x[index]);
    }

    private static void ToBFloat16<TFrom>(ReadOnlySpan<TFrom> x, Span<ushort> z) where TFrom : unmanaged
    {
        for (var index = 0; index < x.Length; index++)
        {
            z[index] = typeof(TFrom) == typeof(long) ? BFloat16Bits.Round((long)(object)x[index]) : BFloat16Bits.Round(ToDouble(x[index]));
        }
    }

    private static double ToDouble<TFrom>(TFrom x) where TFrom : unmanaged
    {
        if (typeof(TFrom) == typeof(double)) return (double)(object)x;
        if (typeof(TFrom) == typeof(long)) return (long)(object)x;
        return typeof(TFrom) == typeof(int) ? (int)(object)x : (byte)(object)x;
    }

    private static void ToBool<TFrom>(ReadOnlySpan<TFrom> x, byte* z) where TFrom : unmanaged, INumber<TFrom>
    {
        var zero = TFrom.Zero;
        fixed (TFrom* from = x) CompareSpan(default(NotEqualOperator), x.Length, from, 1, &zero, 0, z);
    }

    private readonly struct ConvertBody<TFrom, TTo> : INestBody where TFrom : unmanaged where TTo : unmanaged
    {
        public void Run(NestRows* rows)
        {
            var at = rows->Start;
            for (nint row = 0; row < rows->Count; row++, at.Move(1, rows->Step)) Row(rows->Length, at, rows->Strides);
        }

        private void Row(nint count, Operands at, Operands strides)
        {
            var from = stackalloc TFrom[Block];
            var to = stackalloc TTo[Block];
            var xs = strides.First / sizeof(TFrom);
            var zs = strides.Output / sizeof(TTo);
            var step = xs == 1 && zs == 1 ? count : Block;
            for (nint start = 0; start < count; start += step)
            {
                var n = Math.Min(step, count - start);
                var x = Strided.Gather((TFrom*)at.First + (start * xs), xs, n, from);
                var z = (TTo*)at.Output + (start * zs);
                ConvertSpan(n, x, zs == 1 ? z : to);
                if (zs != 1) Strided.Scatter(to, n, z, zs);
            }
        }
    }
}
