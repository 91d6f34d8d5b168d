namespace Gradus.Tests;

/// <summary>Draws have the distribution that they are named for, and follow from their generator.</summary>
public class RandomTests
{
    private const int Many = 100_000;

    [Fact]
    public void Uniform_and_normal_numbers_have_their_mean_and_spread()
    {
        // given
        var generator = new Generator(3);

        // when
        var uniform = Tensor.Uniform([Many], -3, 5, DType.Float64, generator);
        var normal = Tensor.Normal([Many], 2, 0.5, DType.Float64, generator);

        // then
        Assert.Equal((1, 64.0 / 12), (uniform.Mean().Item(), uniform.Var().Item()), Near(0.05));
        Assert.True(uniform.Min().Item() >= -3 && uniform.Max().Item() < 5);
        Assert.Equal((2, 0.25), (normal.Mean().Item(), normal.Var().Item()), Near(0.01));
        Assert.Equal(2.0 * Many, generator.Position);
    }

    [Theory]
    [InlineData(-2, 2, 0, 0.7737)]
    [InlineData(5, 6, 5.1831, 0.0283)]
    [InlineData(-6, -5, -5.1831, 0.0283)]
    [InlineData(-1, double.PositiveInfinity, 0.2876, 0.6297)]
    public void A_truncated_normal_has_the_moments_of_its_interval(double low, double high, double mean, double variance)
    {
        // when
        var draws = Tensor.TruncatedNormal([Many], 0, 1, low, high, DType.Float64, new Generator(5));

        // then
        Assert.True(draws.Min().Item() >= low && draws.Max().Item() <= high);
        Assert.Equal((mean, variance), (draws.Mean().Item(), draws.Var().Item()), Near(0.01));
    }

    [Fact]
    public void A_truncated_normal_lies_around_its_mean()
    {
        // when
        var draws = Tensor.TruncatedNormal([Many], 10, 0.1, 9.9, 10.1, DType.Float32, new Generator(6));

        // then
        Assert.Equal(DType.Float32, draws.DType);
        Assert.Equal(10, draws.Mean().Item(), 0.001);
    }

    [Fact]
    public void Whole_numbers_are_equally_likely()
    {
        // when
        var draws = Tensor.RandInt([Many], -2, 3, generator: new Generator(7));

        // then
        var counts = (draws + 2).BinCount().ToArray<double>();
        Assert.Equal(DType.Int64, draws.DType);
        Assert.Equal(5, counts.Length);
        Assert.All(counts, static count => Assert.Equal(Many / 5.0, count, 500.0));
    }

    [Fact]
    public void A_permutation_has_every_number_once()
    {
        // when
        var order = Tensor.RandPerm(1000, new Generator(8)).ToArray<long>();

        // then
        Assert.NotEqual(Enumerable.Range(0, 1000).Select(static number => (long)number), order);
        Assert.Equal(Enumerable.Range(0, 1000).Select(static number => (long)number), order.Order());
    }

