namespace Gradus.Tests;

public class ViewsTests
{
    private static readonly Tensor X = Tensor.Arange(24).Reshape(2, 3, 4);

    [Fact]
    public void Positions_remove_their_axis_and_ranges_keep_it()
    {
        // given
        var row = X[0];

        // when
        var block = X[1..2, 1.., ^1];

        // then
        Assert.Equal([3, 4], row.Shape);
        Assert.Equal([1, 2], block.Shape);
        Assert.Equal([19L, 23], block.ToArray<long>());
        Assert.Equal(23, X[-1, -1, -1].Item());
        Assert.Equal(X.Shape, X[.., .., ..].Shape);
        Assert.Equal([2, 0, 4], X[.., 3..9].Shape);
    }

    [Fact]
    public void Views_share_memory_and_copies_do_not()
    {
        // given
        var x = Tensor.Zeros([2, 3]);
        Tensor[] views =
        [
            x[0], x.Transpose(), x.Reshape(6), x.Expand(4, 2, 3), x.Unsqueeze(0), x.Flatten(), x.Permute(1, 0), x.Slice(1, 0, 2), x.Detach(),
            x.Flip(), x.Rot90(), x.Diagonal(), x.Unfold(1, 2), x.MoveAxis(0, 1), x.Unflatten(1, 3, 1), x[(..).By(-2)], .. x.Split(1), .. x.Unbind(1),
        ];

        // when
        var copies = new[] { x.Clone(), x.Transpose().Contiguous(), x.Transpose().Reshape(6) };

        // then
        Assert.All(views, view => Assert.Same(x.Storage, view.Storage));
        Assert.All(copies, copy => Assert.NotSame(x.Storage, copy.Storage));
    }

    [Fact]
    public void Squeezing_and_unsqueezing_undo_each_other()
    {
        // given
        var x = Tensor.Ones([2, 1, 3, 1]);

        // when
        var bare = x.Squeeze();

        // then
        Assert.Equal([2, 3], bare.Shape);
        Assert.Equal([2, 3, 1], x.Squeeze(1).Shape);
        Assert.Equal([2, 1, 3, 1], bare.Unsqueeze(1).Unsqueeze(-1).Shape);
        Assert.Equal("squeeze: axis 0 of [2,1,3,1] has size 2, not 1.", Assert.Throws<GradusException>(() => x.Squeeze(0)).Message);
        Assert.Equal("unsqueeze: axis 3 is out of range for [2,3]; use -3 … 2.", Assert.Throws<GradusException>(() => bare.Unsqueeze(3)).Message);
    }

    [Fact]
    public void Too_many_entries_are_an_error()
    {
        // given
        var read = () => X[0, 0, 0, 0];

        // when
        var error = Assert.Throws<GradusException>(() => read());

        // then
        Assert.Equal("index: entries for 4 axes of i64[2,3,4], which has 3.", error.Message);
    }

    [Fact]
    public void Joining_and_stacking_any_number_of_tensors_works()
    {
        // given: more than a stack has frames for
        var parts = Enumerable.Range(0, 20_000).Select(static value => Tensor.Scalar((float)value)).ToArray();

        // when
        var stacked = Tensor.Stack(parts);

        // then
        Assert.Equal([20_000], stacked.Shape);
        Assert.Equal(19_999, stacked[^1].Item());
        Assert.Equal([3, 2], Tensor.Stack([Tensor.Of(1, 2, 3), Tensor.Of(4, 5, 6)], -1).Shape);
        Assert.Equal("stack: f32[2] beside f32[3]; all must have one shape.",
            Assert.Throws<GradusException>(static () => Tensor.Stack([Tensor.Ones([3]), Tensor.Ones([2])])).Message);
    }

    [Fact]
    public void Softmax_along_another_axis_sums_to_one_there()
    {
        // given
        var x = Tensor.Randn([3, 4, 5], generator: new Generator(1));

        // when
        var sums = x.Softmax(1).Sum(1);

        // then
        Assert.All(sums.ToArray<double>(), static sum => Assert.Equal(1, sum, 1e-6));
        Assert.All(Tensor.Of([[1000f, 0f, -1000f]]).Softmax().ToArray<double>(), static value => Assert.True(double.IsFinite(value)));
    }
}
