namespace Gradus.Tests;

/// <summary>Means, deviations and norms of numbers whose plain sums lose what is wanted, overflow or vanish, against float64.</summary>
public class FarSumsTests
{
    [Theory, InlineData(10_000, 1), InlineData(1e6, 3), InlineData(-4096.3, 0.01)]
    [InlineData(1e30, 1e30), InlineData(1e-30, 1e-30), InlineData(0, 3e37), InlineData(0.69, 0)]
    public void Variance_and_deviation_are_those_of_the_numbers(double mean, double spread)
    {
        // given
        var x = Around(mean, spread, 3, 37);
        var wide = x.To(DType.Float64);

        // when
        Tensor deviation = x.Std(1), all = x.Std(), variance = x.Var(1);

        // then
        Close(wide.Std(1), deviation, 1e-5, spread == 0 ? 1e-12 : 0);
        Close(wide.Std(), all, 1e-5, spread == 0 ? 1e-12 : 0);
        if (Math.Abs(spread) < 1e15 && spread is 0 or > 1e-15) Close(wide.Var(1), variance, 2e-5, spread == 0 ? 1e-12 : 0);
    }

    [Theory, InlineData(1e-30), InlineData(1e-43), InlineData(1), InlineData(1e20), InlineData(1e38)]
    public void Norms_are_those_of_the_numbers(double size)
    {
        // given
        var x = (Around(0, 1, 3, 5).To(DType.Float64) * size).To(DType.Float32);
        var wide = x.To(DType.Float64);

        // when
        Tensor[] norms = [x.Norm(1), x.Norm(), x.Norm(1, 3), x.Norm(1, 0.5), x.Norm(1, -1), x.Norm(1, 6)];
        Tensor[] expected = [wide.Norm(1), wide.Norm(), wide.Norm(1, 3), wide.Norm(1, 0.5), wide.Norm(1, -1), wide.Norm(1, 6)];

        // then
        Assert.All(expected.Zip(norms), static pair =>
            Close(pair.First.Minimum(Tensor.Scalar(1e300)), pair.Second.To(DType.Float64).NanToNum(0, 1e300), 1e-5, 1e-44, float.MaxValue));
    }

    [Theory, InlineData(1e-200), InlineData(1e-310), InlineData(1e200), InlineData(1e307)]
    public void Norms_of_doubles_reach_as_far_as_doubles(double size)
    {
        // given
        var x = Tensor.Of([[3 * size, 4 * size, 0], [3, 4, 0]]);

        // when
        double[] norms = x.Norm(1).ToArray<double>(), deviations = x.Std(1, correction: 0).ToArray<double>();

        // then
        Assert.Equal(5, norms[0] / size, 1e-9);
        Assert.Equal(5, norms[1]);
        Assert.Equal(Math.Sqrt(26.0 / 9), deviations[0] / size, 1e-9);
    }

    [Fact]
    public void A_row_that_is_no_number_and_gets_no_gradient_gives_none()
    {
        // given: rows of ∞ and of NaN, to which no gradient arrives
        var x = Tensor.Of([[1f, 2, 4], [float.PositiveInfinity, 1, 2], [float.NaN, 0, 0]]).RequireGrad();
        Tensor weight = Tensor.Of(1f, 2, 3).RequireGrad(), bias = Tensor.Zeros([3]).RequireGrad();
        var arriving = Tensor.Of([[1f, 0, 2], [0, 0, 0], [0, 0, 0]]);

        // when
        var alone = Autograd.Grad([x[..1].LayerNorm(weight, bias)], [weight, bias], [arriving[..1]]);
        var gradients = Autograd.Grad([x.LayerNorm(weight, bias)], [x, weight, bias], [arriving]);

        // then
        Assert.Equal(new float[6], gradients[0]![1..].Flatten().ToArray<float>());
        Assert.Equal(alone[0]!.ToArray<float>(), gradients[1]!.ToArray<float>());
        Assert.Equal(alone[1]!.ToArray<float>(), gradients[2]!.ToArray<float>());
    }

