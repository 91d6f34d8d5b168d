namespace Gradus.Tests;

/// <summary>What the documentation promises at kinks, ties and for what is not a number.</summary>
public class MathTests
{
    public static TheoryData<string, Func<Tensor, Tensor>, double, double> Kinks => new()
    {
        { "relu at 0", static x => x.Relu(), 0, 0 },
        { "abs at 0", static x => x.Abs(), 0, 0 },
        { "sign", static x => x.Sign(), 2, 0 },
        { "clamp at its bound", static x => x.Clamp(0, 1), 1, 1 },
        { "clamp outside", static x => x.Clamp(0, 1), 1.5, 0 },
        { "maximum of equals", static x => x.Maximum(Tensor.Of(1.0)), 1, 0.5 },
        { "minimum of equals", static x => x.Minimum(Tensor.Of(1.0)), 1, 0.5 },
        { "0⁰", static x => x.Pow(0), 0, 0 },
        { "0¹", static x => x.Pow(1), 0, 1 },
        { "0^y by y", static y => Tensor.Of(0.0).Pow(y), 2, 0 },
        { "clamp by tensors at their bound", static x => x.Clamp(Tensor.Of(0.0), Tensor.Of(1.0)), 1, 1 },
        { "amax of equals", static x => Tensor.Concat([x, x.Detach()]).AMax().Unsqueeze(0), 2, 0.5 },
        { "the norm of zeros", static x => x.Norm(0, keepDim: true), 0, 0 },
        { "the deviation of equals", static x => Tensor.Concat([x, x.Detach()]).Std(0, keepDim: true), 1, 0 },
        { "a product of zeros", static x => (x * Tensor.Of(0.0)).Prod(0, keepDim: true), 0, 0 },
        { "x·log y at 0", static x => x.XLogY(Tensor.Of(0.0)), 0, 0 },
        { "nan replaced", static x => x.NanToNum(), double.NaN, 0 },
        { "softplus past its threshold", static x => x.Softplus(), 21, 1 },
        { "mish far below", static x => x.Mish(), double.NegativeInfinity, 0 },
        { "a negative base", static x => x.Pow(3), -2, 12 },
    };

    [Theory, MemberData(nameof(Kinks))]
    public void The_gradient_at_a_kink_is_the_one_documented(string name, Func<Tensor, Tensor> function, double at, double expected)
    {
        // given
        var x = Tensor.Of(at).Named(name).RequireGrad();

        // when
        var gradient = Autograd.Grad(function(x), x, Tensor.Of(1.0));

        // then
        Assert.Equal(expected, gradient.Item());
    }

    [Fact]
    public void Extremes_find_the_first_of_equals_and_not_a_number_wins()
    {
        // given
        Tensor equals = Tensor.Of(3f, 5f, 5f, 1f, 1f), strange = Tensor.Of(1f, float.NaN, float.PositiveInfinity, float.NaN);

        // when
        var (value, index) = equals.Max(0);

        // then
        Assert.Equal((5, 1), (value.Item(), index.Item()));
        Assert.Equal((1, 3), (equals.Min(0).Value.Item(), equals.Min(0).Index.Item()));
        Assert.True(double.IsNaN(strange.Max().Item()) && double.IsNaN(strange.Min().Item()));
        Assert.Equal((1, 1, 1), (strange.ArgMax().Item(), strange.Max(0).Index.Item(), strange.Min(0).Index.Item()));
        Assert.Equal(1, Tensor.Of(true, false).Max(0).Value.Item());
    }

    [Fact]
    public void Equal_extremes_of_all_share_the_gradient_and_along_an_axis_the_first_gets_it()
    {
        // given
        Tensor x = Tensor.Of(2.0, 2.0, 1.0).RequireGrad(), y = Tensor.Of(2.0, 2.0, 1.0).RequireGrad();

        // when
        x.Max().Backward();
        y.Max(0).Value.Backward();

        // then
        Assert.Equal([0.5, 0.5, 0], x.Grad!.ToArray<double>());
        Assert.Equal([1.0, 0, 0], y.Grad!.ToArray<double>());
    }

