namespace Gradus.Tests;

public class WhyNoGradientTests
{
    private static readonly Tensor W = Tensor.Of(1f, 2f).Named("w").RequireGrad();

    public static TheoryData<Func<Tensor>, string> Cut => new()
    {
        { static () => W.Detach().Sum(), "The loss depends on f32[2] 'w', but the way is cut: by Detach at WhyNoGradientTests.cs:" },
        { static () => (W * 2).Detach().Exp().Sum(), "The loss depends on f32[2] 'w', but the way is cut: by Detach at WhyNoGradientTests.cs:" },
        { static () => WithoutGrad(),
            "The loss depends on f32[2] 'w', but the way is cut: mul was not recorded, being inside NoGrad or Inference at WhyNoGradientTests.cs:" },
        { static () => (W * 2).ArgMax().To(DType.Float32), "The loss depends on f32[2] 'w', but the way is cut: argmax at WhyNoGradientTests.cs:" },
        { static () => Tensor.Scalar((W * 2).Sum().Item<float>()),
            "f32[2] 'w' is used, but the loss does not depend on what was computed from it, unless its values left the graph as numbers" },
        { static () => Tensor.Ones([]), "f32[2] 'w' is not used: no operator read it." },
    };

    public static TheoryData<Func<Tensor>, string> Zero => new()
    {
        { static () => (W * -3).Relu().Sum(), "f32[2] 'w' is reached, but its gradient is zero: relu, f32[2], is dead" },
        { static () => (W * 1000).Sigmoid().Sum(), "f32[2] 'w' is reached, but its gradient is zero: sigmoid, f32[2], is saturated" },
        { static () => Tensor.Where(Tensor.Of(false, false), W * 2, Tensor.Ones([2])).Sum(),
            "f32[2] 'w' is reached, but its gradient is zero: it is masked by where, f32[2], which chose other elements." },
        { static () => ((W + 1) * Tensor.Zeros([2])).Sum(),
            "f32[2] 'w' is reached, but its gradient is zero: it is masked by mul, f32[2], which multiplies it by zeros." },
        { static () => (W * 3).Floor().Sum(),
            "f32[2] 'w' is reached, but its gradient is zero: floor, f32[2], has a derivative of zero with respect to its input 1." },
        { static () => (W * 3).Sum(), "f32[2] 'w' gets a gradient: its largest element is 3, and 0 of 2 are 0." },
    };

    [Theory, MemberData(nameof(Cut))]
    public void A_cut_way_is_found_with_its_line(Func<Tensor> loss, string expected) => Assert.StartsWith(expected, Autograd.WhyNoGradient(W, loss));

    [Theory, MemberData(nameof(Zero))]
    public void A_zero_gradient_is_explained_by_the_operator_where_it_dies(Func<Tensor> loss, string expected)
    {
        // when
        var value = loss();
        var words = Autograd.WhyNoGradient(W, value);

        // then: nothing was changed by asking
        Assert.StartsWith(expected, words);
        Assert.Equal(words, Autograd.WhyNoGradient(W, loss));
        Assert.Null(W.Grad);
        _ = Autograd.Grad(value, W);
    }

    [Fact]
    public void What_can_be_said_of_the_loss_alone_is_said()
    {
        // given
        var other = Tensor.Of(1f).Named("other").RequireGrad();
        var walked = W.Square().Sum();
        _ = Autograd.Grad(walked, W);

        // then
        Assert.StartsWith("f32[2] 'w' does not require a gradient.", Autograd.WhyNoGradient(Tensor.Of(1f, 2f).Named("w"), W.Sum()));
        Assert.StartsWith("i32[1] is not floating point", Autograd.WhyNoGradient(Tensor.Of(1), W.Sum()));
        Assert.StartsWith("The loss, f32[], is not part of a graph", Autograd.WhyNoGradient(W, Tensor.Ones([])));
        Assert.StartsWith("The loss does not reach f32[1] 'other'", Autograd.WhyNoGradient(other, W.Sum()));
        Assert.StartsWith("The graph through square was walked before", Autograd.WhyNoGradient(W, walked));
    }

    [Fact]
    public void Of_a_finished_loss_the_places_are_named_where_something_may_have_been_cut_off()
    {
        // given: the graph was walked, and what it kept is gone
        var other = Tensor.Of(3f, 4f).Named("other").RequireGrad();
        var loss = ((W * 2).Detach().Exp() * other).Sum();
        loss.Backward();

        // when
        var words = Autograd.WhyNoGradient(W, loss);

        // then
        Assert.Equal(
            "The loss does not reach f32[2] 'w': it was computed without it, or the way is cut by Detach, NoGrad or values that left the graph as numbers. " +
            "Constants enter its graph at mul, input 1, f32[2]. A loss that is computed already cannot tell the line of a cut; " +
            "give it as a function to see where.", words);
    }

    private static Tensor WithoutGrad()
    {
        using (new NoGrad()) return (W * 2).Sum();
    }
}