    [Fact]
    public void Batch_norm_by_given_statistics_keeps_infinities_to_themselves()
    {
        // given: an infinite number without a gradient, and an infinite gradient, each in a channel of its own
        var x = Tensor.Of([[1f, 1], [float.PositiveInfinity, 2]]).RequireGrad();
        Tensor weight = Tensor.Of(2f, 2).RequireGrad(), bias = Tensor.Zeros([2]).RequireGrad(), mean = Tensor.Zeros([2]).RequireGrad(),
            variance = Tensor.Ones([2]).RequireGrad();
        var arriving = Tensor.Of([[1f, float.PositiveInfinity], [0, 1]]);

        // when
        var gradients = Autograd.Grad([x.BatchNorm(weight, bias, mean, variance, epsilon: 0)], [x, weight, mean, variance], [arriving]);

        // then
        Assert.Equal([2, float.PositiveInfinity, 0, 2], gradients[0]!.Flatten().ToArray<float>());
        Assert.Equal([1, -2, -1], gradients[1..].Select(static gradient => gradient!.ToArray<float>()[0]));
    }

    [Fact]
    public void Batch_norm_of_a_channel_that_is_no_number_and_gets_no_gradient_gives_none()
    {
        // given
        var x = Tensor.Of([[1f, 1], [float.NaN, 2], [3, 4]]).RequireGrad();
        Tensor weight = Tensor.Of(2f, 2).RequireGrad(), bias = Tensor.Zeros([2]).RequireGrad();
        var arriving = Tensor.Of([[0f, 1], [0, 2], [0, 4]]);

        // when
        var gradients = Autograd.Grad([x.BatchNorm(weight, bias).Output], [x, weight, bias], [arriving]);

        // then
        Assert.All(gradients, static gradient => Assert.True(gradient!.IsFinite().All().Item<bool>()));
        Assert.Equal([0, 0, 0], gradients[0]!.Select(1, 0).ToArray<float>());
    }

    [Fact]
    public void A_row_keeps_its_bits_whatever_stands_beside_it()
    {
        // given
        var ordinary = Around(0.3, 1, 1, 33);
        var beside = Tensor.Concat([ordinary, Around(1e30, 1e30, 1, 33), Around(10_000, 1, 1, 33), Tensor.Zeros([1, 33])], 0);

        // when
        (Tensor Alone, Tensor Beside)[] results =
        [
            (ordinary.Std(1), beside.Std(1)), (ordinary.Var(1), beside.Var(1)), (ordinary.Norm(1), beside.Norm(1)),
            (ordinary.LayerNorm(), beside.LayerNorm()), (ordinary.Mean(1), beside.Mean(1)),
        ];

        // then
        Assert.All(results, static pair => Assert.Equal(pair.Alone.ToArray<float>(), pair.Beside[..1].ToArray<float>()));
    }

    [Fact]
    public void Gradients_far_away_are_those_of_float64()
    {
        // given
        Tensor[] inputs = [Around(10_000, 1, 2, 9), Around(1e30, 1e30, 2, 9), Around(1e-30, 1e-30, 2, 9)];
        Func<Tensor, Tensor>[] functions = [static x => x.Std(1), static x => x.Norm(1), static x => x.Norm(1, 3)];

        // when
        Tensor Gradient(Tensor x, Func<Tensor, Tensor> function)
        {
            x = x.Detach().RequireGrad();
            function(x).Sum().Backward();
            return x.Grad!;
        }

        // then
        foreach (var x in inputs)
        {
            foreach (var function in functions) Close(Gradient(x.To(DType.Float64), function), Gradient(x, function), 1e-3, 1e-6);
        }
    }

    [Theory, InlineData(1e30f), InlineData(1e-30f)]
    public void A_variance_that_is_out_of_reach_has_a_gradient(float size)
    {
        // given
        var x = Tensor.Of(size, -size, 0).RequireGrad();

        // when
        var variance = x.Var();
        var gradient = Autograd.Grad(variance, x).ToArray<float>();

        // then: 2·(x − mean) / (n − 1)
        Assert.Equal(size > 1 ? float.PositiveInfinity : 0, variance.Item<float>());
        Assert.Equal([size, -size, 0], gradient);
    }

