using System.Globalization;

namespace Gradus.Tests;

public class TensorFormatTests
{
    [Fact]
    public void A_format_prints_the_values_alone_each_in_it()
    {
        // given
        var scalar = Tensor.Scalar(1.0 / 3);
        var matrix = Tensor.Of([[1.0, -2.5], [double.NaN, 4.0]]).RequireGrad();

        // when, then
        Assert.Equal("0.333333333", $"{scalar:F9}");
        Assert.Equal("[[ 1.0, -2.5],\n [ nan,  4.0]]", $"{matrix:F1}");
        Assert.Equal("[ true, false]", $"{Tensor.Of(true, false):F9}");
        Assert.Equal("[]", $"{Tensor.Zeros([0]):F9}");
    }

    [Fact]
    public void Without_a_format_a_tensor_prints_as_ever()
    {
        // given
        var x = Tensor.Of(1f, 2f);

        // when, then
        Assert.Equal(x.ToString(), $"{x}");
        Assert.Equal(x.ToString(), x.ToString(""));
    }

    [Fact]
    public void The_culture_changes_nothing()
    {
        // given
        var x = Tensor.Scalar(0.5);

        // when
        var text = x.ToString("F2", CultureInfo.GetCultureInfo("de-DE"));

        // then
        Assert.Equal("0.50", text);
    }
}
