namespace Gradus.Tests;

/// <summary>Draws at the ends of their intervals, and from distributions as wide as the element type.</summary>
public class ExtremeDrawsTests
{
    public static TheoryData<DType> Floats => [DType.Float16, DType.BFloat16, DType.Float32, DType.Float64];

    [Theory, MemberData(nameof(Floats))]
    public void A_uniform_number_is_below_the_upper_end(DType type)
    {
        // given
        var generator = new Generator(5);

        // when
        var unit = Tensor.Rand([200_000], type, generator).ToArray<double>();
        var small = Tensor.Uniform([200_000], 0.99, 1, type, generator).ToArray<double>();
        var shifted = Tensor.Uniform([200_000], 100, 101, type, generator).ToArray<double>();

        // then
        Assert.All(new[] { unit.Max(), small.Max() }, static greatest => Assert.True(greatest < 1, $"{greatest}"));
        Assert.True(unit.Min() >= 0);
        Assert.True(small.Min() >= 0.99);
        Assert.InRange(shifted.Min(), 100, 100.01);
        Assert.True(shifted.Max() < 101);
        Assert.InRange(unit.Average(), 0.498, 0.502);
    }

    [Theory, MemberData(nameof(Floats))]
    public void A_uniform_number_may_come_from_the_whole_type(DType type)
    {
        // given
        var largest = type.Largest;

        // when
        var drawn = Tensor.Uniform([100_000], -largest, largest, type, new Generator(2)).ToArray<double>();

        // then
        Assert.All(drawn, static value => Assert.True(double.IsFinite(value)));
        Assert.InRange(drawn.Sum(value => value / largest) / drawn.Length, -0.01, 0.01);
        Assert.InRange(drawn.Sum(value => value / largest * (value / largest)) / drawn.Length, 0.32, 0.35);
    }

    [Fact]
    public void An_interval_without_a_number_of_the_type_gives_the_nearest()
    {
        // given
        const double Low = 0.1, High = 0.1 + 1e-12;

        // when
        var drawn = Tensor.Uniform([3], Low, High);
        var alone = Tensor.Uniform([3], 0.1, 0.1);

        // then
        Assert.Equal([0.1f, 0.1f, 0.1f], drawn.ToArray<float>());
        Assert.Equal([0.1f, 0.1f, 0.1f], alone.ToArray<float>());
    }

    [Fact]
    public void Bounds_beyond_the_type_are_refused()
    {
        // given
        (Action Use, string Message)[] uses =
        [
            (static () => Tensor.Uniform([1], 0, 1e39), "uniform: from 0 to 1E+39; f32 ends at 3.4028234663852886E+38. Draw f64."),
            (static () => Tensor.Uniform([1], -70000, 0, DType.Float16), "uniform: from -70000 to 0; f16 ends at 65504. Draw f64."),
            (static () => Tensor.Normal([1], 0, 1e39), "normal: got a mean of 0 and a deviation of 1E+39; f32 ends at 3.4028234663852886E+38."),
            (static () => Tensor.Normal([1], double.PositiveInfinity, 1, DType.Float64),
                "normal: got a mean of Infinity and a deviation of 1; f64 ends at 1.7976931348623157E+308."),
        ];

        // when
        var messages = uses.Select(static use => Assert.Throws<GradusException>(use.Use).Message);

        // then
        Assert.Equal(uses.Select(static use => use.Message), messages);
    }

    [Theory, MemberData(nameof(Floats))]
    public void Normal_numbers_stay_finite_however_wide(DType type)
    {
        // given
        var largest = type.Largest;

        // when
        var drawn = Tensor.Normal([50_000], 0, largest / 2, type, new Generator(2)).ToArray<double>();
        var beside = Tensor.Normal([50_000], largest, largest / 1024, type, new Generator(2)).ToArray<double>();

        // then
        Assert.All(drawn.Concat(beside), static value => Assert.True(double.IsFinite(value)));
        // A normal number lies within 2 deviations with a probability of 0.9545: the others are the last numbers of the type.
        Assert.InRange(drawn.Count(value => Math.Abs(value) == largest) / 50_000.0, 0.042, 0.050);
        Assert.InRange(drawn.Count(static value => value > 0), 24_500, 25_500);
    }