    [Fact]
    public void A_mean_is_finite_where_its_sum_is_not()
    {
        // given
        Tensor x = Tensor.Of([[3e38f, 3e38f, 1.5e38f], [1, 2, 6]]), wide = Tensor.Of(1.5e308, 1.5e308, -1e308);

        // when
        float[] rows = x.Mean(1).ToArray<float>(), columns = x.Transpose().Mean(0).ToArray<float>();

        // then
        Assert.Equal([2.5e38f, 3], rows);
        Assert.Equal(rows, columns);
        Assert.Equal(2e307 / 3 * 10, wide.Mean().Item(), 1e296);
        Assert.Equal(double.PositiveInfinity, Tensor.Of(float.PositiveInfinity, 1).Mean().Item());
        Assert.Equal(double.NaN, Tensor.Of(float.NaN, 1).Mean().Item());
        Assert.Equal(double.NaN, Tensor.Zeros([0]).Mean().Item());
    }

    [Fact]
    public void A_deviation_of_halves_is_computed_in_f32_from_end_to_end()
    {
        // given: a variance of 180,000 is beyond f16
        var x = Tensor.Of((Half)0, (Half)600);

        // when
        var deviation = x.Std();

        // then
        Assert.Equal((double)(Half)(600 / Math.Sqrt(2)), deviation.Item());
    }

    [Theory, InlineData(10_000, 1, 1e-5), InlineData(0.69, 0, 1e-12), InlineData(1e30, 1e30, 1e-5)]
    [InlineData(3e38, 1e37, 1e-5), InlineData(1e-30, 1e-30, 0), InlineData(123456, 0.5, 1e-5)]
    public void Layer_norm_and_its_gradients_are_those_of_float64(double mean, double spread, double epsilon)
    {
        // given
        var x = Around(mean, spread, 4, 24);
        Tensor weight = Around(1, 0.5, 1, 24).Reshape(24), bias = Around(0, 1, 1, 24).Reshape(24), g = Around(0, 2, 4, 24);

        // when
        var (output, gradients) = Run(x, weight, bias, g, epsilon);
        var (expected, wanted) = Run(x.To(DType.Float64), weight.To(DType.Float64), bias.To(DType.Float64), g.To(DType.Float64), epsilon);

        // then
        Close(expected, output, 2e-6, spread == 0 ? 1e-2 : 5e-6);
        if (spread == 0) Assert.All((output - bias).ToArray<double>(), static distance => Assert.InRange(distance, -1e-5, 1e-5));
        else
        {
            Assert.All(wanted.Zip(gradients), static pair =>
                Close(pair.First / pair.First.Abs().Max(), pair.Second.To(DType.Float64) / pair.First.Abs().Max(), 1e-4, 1e-5));
        }

        static (Tensor, Tensor[]) Run(Tensor x, Tensor weight, Tensor bias, Tensor g, double epsilon)
        {
            (x, weight, bias) = (x.Detach().RequireGrad(), weight.Detach().RequireGrad(), bias.Detach().RequireGrad());
            var output = x.LayerNorm(weight, bias, epsilon);
            (output * g).Sum().Backward();
            return (output.Detach(), [x.Grad!, weight.Grad!, bias.Grad!]);
        }
    }

    [Fact]
    public void Layer_norm_of_values_around_ten_thousand_has_their_differences()
    {
        // given
        var x = Tensor.Of([[9999f, 10000f, 10001f, 10002.5f]]);

        // when
        var output = x.LayerNorm(epsilon: 0).ToArray<double>();

        // then
        double[] values = [9999, 10000, 10001, 10002.5];
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        Assert.All(values.Zip(output), pair => Assert.Equal((pair.First - mean) / deviation, pair.Second, 1e-6));
    }

    [Theory, InlineData(1e30), InlineData(1e-30), InlineData(1)]
    public void The_root_mean_square_norm_reaches_as_far_as_f32(double size)
    {
        // given
        var x = (Around(0, 1, 3, 17).To(DType.Float64) * size).To(DType.Float32).RequireGrad();
        var wide = x.Detach().To(DType.Float64).RequireGrad();

        // when
        Tensor output = x.RmsNorm(epsilon: 0), expected = wide.RmsNorm(epsilon: 0);
        Tensor gradient = Autograd.Grad([output.Square().Sum() + output.Pow(3).Sum()], [x])[0]!,
            wanted = Autograd.Grad([expected.Square().Sum() + expected.Pow(3).Sum()], [wide])[0]!;

        // then
        Close(expected, output, 2e-6, 1e-6);
        Close(wanted / wanted.Abs().Max(), gradient.To(DType.Float64) / wanted.Abs().Max(), 1e-4, 1e-5);
    }

