namespace Gradus.Tests;

public class IndexingTests
{
    private static readonly Tensor X = Tensor.Arange(24).Reshape(2, 3, 4);

    [Fact]
    public void Steps_new_axes_and_the_ellipsis_are_views()
    {
        // given
        Tensor[] views =
        [
            X[.., (..).By(2)], X[TensorIndex.NewAxis, TensorIndex.Ellipsis, 0], X[.., .., (1..).By(-2)],
            X[TensorIndex.Ellipsis], X[0, TensorIndex.Ellipsis, ^1, TensorIndex.NewAxis],
        ];

        // when
        var shapes = views.Select(static view => view.Shape.ToString());

        // then
        Assert.Equal(["[2,2,4]", "[1,2,3]", "[2,3,2]", "[2,3,4]", "[3,1]"], shapes);
        Assert.Equal([3L, 1, 7, 5], X[0, ..2, (1..).By(-2)].ToArray<long>());
        Assert.All(views, static view => Assert.Same(X.Storage, view.Storage));
        Assert.Equal("index: 2 ellipses for i64[2,3,4]; one is enough, and with more it is not clear what each stands for.",
            Fails(static () => X[TensorIndex.Ellipsis, TensorIndex.Ellipsis]));
        Assert.Equal("index: a range in steps of 0; the step must not be 0.", Fails(static () => X[(..).By(0)]));
    }

    [Fact]
    public void A_part_that_is_a_view_can_be_filled_and_one_that_was_chosen_is_a_copy()
    {
        // given
        var x = Tensor.Zeros([2, 3]);

        // when
        x[.., (..).By(-2)].CopyFrom(Tensor.Of(1f, 2f));
        x[Tensor.Of(0)].Fill(9);

        // then
        Assert.Equal([2f, 0, 1, 2, 0, 1], x.ToArray<float>());
    }

    [Fact]
    public void Not_a_number_comes_last_and_first_when_descending_and_zeros_keep_their_order()
    {
        // given: short enough to be inserted, and long enough to be distributed
        float[] few = [float.NaN, 0, float.NegativeInfinity, -0f, float.PositiveInfinity, -1];
        var many = few.Concat(Enumerable.Repeat(2f, 100)).ToArray();

        // when
        var (sorted, index) = Tensor.Of<float>(few).Sort();
        var (_, falling) = Tensor.Of<float>(many).Sort(descending: true);
        var (top, _) = Tensor.Of<float>(many).TopK(3);

        // then
        Assert.Equal([float.NegativeInfinity, -1, 0, -0f, float.PositiveInfinity, float.NaN], sorted.ToArray<float>());
        Assert.Equal([2, 5, 1, 3, 4, 0], index.ToArray<int>());
        Assert.Equal([0, 4, .. Enumerable.Range(6, 100), 1, 3, 5, 2], falling.ToArray<int>());
        Assert.Equal([float.NaN, float.PositiveInfinity, 2], top.ToArray<float>());
    }

    [Fact]
    public void Positions_of_what_is_not_zero_lead_back_to_it()
    {
        // given
        var x = Tensor.Of([[0, 5, 0], [7, 0, 9]]);

        // when
        var positions = x.NonZero();

        // then
        Assert.Equal([0, 1, 1, 0, 1, 2], positions.ToArray<int>());
        Assert.Equal([5, 7, 9], x[positions[.., 0], positions[.., 1]].ToArray<int>());
        Assert.Equal([0, 5, 0, 7, 0, 9], Tensor.Where(x.Equal(0), 0, x).ToArray<int>());
        Assert.Equal([1, 5, 1, 7, 1, 9], Tensor.Where(x.NotEqual(0), x, 1).ToArray<int>());
    }

    [Fact]
    public void Pieces_that_nobody_used_give_zeros()
    {
        // given
        var x = Tensor.Ones([4, 2]).RequireGrad();

        // when
        (x.Split(1)[2] * 3).Sum().Backward();

        // then
        Assert.Equal([0f, 0, 0, 0, 3, 3, 0, 0], x.Grad!.ToArray<float>());
        Assert.Equal(["[2,2]", "[2,2]"], x.Chunk(3).Select(static piece => piece.Shape.ToString()));
        Assert.Equal(["[3,2]", "[1,2]"], x.Split(3).Select(static piece => piece.Shape.ToString()));
    }

    [Fact]
    public void A_class_number_needs_no_number_of_classes()
    {
        // given
        var labels = Tensor.Of(2, 0);

        // when
        var rows = labels.OneHot(dtype: DType.Int64);

        // then
        Assert.Equal([0L, 0, 1, 1, 0, 0], rows.ToArray<long>());
    }

    private static string Fails(Func<object> act) => Assert.Throws<GradusException>(act).Message;

    [Fact]
    public void Bools_are_not_added_up_at_positions()
    {
        // given: one byte for each element, which the kernel for i32 would write beyond
        Tensor flags = Tensor.Zeros([3], DType.Bool), chosen = Tensor.Of(0L, 2), two = Tensor.Ones([2], DType.Bool);

        // then
        Assert.Throws<GradusException>(() => flags.IndexAdd(0, chosen, two));
        Assert.Throws<GradusException>(() => flags.ScatterAdd(0, chosen, two));
        Assert.Throws<GradusException>(() => flags.IndexPut([chosen], two, accumulate: true));
    }
}
