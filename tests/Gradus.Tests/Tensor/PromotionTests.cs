namespace Gradus.Tests;

public class PromotionTests
{
    private static readonly DType[] Order = [DType.Bool, DType.Int32, DType.Int64, DType.Float32, DType.Float64];

    [Fact]
    public void Of_two_types_the_later_one_wins()
    {
        // given
        var pairs = from x in Order from y in Order where x != DType.Bool || y != DType.Bool select (x, y);

        // when
        var sums = pairs.Select(static pair => (pair.x, pair.y, Sum: (Tensor.Ones([2], pair.x) + Tensor.Ones([], pair.y)).DType));

        // then
        Assert.All(sums, static sum => Assert.Equal((DType)Math.Max((int)sum.x, (int)sum.y), sum.Sum));
    }

    [Fact]
    public void Numbers_are_weak()
    {
        // given
        Tensor f32 = Tensor.Ones([1]), i32 = Tensor.Of(3), b = Tensor.Of(true);

        // when
        DType[] types =
        [
            (f32 * 2.5).DType, (i32 * 2).DType, (i32 * 2.5).DType, (2 - i32).DType,
            (b + 1).DType, (b * 0.5).DType, (i32 / 2).DType, i32.Pow(2).DType, f32.Pow(2).DType,
        ];

        // then
        Assert.Equal([DType.Float32, DType.Int32, DType.Float32, DType.Int32, DType.Int64, DType.Float32, DType.Float32, DType.Float32, DType.Float32], types);
        Assert.Equal(1.5, (i32 / 2).Item());
    }

    [Fact]
    public void A_number_out_of_range_is_never_cut_to_fit()
    {
        // given
        Tensor i32 = Tensor.Of(int.MaxValue), i64 = Tensor.Of(0L);

        // when
        var error = Assert.Throws<GradusException>(() => i32 + 3_000_000_000L);

        // then
        Assert.Equal("number: 3000000000 does not fit into i32[1]. Convert it with To(DType.Int64).", error.Message);
        Assert.False((i32 >= 3e9).ToArray<bool>()[0]);
        Assert.True((i32 < double.PositiveInfinity).ToArray<bool>()[0]);
        Assert.Equal(9007199254740993L, (i64 + 9007199254740993L).Item<long>());
    }

    [Fact]
    public void Gradients_come_back_in_the_type_of_their_input()
    {
        // given
        var x = Tensor.Of(1f, 2f).RequireGrad();

        // when
        (x * Tensor.Of(0.5, 0.25)).Sum().Backward();

        // then
        Assert.Equal(DType.Float32, x.Grad!.DType);
        Assert.Equal([0.5f, 0.25f], x.Grad.ToArray<float>());
    }

    [Fact]
    public void Integers_and_bools_sum_as_i64()
    {
        // given
        var x = Tensor.Full([3], int.MaxValue, DType.Int32);

        // when
        var sum = x.Sum();

        // then
        Assert.Equal(3L * int.MaxValue, sum.Item<long>());
        Assert.Equal(2, Tensor.Of(true, false, true).Sum().Item<long>());
    }

    [Fact]
    public void Integers_wrap_around_and_divide_as_f32()
    {
        // given
        var x = Tensor.Of(int.MaxValue, int.MinValue);

        // when
        var (sum, negative, quotient) = (x + 1, -x, Tensor.Of(7) / Tensor.Of(2));

        // then
        Assert.Equal([int.MinValue, int.MinValue + 1], sum.ToArray<int>());
        Assert.Equal([-int.MaxValue, int.MinValue], negative.ToArray<int>());
        Assert.Equal((DType.Float32, 3.5), (quotient.DType, quotient.Item()));
    }

    [Fact]
    public void Casts_cut_fractions_saturate_and_take_every_number_but_0_for_true()
    {
        // given
        var x = Tensor.Of(-1.9f, 0.5f, 3e9f, float.NaN, float.NegativeInfinity);

        // when
        var (ints, bools) = (x.To(DType.Int32).ToArray<int>(), x.To(DType.Bool).ToArray<bool>());

        // then
        Assert.Equal([-1, 0, int.MaxValue, 0, int.MinValue], ints);
        Assert.Equal([true, true, true, true, true], bools);
        Assert.Equal([0, -1], Tensor.Of(1L << 32, -1L).To(DType.Int32).ToArray<int>());
    }

    [Fact]
    public void An_integer_result_has_no_gradient()
    {
        // given
        var x = Tensor.Of(1.5, 2.5).RequireGrad();

        // when
        var error = Assert.Throws<GradusException>(() => x.ArgMax(0).Backward());

        // then
        Assert.Contains("backward: i64[] has no gradient; only floating-point tensors do.", error.Message, StringComparison.Ordinal);
    }
}
