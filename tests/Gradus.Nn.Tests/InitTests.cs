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
        Assert.Contains("[3] has no fans", Assert.Throws<GradusException>(static () => Init.XavierNormal().Create([3], new Generator(1))).Message, StringComparison.Ordinal);
    }
}
