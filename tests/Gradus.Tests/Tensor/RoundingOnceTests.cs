using System.Numerics;

namespace Gradus.Tests;

/// <summary>A number becomes f16 or bf16 in one step: by way of f32 it may be rounded onto a tie, and from there to the wrong side.</summary>
public class RoundingOnceTests
{
    // Just above the middle between 1 and the next number, by less than f32 can tell.
    private static readonly double Above16 = 1 + Math.Pow(2, -11) + Math.Pow(2, -40), AboveB = 1 + Math.Pow(2, -8) + Math.Pow(2, -40);

    [Fact]
    public void A_double_is_rounded_once()
    {
        // given
        double[] values =
        [
            Above16, -Above16, AboveB, -AboveB, Math.Pow(2, -25) * (1 + 1e-12),
            Math.Pow(2, -134) * (1 + 1e-12), 65520 - 1e-9, 65520, 1e300, 1e-300, double.NegativeInfinity, 0.0,
        ];
        var x = Tensor.Of(values);

        // when
        var halves = x.To(DType.Float16).ToArray<double>();
        var brains = x.To(DType.BFloat16).ToArray<double>();

        // then
        Assert.Equal(values.Select(static value => Nearest(value, 11, -24, 65504)), halves);
        Assert.Equal(values.Select(static value => Nearest(value, 8, -133, (float)BFloat16.MaxValue)), brains);
    }

    [Fact]
    public void Doubles_at_random_are_rounded_to_the_nearest()
    {
        // given: many of them close to ties
        var random = new Random(1);
        var values = Enumerable.Range(0, 20_000).Select(_ =>
        {
            var tie = Math.ScaleB(random.Next(1 << 12) + 0.5, random.Next(-40, 5));
            return (random.Next(2) == 0 ? -1 : 1) * tie * (1 + (random.Next(-2, 3) * Math.Pow(2, -random.Next(25, 52))));
        }).ToArray();

        // when
        var halves = Tensor.Of(values).To(DType.Float16).ToArray<double>();
        var brains = Tensor.Of(values).To(DType.BFloat16).ToArray<double>();

        // then
        Assert.Equal(values.Select(static value => Nearest(value, 11, -24, 65504)), halves);
        Assert.Equal(values.Select(static value => Nearest(value, 8, -133, (float)BFloat16.MaxValue)), brains);
    }

    [Fact]
    public void A_whole_number_is_rounded_once()
    {
        // given
        long[] values =
        [
            (1L << 60) + (1L << 52) + 1, -(1L << 60) - (1L << 52) - 1, (1L << 30) + (1L << 22) + 1,
            (1L << 40) + (1L << 16) + 1, long.MaxValue, long.MinValue, 2049 + 1, -3, (1L << 54) + (1L << 46),
        ];

        // when
        var brains = Tensor.Of(values).To(DType.BFloat16).ToArray<double>();
        var singles = Tensor.Of([.. values, (1L << 53) + (1L << 29) + 1]).To(DType.Float32).ToArray<double>();
        var full = values.Select(static value => Tensor.Full([1], value, DType.BFloat16).Item());
        var ints = Tensor.Of((1 << 30) + (1 << 22) + 1).To(DType.BFloat16).Item();

        // then
        Assert.Equal(values.Select(static value => NearestWhole(value, 8)), brains);
        Assert.Equal(brains, full);
        Assert.Equal([.. values.Select(static value => NearestWhole(value, 24)), NearestWhole((1L << 53) + (1L << 29) + 1, 24)], singles);
        Assert.Equal(NearestWhole((1 << 30) + (1 << 22) + 1, 8), ints);
        Assert.Equal([2048, 2050, double.PositiveInfinity], Tensor.Of(2049L, 2050, 1 << 20).To(DType.Float16).ToArray<double>());
    }

    [Fact]
    public void A_number_given_to_a_tensor_is_rounded_once()
    {
        // given
        var (half, brain) = (Tensor.Zeros([1], DType.Float16), Tensor.Zeros([1], DType.BFloat16));
        var mask = Tensor.Of(true);

        // when
        double[] halves =
        [
            Tensor.Full([1], Above16, DType.Float16).Item(), half.MaskedFill(mask, Above16).Item(),
            Tensor.Where(mask, Above16, half).Item(), half.Clone().Fill(Above16).Item(), (half + Above16).Item(),
        ];
        double[] brains =
        [
            Tensor.Full([1], AboveB, DType.BFloat16).Item(), brain.MaskedFill(mask, AboveB).Item(),
            Tensor.Where(mask, AboveB, brain).Item(), brain.Clone().Fill(AboveB).Item(), (brain + AboveB).Item(), (float)(BFloat16)AboveB,
        ];

        // then
        Assert.All(halves, static value => Assert.Equal(1 + Math.Pow(2, -10), value));
        Assert.All(brains, static value => Assert.Equal(1 + Math.Pow(2, -7), value));
    }

    [Fact]
    public void A_gradient_comes_back_through_the_conversion()
    {
        // given
        var x = Tensor.Of(1.0, 2).RequireGrad();

        // when
        (x.To(DType.BFloat16) * 3).Sum().Backward();

        // then
        Assert.Equal(DType.Float64, x.Grad!.DType);
        Assert.Equal([3, 3], x.Grad.ToArray<double>());
    }

    /// <summary>The number of some significant bits nearest to x, ties to even, by exact arithmetic.</summary>
    private static double Nearest(double x, int digits, int least, double largest)
    {
        if (x == 0 || !double.IsFinite(x)) return x;
        var exponent = Math.Max(Math.ILogB(x) - digits + 1, least);
        var rounded = Math.ScaleB(Math.Round(Math.ScaleB(x, -exponent), MidpointRounding.ToEven), exponent);
        return Math.Abs(rounded) > largest ? double.CopySign(double.PositiveInfinity, x) : rounded;
    }

    private static double NearestWhole(long value, int digits)
    {
        var size = BigInteger.Abs(value);
        var shift = Math.Max(0, (int)size.GetBitLength() - digits);
        var (quotient, rest) = (size >> shift, size & ((BigInteger.One << shift) - 1));
        var half = shift == 0 ? BigInteger.Zero : BigInteger.One << (shift - 1);
        if (shift > 0 && (rest > half || (rest == half && !quotient.IsEven))) quotient++;
        return Math.Sign(value) * Math.ScaleB((double)quotient, shift);
    }
}