    [Fact]
    public void Bernoulli_draws_each_element_by_its_own_probability()
    {
        // given
        var probability = Tensor.Of(0f, 0.3f, 1f).Expand(Many, 3);

        // when
        var draws = probability.Bernoulli(new Generator(9));

        // then
        Assert.Equal(DType.Float32, draws.DType);
        Assert.Equal([0, 0.3, 1], draws.Mean(0).ToArray<double>(), static (x, y) => Math.Abs(x - y) <= 0.01);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Positions_are_drawn_as_often_as_their_weights_say(bool replacement)
    {
        // given: weights that do not add up to 1, one of them 0
        var weights = Tensor.Of(1f, 0f, 3f, 4f).Expand(Many, 4);

        // when
        var draws = weights.Multinomial(3, replacement, new Generator(10));

        // then: the first draw is the same either way
        var first = draws.Select(1, 0).BinCount(least: 4).ToArray<double>();
        Assert.Equal([Many, 3], draws.Shape.ToArray());
        Assert.Equal([0.125, 0, 0.375, 0.5], first.Select(static count => count / Many), static (x, y) => Math.Abs(x - y) <= 0.01);
        if (replacement) Assert.Equal(first, draws.Select(1, 2).BinCount(least: 4).ToArray<double>(), static (x, y) => Math.Abs(x - y) <= 0.02 * Many);
        else Assert.Equal(5 * Many, draws.Sum().Item());
    }

    [Fact]
    public void Equal_generators_draw_equal_numbers_and_a_later_position_others()
    {
        // given
        var draws = new Func<Generator, Tensor>[]
        {
            static generator => Tensor.Uniform([9], 0, 1, DType.Float32, generator), static generator => Tensor.TruncatedNormal([9], generator: generator),
            static generator => Tensor.RandInt([9], 0, 1000, DType.Float32, generator), static generator => Tensor.RandPerm(9, generator),
            static generator => Tensor.Ones([9]).Multinomial(5, replacement: true, generator),
            static generator => Tensor.Ones([9]).Multinomial(5, generator: generator),
            static generator => Tensor.Full([99], 0.5).Bernoulli(generator), static generator => Tensor.Ones([9, 9]).FeatureDropout(0.5, generator),
        };

        // when
        var generator = new Generator(11);
        var pairs = draws.Select(draw => (
            First: draw(new Generator(11)).ToArray<double>(),
            Same: draw(new Generator(11)).ToArray<double>(),
            Later: (draw(generator), draw(generator)).Item2.ToArray<double>()));

        // then
        Assert.All(pairs, static pair =>
        {
            Assert.Equal(pair.First, pair.Same);
            Assert.NotEqual(pair.First, pair.Later);
        });
    }

    [Fact]
    public void What_cannot_be_drawn_is_explained()
    {
        // given
        var uses = new (Action Act, string Message)[]
        {
            (static () => Tensor.Uniform([2], 1, 0), "uniform: from 1 to 0; expected finite bounds, the lower one first."),
            (static () => Tensor.Normal([2], 0, -1), "normal: got a deviation of -1, expected 0 or more."),
            (static () => Tensor.TruncatedNormal([2], low: 1, high: 1), "truncatedNormal: a deviation of 1, from 1 to 1;"),
            (static () => Tensor.TruncatedNormal([2], low: 50, high: 60), "the normal distribution has nothing; expected an interval within 37."),
            (static () => Tensor.TruncatedNormal([2], dtype: DType.Int32), "truncatedNormal: i32 is not floating point."),
            (static () => Tensor.RandInt([2], 3, 3), "randInt: from 3 to 3; expected the lower bound first"),
            (static () => Tensor.RandPerm(-1), "randPerm: got -1 numbers, expected 0 or more."),
            (static () => Tensor.Of(0.5f, 2f).Bernoulli(), "bernoulli: got f32[2] with elements outside [0, 1], expected probabilities."),
            (static () => Tensor.Of(1).Bernoulli(), "bernoulli: i32 is not floating point."),
            (static () => Tensor.Of(1f, 0f).Multinomial(2),
                "multinomial: got a row of f32[2] with too few weights above 0 for 2 draws, expected at least 2. Draw with replacement, or fewer."),
            (static () => Tensor.Of(1f, -1f).Multinomial(1), "multinomial: got f32[2] with weights that are negative or not finite."),
            (static () => Tensor.Scalar(1f).Multinomial(1), "multinomial: 1 draws from f32[]; expected weights [n] or [rows, n]"),
        };

        // then
        Assert.All(uses, static use => Assert.Contains(use.Message, Assert.Throws<GradusException>(use.Act).Message, StringComparison.Ordinal));
    }

    private static Func<(double, double), (double, double), bool> Near(double tolerance) =>
        (x, y) => Math.Abs(x.Item1 - y.Item1) <= tolerance && Math.Abs(x.Item2 - y.Item2) <= tolerance;
}
