using System.Globalization;

namespace Gradus.Nn.Tests;

public class InitTests
{
    public static TheoryData<string, Init, double, double> Draws => new()
    {
        { "kaiming uniform", Init.KaimingUniform(), Math.Sqrt(2.0 / 400), Math.Sqrt(6.0 / 400) },
        { "kaiming normal", Init.KaimingNormal(1), Math.Sqrt(1.0 / 400), double.PositiveInfinity },
        { "xavier uniform", Init.XavierUniform(), Math.Sqrt(2.0 / 700), Math.Sqrt(6.0 / 700) },
        { "xavier normal", Init.XavierNormal(), Math.Sqrt(2.0 / 700), double.PositiveInfinity },
        { "inverse square root", Init.InverseSquareRoot(400), Math.Sqrt(1.0 / 1200), 1 / 20.0 },
        { "normal", Init.Normal(0, 3), 3, double.PositiveInfinity },
        { "uniform", Init.Uniform(-3, 3), Math.Sqrt(3), 3 },
        { "lecun uniform", Init.LecunUniform(), Math.Sqrt(1.0 / 400), Math.Sqrt(3.0 / 400) },
        { "lecun normal", Init.LecunNormal(), Math.Sqrt(1.0 / 400), double.PositiveInfinity },
        { "truncated normal", Init.TruncatedNormal(0, 1, -2, 2), 0.8796, 2 },
        { "scaled", Init.VarianceScaling(2), Math.Sqrt(2.0 / 400), 2 * Math.Sqrt(2.0 / 400) / 0.8796 },
        { "scaled by fan out", Init.VarianceScaling(2, InitFan.Out, InitDistribution.Normal), Math.Sqrt(2.0 / 300), double.PositiveInfinity },
        { "scaled by both", Init.VarianceScaling(1, InitFan.Average, InitDistribution.Uniform), Math.Sqrt(1.0 / 350), Math.Sqrt(3.0 / 350) },
    };

    [Theory, MemberData(nameof(Draws))]
    public void First_values_have_the_deviation_and_the_bound_they_should(string name, Init init, double deviation, double bound)
    {
        // given: fans of 400 in and 300 out
        Shape shape = [300, 400];

        // when
        var values = init.Create(shape, new Generator(1, name)).ToArray<double>();

        // then
        Assert.Equal(0, values.Average(), deviation * 0.02);
        Assert.Equal(1, Math.Sqrt(values.Average(static value => value * value)) / deviation, 0.02);
        Assert.All(values, value => Assert.InRange(Math.Abs(value), 0, bound * 1.0001));
    }

    [Fact]
    public void A_vector_has_no_fans_and_names_use_the_decimal_point()
    {
        // given
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

        // when
        var text = Init.Uniform(-0.5, 0.5).ToString();
        CultureInfo.CurrentCulture = before;

        // then
        Assert.Equal("Uniform(-0.5, 0.5)", text);
        Assert.Contains(
            "[3] has no fans", Assert.Throws<GradusException>(static () => Init.XavierNormal().Create([3], new Generator(1))).Message,
            StringComparison.Ordinal);
    }

    [Theory, InlineData(40, 70), InlineData(70, 40), InlineData(50, 50)]
    public void Orthogonal_rows_or_columns_have_the_gains_length_and_stand_at_right_angles(int rows, int columns)
    {
        // given
        var init = Init.Orthogonal(2);

        // when
        var q = init.Create([rows, columns / 10, 10], new Generator(1)).Reshape(rows, columns);
        var product = rows <= columns ? q.MatMul(q.Transpose()) : q.Transpose().MatMul(q);

        // then
        Assert.True(product.AllClose(Tensor.Eye(Math.Min(rows, columns)) * 4, absolute: 1e-5));
        Assert.Equal("Orthogonal(2)", init.ToString());
    }

    [Fact]
    public void The_identities_pass_on_what_comes()
    {
        // given
        Tensor image = Tensor.Randn([1, 4, 5, 5], DType.Float32, new Generator(1)), rows = Tensor.Randn([2, 3], DType.Float32, new Generator(2));

        // when
        var convolved = image.Conv2d(Init.Dirac(2).Create([4, 2, 3, 3], new Generator(1)), options: new() { Padding = 1, Groups = 2 });
        var multiplied = rows.MatMul(Init.Eye.Create([3, 5], new Generator(1)));

        // then
        Assert.Equal(image.ToArray<float>(), convolved.ToArray<float>());
        Assert.Equal(rows.ToArray<float>(), multiplied.Slice(1, 0, 3).ToArray<float>());
        Assert.Equal([0f, 0, 0, 0], multiplied.Slice(1, 3, 2).ToArray<float>());
    }

    [Fact]
    public void A_share_of_each_column_is_zero_and_not_the_same_rows_everywhere()
    {
        // given
        var init = Init.Sparse(0.25, 2);

        // when
        var values = init.Create([20, 30], new Generator(1));

        // then
        Assert.Equal(Enumerable.Repeat(15L, 30), values.CountNonzero(0).ToArray<long>());
        Assert.NotEqual(Enumerable.Repeat(0L, 20), values.CountNonzero(1).ToArray<long>().Select(static count => count % 30));
        Assert.Equal("Sparse(0.25, 2)", init.ToString());
    }

    [Fact]
    public void Gains_and_refusals()
    {
        // given
        InitActivation[] activations =
            [InitActivation.Linear, InitActivation.Sigmoid, InitActivation.Tanh, InitActivation.Relu, InitActivation.LeakyRelu, InitActivation.Selu];
        Action[] acts =
        [
            static () => Init.TruncatedNormal(low: 2, high: 1), static () => Init.TruncatedNormal(low: 50, high: 51).Create([3], new Generator(1)),
            static () => Init.Eye.Create([3], new Generator(1)),
        ];

        // when
        var messages = acts.Select(static act => Assert.Throws<GradusException>(act).Message);

        // then
        Assert.Equal([1, 1, 5.0 / 3, Math.Sqrt(2), Math.Sqrt(2 / 1.0001), 0.75], activations.Select(static activation => Init.Gain(activation)));
        Assert.Equal(
            [
                "init: TruncatedNormal from 2 to 1; the first must be less.",
                "init: TruncatedNormal(0, 1, 50, 51): next to nothing of the distribution lies between the bounds.",
                "init: Eye of [3], expected a matrix.",
            ], messages);
    }
}
