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
        Tensor batch = Tensor.Randn([33, 300], generator: generator), weight = Tensor.Randn([70, 300], generator: generator), bias = Tensor.Randn([70], generator: generator);
        Func<Tensor, Tensor>[] functions = [x => x.Linear(weight, bias), static x => x.Softmax(), x => x.MatMul(weight.Transpose()), static x => x.Sum(1), x => x.Linear(weight, bias).Tanh().LogSoftmax()];

        // when
        var checks = from function in functions from row in new[] { 0, 7, 32 } select (Alone: function(batch[row..(row + 1)])[0], InBatch: function(batch)[row]);

        // then
        Assert.All(checks, static check => Assert.Null(Battery.Bits.Differ(check.Alone, check.InBatch)));
    }
}
