namespace Gradus.Tests;

public class QuantilesTests
{
    private static readonly Tensor WithNaN = Tensor.Of([[3f, float.NaN, 1], [4, 2, 5]]);

    [Fact]
    public void A_median_is_the_lower_of_two_and_tells_where_it_is()
    {
        // given
        var x = Tensor.Of([[4f, 1, 3, 2], [7, 7, 8, 6]]);

        // when
        var (value, index) = x.Median(1);

        // then
        Assert.Equal([2, 7], value.ToArray<float>());
        Assert.Equal([3, 0], index.ToArray<long>());
        Assert.Equal(4, x.Median().Item<float>());
        Assert.Equal(2.5f, x.Quantile(0.5, 1).ToArray<float>()[0]);
        Assert.Equal([9007199254740993], Tensor.Of(9007199254740993L, 9007199254740992L, 9007199254740994L).Median(0, keepDim: true).Value.ToArray<long>());
    }

    [Fact]
    public void A_NaN_makes_the_result_NaN_unless_it_is_left_out()
    {
        // when
        var (median, index) = WithNaN.Median(1);
        var (number, place) = WithNaN.NanMedian(1);

        // then
        Assert.Equal([float.NaN, 4], median.ToArray<float>());
        Assert.Equal([1, 0], index.ToArray<long>());
        Assert.Equal([1, 4], number.ToArray<float>());
        Assert.Equal([2, 0], place.ToArray<long>());
        Assert.Equal([float.NaN, 4.5f], WithNaN.Quantile(0.75, 1).ToArray<float>());
        Assert.Equal([2.5f, 4.5f], WithNaN.NanQuantile(0.75, 1).ToArray<float>());
        Assert.True(float.IsNaN(Tensor.Of(float.NaN, float.NaN).NanMedian().Item<float>()));
        Assert.True(float.IsNaN(Tensor.Of(float.NaN).NanQuantile(0.5).Item<float>()));
    }

    [Fact]
    public void Several_quantiles_lie_along_a_new_first_axis()
    {
        // given
        var x = Tensor.Arange(11).To(DType.Float32).Reshape(1, 11);

        // when
        var quantiles = x.Quantile([0, 0.25, 1], 1, keepDim: true);

        // then
        Assert.Equal<int>([3, 1, 1], quantiles.Shape.ToArray());
        Assert.Equal([0, 2.5f, 10], quantiles.ToArray<float>());
        Assert.Equal<int>([0, 1], x.Quantile([], 1).Shape.ToArray());
    }

    [Fact]
    public void Infinities_are_met_exactly()
    {
        // given
        var x = Tensor.Of(double.NegativeInfinity, double.NegativeInfinity, 0, double.PositiveInfinity, double.PositiveInfinity);

        // when
        var quantiles = x.Quantile([0, 0.1, 0.3, 0.5, 0.6, 0.9, 1], 0);

        // then
        Assert.Equal(
            [
                double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity, 0,
                double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity,
            ],
            quantiles.ToArray<double>());
    }

    [Fact]
    public void The_gradient_goes_to_the_elements_that_stand_there()
    {
        // given
        var x = Tensor.Of(4f, 1, 3, 2).RequireGrad();

        // when
        (x.Median() + (10 * x.Quantile(0.5))).Backward();

        // then
        Assert.Equal([0, 0, 5, 6], x.Grad!.ToArray<float>());
    }
}