    [Theory, InlineData(10_000, 1), InlineData(1e30, 1e30), InlineData(3e38, 1e37), InlineData(0.69, 0)]
    public void Batch_norm_and_its_gradients_are_those_of_float64(double mean, double spread)
    {
        // given
        foreach (int[] shape in new[] { new[] { 6, 3 }, [4, 3, 20] })
        {
            var x = Around(mean, spread, shape);
            Tensor weight = Around(1, 0.5, 3), bias = Around(0, 1, 3), g = Around(0, 2, shape);

            // when
            var (output, batchMean, variance, gradients) = Run(x, weight, bias, g);
            var (expected, expectedMean, expectedVariance, wanted) = Run(
                x.To(DType.Float64), weight.To(DType.Float64), bias.To(DType.Float64), g.To(DType.Float64));

            // then
            Close(expected, output, 2e-6, 5e-6);
            Close(expectedMean, batchMean, 1e-6, 0);
            if (spread < 1e15) Close(expectedVariance, variance, 1e-5, 1e-12);
            else Assert.All(variance.ToArray<float>(), static value => Assert.Equal(float.MaxValue, value));
            if (spread > 0)
            {
                Assert.All(wanted.Zip(gradients), static pair =>
                    Close(pair.First / pair.First.Abs().Max(), pair.Second.To(DType.Float64) / pair.First.Abs().Max(), 1e-4, 1e-5));
            }
        }

        static (Tensor, Tensor, Tensor, Tensor[]) Run(Tensor x, Tensor weight, Tensor bias, Tensor g)
        {
            (x, weight, bias) = (x.Detach().RequireGrad(), weight.Detach().RequireGrad(), bias.Detach().RequireGrad());
            var (output, mean, variance) = x.BatchNorm(weight, bias);
            (output * g).Sum().Backward();
            return (output.Detach(), mean.Detach(), variance.Detach(), [x.Grad!, weight.Grad!, bias.Grad!]);
        }
    }

    [Theory, InlineData(10_000, 1), InlineData(1e30, 1e30), InlineData(0.3, 1)]
    public void A_graph_of_the_backward_pass_has_the_same_gradients(double mean, double spread)
    {
        // given
        var x = Around(mean, spread, 3, 11).RequireGrad();
        var g = Around(0, 2, 3, 11);

        // when
        Tensor[] fused = Gradients(false), composed = Gradients(true);

        // then
        Assert.All(fused.Zip(composed), static pair => Close(pair.First / pair.First.Abs().Max(), pair.Second / pair.First.Abs().Max(), 1e-3, 1e-4));

        Tensor[] Gradients(bool createGraph) =>
        [
            Autograd.Grad([(x.LayerNorm() * g).Sum()], [x], createGraph: createGraph)[0]!.Detach(),
            Autograd.Grad([(x.RmsNorm() * g).Sum()], [x], createGraph: createGraph)[0]!.Detach(),
            Autograd.Grad([(x.BatchNorm(Tensor.Ones([11]), Tensor.Zeros([11])).Output * g).Sum()], [x], createGraph: createGraph)[0]!.Detach(),
        ];
    }

    private static Tensor Around(double mean, double spread, params int[] shape) =>
        ((Tensor.Uniform(Shape.Create(shape), -1, 1, DType.Float64, new Generator(11, $"{mean}, {spread}")) * spread) + mean).To(DType.Float32);

    private static void Close(Tensor expected, Tensor actual, double relative, double absolute, double largest = double.PositiveInfinity)
    {
        foreach (var (wanted, got) in expected.ToArray<double>().Zip(actual.ToArray<double>()))
        {
            if (Math.Abs(wanted) > largest) continue;
            Assert.True(Math.Abs(wanted - got) <= (Math.Abs(wanted) * relative) + absolute, $"got {got}, expected {wanted}");
        }
    }
}