    [Theory, MemberData(nameof(Floats))]
    public void A_truncated_normal_number_is_not_rounded_out_of_its_interval(DType type)
    {
        // given
        const double High = 0.1, Low = -0.7;

        // when
        var drawn = Tensor.TruncatedNormal([20_000], 0, 5, Low, High, type, new Generator(1)).ToArray<double>();

        // then
        Assert.InRange(drawn.Min(), Low, Low + 0.01);
        Assert.InRange(drawn.Max(), High - 0.01, High);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Positions_are_drawn_by_weights_of_any_size(bool replacement)
    {
        // given: sums that overflow, sums that vanish, and ordinary ones, row by row
        var weights = Tensor.Of([[1e308, 1e308, 0], [0, 4.9e-324, 1.5e-323], [0.25, 0, 0.75], [1e308, 1e-308, 0]]);
        var counts = new int[4, 3];

        // when
        for (var draw = 0; draw < 2000; draw++)
        {
            var index = weights.Multinomial(1, replacement, new Generator(7, $"{draw}")).ToArray<long>();
            for (var row = 0; row < 4; row++) counts[row, index[row]]++;
        }

        // then
        Assert.Equal([0, 0, 0, 0], [counts[0, 2], counts[1, 0], counts[2, 1], counts[3, 2]]);
        Assert.InRange(counts[0, 0], 900, 1100);
        Assert.InRange(counts[1, 1], 420, 580);
        Assert.InRange(counts[2, 0], 420, 580);
        Assert.Equal(2000, counts[3, 0]);
    }

    [Fact]
    public void Without_replacement_every_weight_above_0_is_drawn_at_last()
    {
        // given
        var weights = Tensor.Of(1e308, 0, 5e-324, 1e-300, 1e308);

        // when
        var drawn = weights.Multinomial(4, generator: new Generator(1)).ToArray<long>();
        var many = Tensor.Full([50], 1e308, DType.Float64).Multinomial(2000, replacement: true, new Generator(1)).ToArray<long>();

        // then
        Assert.Equal([0, 2, 3, 4], drawn.Order());
        Assert.Equal([0, 4], drawn[..2].Order());
        Assert.Equal(3, drawn[2]);
        Assert.Equal(50, many.Distinct().Count());
    }

    [Fact]
    public void Equal_distances_span_the_whole_type()
    {
        // given
        const double Largest = double.MaxValue;

        // when
        var wide = Tensor.Linspace(-Largest, Largest, 5, DType.Float64).ToArray<double>();

        // then
        Assert.Equal([-Largest, -Largest / 2, 0, Largest / 2, Largest], wide);
    }

    [Fact]
    public void What_lies_between_numbers_far_apart_is_finite_and_ends_exactly()
    {
        // given
        Tensor x = Tensor.Of(-3e38f, 1e8f, 1), y = Tensor.Of(3e38f, 1, 3), weights = Tensor.Of(0f, 0.25f, 0.75f, 1).Unsqueeze(1);

        // when
        var byTensor = x.Lerp(y, weights).ToArray<float>();
        var byNumber = Tensor.Stack([x.Lerp(y, 0), x.Lerp(y, 0.25), x.Lerp(y, 0.75), x.Lerp(y, 1.0)]).ToArray<float>();

        // then
        float[] expected = [-3e38f, 1e8f, 1, -1.5e38f, 75_000_000.25f, 1.5f, 1.5e38f, 25_000_000.75f, 2.5f, 3e38f, 1, 3];
        Assert.Equal(expected, byTensor);
        Assert.Equal(expected, byNumber);
    }
}
