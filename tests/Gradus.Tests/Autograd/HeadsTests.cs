namespace Gradus.Tests;

public class HeadsTests
{
    [Fact]
    public void Losses_flow_back_with_their_weights_and_values_do_not()
    {
        // given
        Tensor x = Tensor.Of(1.0, 2.0).RequireGrad(), w = Tensor.Of(1.0, 1.0).RequireGrad();
        var heads = new Heads()
            .Loss("sum", x.Sum()).Loss("square", x.Square().Sum(), weight: 0.5).Loss("own", x * 3, Tensor.Of(1.0, 0.0)).Value("report", (x * w).Sum());

        // when
        heads.Backward();

        // then
        Assert.Equal([1 + 1 + 3.0, 1 + 2 + 0.0], x.Grad!.ToArray<double>());
        Assert.Null(w.Grad);
        Assert.Equal(3, heads["report"].Item());
        Assert.Equal(["sum", "square", "own", "report"], heads.Names);
        Assert.Equal(["sum", "square", "own"], heads.Losses);
    }

    [Fact]
    public void Some_of_the_losses_can_be_named()
    {
        // given
        var x = Tensor.Of(2.0).RequireGrad();
        var heads = new Heads().Loss("a", x * 3).Loss("b", x * 5).Value("c", x * 7);

        // when
        heads.Backward(["b"]);

        // then
        Assert.Equal(5, x.Grad!.Item());
        Assert.StartsWith("heads: 'c' is a value, not a loss", Assert.Throws<GradusException>(() => heads.Backward(["c"])).Message);
        Assert.Equal("heads: there is no 'd'; the names are a, b, c.", Assert.Throws<GradusException>(() => heads["d"]).Message);
        Assert.Equal("heads: the name 'a' is taken.", Assert.Throws<GradusException>(() => heads.Value("a", x)).Message);
        Assert.StartsWith("heads: the loss 'e' is f64[2], not a single number.",
            Assert.Throws<GradusException>(() => heads.Loss("e", Tensor.Of(1.0, 2.0))).Message);
    }
}
