namespace Gradus.Tests;

public class SegmentsTests
{
    [Fact]
    public void Infinities_of_a_segment_share_alike_and_leave_other_segments_and_gradients_finite()
    {
        // given: an infinite segment, one of −∞ alone, a finite one
        var x = Tensor.Of(double.PositiveInfinity, 1, double.PositiveInfinity, double.NegativeInfinity, double.NegativeInfinity, 2, 2).RequireGrad();

        // when
        var shares = x.SegmentSoftmax(Tensor.Of(0, 0, 0, 1, 1, 2, 2));
        shares.Backward(Tensor.Of(1.0, 2, 3, 4, 5, 6, 7));

        // then
        Assert.Equal([0.5, 0, 0.5, 0, 0, 0.5, 0.5], shares.ToArray<double>());
        Assert.Equal([0, 0, 0, 0, 0, -0.25, 0.25], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void Where_no_gradient_arrives_none_flows_back_past_infinite_factors()
    {
        // given
        var source = Tensor.Of(double.PositiveInfinity, 2, 3).RequireGrad();

        // when
        Tensor.Ones([2], DType.Float64).ScatterReduce(0, Tensor.Of(0, 0, 1), source, ScatterReduction.Product).Backward(Tensor.Of(0.0, 1));

        // then
        Assert.Equal([0, 0, 1], source.Grad!.ToArray<double>());
    }

    [Fact]
    public void Equal_extremes_share_the_gradient_and_what_was_there_is_one_of_them_only_if_it_takes_part()
    {
        // given
        var x = Tensor.Of(3f, 5, 7).RequireGrad();
        var source = Tensor.Of(3f, 3, 5, 1).RequireGrad();
        var index = Tensor.Of(0, 0, 1, 1);

        // when
        var with = x.ScatterReduce(0, index, source, ScatterReduction.Max);
        with.Sum().Backward();
        var (ofX, ofSource) = (x.Grad!.ToArray<float>(), source.Grad!.ToArray<float>());
        x.Grad = source.Grad = null;
        var without = x.ScatterReduce(0, index, source, ScatterReduction.Max, includeSelf: false);
        without.Sum().Backward();

        // then
        Assert.Equal([3, 5, 7], with.ToArray<float>());
        Assert.Equal([1 / 3f, 0.5f, 1], ofX);
        Assert.Equal([1 / 3f, 1 / 3f, 0.5f, 0], ofSource);
        Assert.Equal([3, 5, 7], without.ToArray<float>());
        Assert.Equal([0, 0, 1], x.Grad!.ToArray<float>());
        Assert.Equal([0.5f, 0.5f, 1, 0], source.Grad!.ToArray<float>());
    }

    [Fact]
    public void A_product_has_the_gradient_of_the_other_factors_beside_zeros_too()
    {
        // given: 2·0·3 at place 0, 1·0·0·5 at place 1
        var x = Tensor.Of(2f, 1).RequireGrad();
        var source = Tensor.Of(0f, 3, 0, 0, 5).RequireGrad();

        // when
        var product = x.ScatterReduce(0, Tensor.Of(0, 0, 1, 1, 1), source, ScatterReduction.Product);
        product.Sum().Backward();

        // then
        Assert.Equal([0, 0], product.ToArray<float>());
        Assert.Equal([0, 0], x.Grad!.ToArray<float>());
        Assert.Equal([6, 0, 0, 0, 0], source.Grad!.ToArray<float>());
    }

    [Fact]
    public void Whole_numbers_are_reduced_exactly_and_their_mean_is_rounded_down()
    {
        // given
        var x = Tensor.Zeros([3], DType.Int64);
        var index = Tensor.Of(0, 0, 1, 1);
        var source = Tensor.Of(9007199254740993L, 9007199254740992L, -3, -4);

        // when
        long[] greatest = Reduce(ScatterReduction.Max), least = Reduce(ScatterReduction.Min),
            means = x.ScatterReduce(0, Tensor.Of(1, 1), Tensor.Of(-3L, -4L), ScatterReduction.Mean, includeSelf: false).ToArray<long>();

        // then
        Assert.Equal([9007199254740993, -3, 0], greatest);
        Assert.Equal([9007199254740992, -4, 0], least);
        Assert.Equal([0, -4, 0], means);

        long[] Reduce(ScatterReduction reduction) => x.ScatterReduce(0, index, source, reduction, includeSelf: false).ToArray<long>();
    }

    [Fact]
    public void Shares_in_a_segment_add_up_to_1_and_a_segment_of_nothing_but_minus_infinity_gives_0()
    {
        // given
        var scores = Tensor.Of(1000f, float.NegativeInfinity, 1000, float.NegativeInfinity, 3).RequireGrad();

        // when
        var shares = scores.SegmentSoftmax(Tensor.Of(0, 0, 0, 1, 3), count: 5);
        (shares * Tensor.Of(1f, 2, 3, 4, 5)).Sum().Backward();

        // then
        Assert.Equal([0.5f, 0, 0.5f, 0, 1], shares.ToArray<float>());
        Assert.Equal([-0.5f, 0, 0.5f, 0, 0], scores.Grad!.ToArray<float>());
    }

    [Fact]
    public void A_NaN_that_is_put_somewhere_is_the_greatest_and_the_least_there()
    {
        // given
        var source = Tensor.Of(1f, float.NaN, 2);

        // when
        var greatest = Tensor.Zeros([2]).ScatterReduce(0, Tensor.Of(0, 0, 1), source, ScatterReduction.Max).ToArray<float>();
        var least = Tensor.Zeros([2]).ScatterReduce(0, Tensor.Of(0, 0, 1), source, ScatterReduction.Min).ToArray<float>();

        // then
        Assert.Equal([float.NaN, 2], greatest);
        Assert.Equal([float.NaN, 0], least);
    }
}