    [Fact]
    public void Empty_sums_and_means_are_those_of_NumPy()
    {
        // given
        var empty = Tensor.Zeros([0, 3]);

        // when
        var sum = empty.Sum(0);

        // then
        Assert.Equal([0f, 0, 0], sum.ToArray<float>());
        Assert.True(double.IsNaN(empty.Mean().Item()));
        Assert.Equal([0f, 0, 0, 0], Tensor.Zeros([2, 0]).MatMul(Tensor.Zeros([0, 2])).ToArray<float>());
    }

    [Fact]
    public void Vectors_multiply_as_rows_and_columns()
    {
        // given
        Tensor v = Tensor.Of(1f, 2f), m = Tensor.Of([[1f, 2f], [3f, 4f]]);

        // when
        var inner = v.MatMul(v);

        // then
        Assert.Equal((0, 5.0), (inner.Rank, inner.Item()));
        Assert.Equal([7f, 10f], v.MatMul(m).ToArray<float>());
        Assert.Equal([5f, 11f], m.MatMul(v).ToArray<float>());
        Assert.Equal([4, 2], Tensor.Ones([4, 2, 2]).MatMul(v).Shape);
    }

    [Fact]
    public void Large_arguments_do_not_overflow_on_the_way()
    {
        // given
        var x = Tensor.Of([[1e4f, -1e4f, 0f]]).RequireGrad();

        // when
        Tensor[] results = [x.Softmax(), x.LogSoftmax(), x.Sigmoid(), x.Tanh(), x.BinaryCrossEntropyWithLogits(Tensor.Of([[1f, 0f, 0.5f]]))];
        Autograd.Backward([.. results.Select(static result => result.Sum())]);

        // then
        Assert.All(results, static result => Assert.All(result.ToArray<float>(), static value => Assert.True(float.IsFinite(value))));
        Assert.All(x.Grad!.ToArray<float>(), static value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void A_rows_bits_do_not_depend_on_the_batch_it_came_in()
    {
        // given
        var generator = new Generator(4);
        Tensor batch = Tensor.Randn([33, 300], generator: generator), weight = Tensor.Randn([70, 300], generator: generator),
            bias = Tensor.Randn([70], generator: generator);
        Func<Tensor, Tensor>[] functions =
        [
            x => x.Linear(weight, bias), static x => x.Softmax(), x => x.MatMul(weight.Transpose()),
            static x => x.Sum(1), x => x.Linear(weight, bias).Tanh().LogSoftmax(),
        ];

        // when
        var checks =
            from function in functions
            from row in new[] { 0, 7, 32 }
            select (Alone: function(batch[row..(row + 1)])[0], InBatch: function(batch)[row]);

        // then
        Assert.All(checks, static check => Assert.Null(Battery.Bits.Differ(check.Alone, check.InBatch)));
    }

    [Fact]
    public void Remainder_has_the_sign_of_the_divisor_and_fmod_that_of_the_dividend()
    {
        // given
        Tensor x = Tensor.Of(7, -7, 7, -7, int.MinValue), y = Tensor.Of(3, 3, -3, -3, -1);

        // when
        var (remainder, fmod) = (x.Remainder(y), x.Fmod(y));

        // then: for integers and floats alike, and exactly where the quotient has more digits than a float
        Assert.Equal([1, 2, -2, -1, 0], remainder.ToArray<int>());
        Assert.Equal([1, -1, 1, -1, 0], fmod.ToArray<int>());
        Assert.Equal([1d, 2, -2, -1, 0], x.To(DType.Float32).Remainder(y).ToArray<double>());
        Assert.Equal(1e300 % 7, Tensor.Of(1e300).Fmod(7).Item());
    }

    [Fact]
    public void Randomized_slopes_are_drawn_anew_and_repeat_with_their_stream()
    {
        // given
        var x = Tensor.Full([1000], -1).RequireGrad();

        // when
        Tensor first = x.RRelu(0.1, 0.3, new Generator(3)), again = x.RRelu(0.1, 0.3, new Generator(3));
        first.Sum().Backward();

        // then: at −1 the result is minus the slope, which is the gradient
        Assert.Equal(first.ToArray<float>(), again.ToArray<float>());
        Assert.All(first.ToArray<float>(), static value => Assert.InRange(value, -0.3f, -0.1f));
        Assert.InRange(first.Mean().Item(), -0.205, -0.195);
        Assert.Equal((-first).ToArray<float>(), x.Grad!.ToArray<float>());
    }

    [Fact]
    public void Logical_operators_take_bools_and_combine_comparisons()
    {
        // given
        var x = Tensor.Arange(6);

        // when
        var (both, either, one, not) = ((x > 1) & (x < 4), (x < 1) | (x > 4), (x > 1) ^ (x > 3), !(x > 1));

        // then
        Assert.Equal([false, false, true, true, false, false], both.ToArray<bool>());
        Assert.Equal([true, false, false, false, false, true], either.ToArray<bool>());
        Assert.Equal([false, false, true, true, false, false], one.ToArray<bool>());
        Assert.Equal([true, true, false, false, false, false], not.ToArray<bool>());
    }

    [Fact]
    public void Reductions_of_nothing_give_what_leaves_others_unchanged()
    {
        // given
        var nothing = Tensor.Zeros([0, 2]);

        // when
        Tensor[] results = [nothing.Prod(0), nothing.All(0), nothing.Any(0), nothing.LogSumExp(0), nothing.Norm(0), nothing.CountNonzero(0), nothing.Var(0)];

        // then
        Assert.Equal([1, 1, 0, double.NegativeInfinity, 0, 0, double.NaN], results.Select(static result => result.ToArray<double>()[0]));
        Assert.Throws<GradusException>(() => nothing.AMax(0));
    }

    [Fact]
    public void A_log_of_sums_survives_infinities()
    {
        // given
        var infinity = double.PositiveInfinity;
        var rows = Tensor.Of([[-infinity, -infinity], [infinity, 1], [1000, 1000], [-infinity, 3]]);

        // when
        var results = rows.LogSumExp(1).ToArray<double>();

        // then
        Assert.Equal([-infinity, infinity, 1000 + Math.Log(2), 3], results);
        Assert.Equal(results, rows.LogCumSumExp(1).Select(1, 1).ToArray<double>());
    }

    [Fact]
    public void Whole_logarithms_and_powers_are_exact()
    {
        // given
        var exponents = Tensor.Arange(-30, 31, dtype: DType.Float64);

        // when
        var (two, ten) = (
            exponents.Exp2().Log2(),
            Tensor.From(
                [.. Enumerable.Range(0, 23).Select(static power => double.Parse($"1e{power}", System.Globalization.CultureInfo.InvariantCulture))],
                [23]).Log10());

        // then
        Assert.Equal(exponents.ToArray<double>(), two.ToArray<double>());
        Assert.Equal(Enumerable.Range(0, 23).Select(static power => (double)power), ten.ToArray<double>());
    }

    [Fact]
    public void Closeness_counts_equal_infinities_and_no_nan()
    {
        // given
        Tensor x = Tensor.Of(1, double.PositiveInfinity, double.NaN, 1), y = Tensor.Of(1 + 1e-9, double.PositiveInfinity, double.NaN, 1.1);

        // when
        var close = x.IsClose(y);

        // then
        Assert.Equal([true, true, false, false], close.ToArray<bool>());
        Assert.False(x.AllClose(y));
        Assert.True(x[..2].AllClose(y[..2]));
    }
}
