namespace Gradus.Tests;

/// <summary>Sizes multiply in 64 bits, and what is beyond the platform is said in words.</summary>
public class SizesTests
{
    [Fact]
    public void A_mean_over_more_places_than_32_bits_count_is_positive()
    {
        // given
        var x = Tensor.Ones([1, 1, 3, 3]);

        // when
        var mean = x.AvgPool2d(46342, 46342, 23171);

        // then
        Assert.Equal(9 / (46342.0 * 46342.0), mean.Item(), 1e-15);
    }

    [Fact]
    public void A_padding_that_has_no_positive_twin_cuts_too_much() =>
        Assert.Contains("cuts more off",
            Assert.Throws<GradusException>(static () => Tensor.Ones([3]).Pad(0, int.MinValue, 1)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_has_more_elements_than_an_array_is_said_so()
    {
        // given: four billion elements over one
        var x = Tensor.Ones([]).Expand(1 << 16, 1 << 16);

        // when
        Action[] acts =
        [
            () => x.ToArray<float>(), () => x.AsSpan<float>(), () => x.Reshape(1 << 16, 1 << 16).ToArray<double>(),
            () => Tensor.Ones([]).Expand(int.MaxValue).Split(1),
        ];

        // then
        Assert.All(acts, static act => Assert.Throws<GradusException>(act));
    }

    [Fact]
    public void Products_of_sizes_beyond_an_axis_are_errors()
    {
        // given
        var empty = Tensor.Zeros([1 << 20, 0]);

        // when
        Action[] acts =
        [
            () => Tensor.Zeros([0, 1 << 20]).Kron(Tensor.Zeros([0, 1 << 20])),
            () => Tensor.Ones([1, 1, 1, 1]).MaxUnpool2d(Tensor.Zeros([1, 1, 1, 1], DType.Int64), (1 << 16, 1 << 16)),
            () => Tensor.Ones([1, 1, 1, 1]).MaxUnpool2d(Tensor.Zeros([1, 1, 1, 1], DType.Int64), (-1, -1)),
            () => Tensor.Zeros([0, 2, 1 << 16, 1 << 16]).BatchNorm(Tensor.Ones([2]), Tensor.Zeros([2])),
        ];

        // then
        Assert.Equal(0, empty.Count);
        Assert.All(acts, static act => Assert.Throws<GradusException>(act));
    }
}
