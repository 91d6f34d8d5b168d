namespace Gradus.Tests;

public class TensorScopeTests
{
    [Fact]
    public void What_was_made_in_a_scope_is_freed_at_its_end()
    {
        // given
        Tensor inside, kept;
        using (var scope = new TensorScope())
        {
            inside = Tensor.Ones([1000]);
            kept = scope.Keep(inside * 2);
        }

        // when
        var error = Assert.Throws<GradusException>(() => inside + 1);

        // then
        Assert.Equal("tensor: this tensor's scope has ended and its memory is gone. Use `scope.Keep(tensor)` before the scope ends.", error.Message);
        Assert.Equal(2000, kept.Sum().Item());
    }

    [Fact]
    public void A_kept_tensor_lives_in_the_scope_around()
    {
        // given
        Tensor kept;
        using (new TensorScope())
        {
            using (var inner = new TensorScope()) kept = inner.Keep(Tensor.Ones([3]));
            Assert.Equal(3, kept.Sum().Item());
        }

        // when
        var error = Record.Exception(() => kept.Sum());

        // then
        Assert.IsType<GradusException>(error);
    }

    [Fact]
    public void Scopes_end_in_order()
    {
        // given
        var outer = new TensorScope();
        var inner = new TensorScope();

        // when
        var error = Assert.Throws<GradusException>(outer.Dispose);

        // then
        Assert.Contains("ended out of order", error.Message, StringComparison.Ordinal);
        inner.Dispose();
        outer.Dispose();
        outer.Dispose();
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Gradients_outlive_the_scope_in_which_they_were_computed(bool createGraph)
    {
        // given
        var x = Tensor.Ones([1000]).RequireGrad();

        // when
        using (new TensorScope()) x.Square().Sum().Backward(createGraph: createGraph);

        // then
        Assert.Equal(2000, x.Grad!.Sum().Item());
    }

    [Fact]
    public void A_view_outlives_the_tensor_whose_memory_it_shows()
    {
        // given
        Tensor view;
        using (var scope = new TensorScope()) view = scope.Keep(Tensor.Arange(1000)[10..]);

        // when
        for (var round = 0; round < 10; round++) Tensor.Zeros([1000], DType.Int64);

        // then
        Assert.Equal(10, view[0].Item());
    }
}
