namespace Gradus.Tests;

public class GradientCheckTests
{
    [Fact]
    public void The_operator_at_fault_is_named()
    {
        // given
        var x = Tensor.Of(0.5, -1.5, 2.0).Named("x");

        // when
        var report = GradientCheck.Run(static x => (new WrongSquare().Apply(x.Tanh()) * 2).Exp(), x);

        // then
        Assert.False(report.IsRight);
        Assert.Equal(GradientVerdict.Wrong, report.Inputs[0].Verdict);
        var fault = Assert.Single(report.Faults);
        Assert.StartsWith("WrongSquare, the derivative with respect to its input 1, f64[3] (off by ", fault);
        Assert.Contains("at fault: WrongSquare", Assert.Throws<GradusException>(report.Assert).Message);
    }

    [Fact]
    public void A_kink_is_told_from_a_wrong_rule()
    {
        // given: at 0 and beside it
        var x = Tensor.Of(0.0, 2e-6, 1.0, -1.0);

        // when
        var kink = GradientCheck.Run(static x => x.Relu() * 3, x);
        var wrong = GradientCheck.Run(static x => new WrongSquare().Apply(x.Relu() + 1), x);

        // then
        Assert.Equal(GradientVerdict.Kink, kink.Inputs[0].Verdict);
        kink.Assert();
        Assert.Contains("a kink, where either slope is right", kink.ToString());
        Assert.Equal(GradientVerdict.Wrong, wrong.Inputs[0].Verdict);
    }

    [Fact]
    public void Noise_is_told_from_a_wrong_rule()
    {
        // given: rounded to float32 on the way, random, and a large constant that swallows the digits
        var x = Tensor.Of(0.3, 0.7);
        var generator = new Generator(1);

        // when
        var rounded = GradientCheck.Run(static x => x.To(DType.Float32).Exp().To(DType.Float64), x);
        var random = GradientCheck.Run(x => x + (Tensor.Rand([2], DType.Float64, generator) * 1e-3), x);
        var swallowed = GradientCheck.Run(static x => x + 1e9, x);

        // then
        Assert.Equal(GradientVerdict.Noise, rounded.Inputs[0].Verdict);
        Assert.Equal(GradientVerdict.Noise, random.Inputs[0].Verdict);
        Assert.Equal(GradientVerdict.Noise, swallowed.Inputs[0].Verdict);
        Assert.Contains("lost in noise", random.ToString());
    }

    [Fact]
    public void The_gradient_of_the_gradient_is_checked_too()
    {
        // given
        var x = Tensor.Of(0.5, -1.5, 2.0);
        var second = new GradientCheckOptions { Order = 2 };

        // when
        var right = GradientCheck.Run(static x => x.Tanh() * x.Square(), x, second);
        var wrong = GradientCheck.Run(static x => new RightOnce().Apply(x), x, second);

        // then
        right.Assert();
        GradientCheck.Run(static x => new RightOnce().Apply(x), x).Assert();
        Assert.False(wrong.IsRight);
        Assert.StartsWith("gradientCheck: order 3", Assert.Throws<GradusException>(() => GradientCheck.Run(static x => x, x, new() { Order = 3 })).Message);
        Assert.Contains("expected a step above 0",
            Assert.Throws<GradusException>(() => GradientCheck.Run(static x => x, x, new() { Step = double.NaN })).Message);
    }

    [Fact]
    public void The_operator_whose_second_derivative_is_wrong_is_named()
    {
        // given: what was saved is cut off, the given gradient is cut off, or another's first derivative is wrong besides
        var x = Tensor.Of(0.5, -1.5, 2.0);
        var second = new GradientCheckOptions { Order = 2 };

        // when
        var saved = GradientCheck.Run(static x => new RightOnce().Apply(x.Tanh()).Exp(), x, second);
        var given = GradientCheck.Run(static x => (x.Tanh() * new GivenOnce().Apply(x)).Exp(), x, second);
        var both = GradientCheck.Run(static x => new RightOnce().Apply(new WrongSquare().Apply(x)), x, second);
        var several = GradientCheck.Run(static x => new RightOnce().Apply(x).LayerNorm() * x.Softmax() + x.Reshape(1, 3).MatMul(x.Reshape(3, 1)), x, second);

        // then
        Assert.StartsWith("RightOnce, the gradient of its input 1 differentiated with respect to its input 1, f64[3] (off by ", Assert.Single(saved.Faults));
        Assert.StartsWith("GivenOnce, the gradient of its input 1 differentiated with respect to the gradient that it is given (off by ",
            Assert.Single(given.Faults));
        Assert.Collection(
            both.Faults,
            static fault => Assert.StartsWith("WrongSquare, the derivative with respect to its input 1, f64[3] 'input 0' (off by ", fault),
            static fault => Assert.StartsWith("RightOnce, the gradient of its input 1 differentiated with respect to its input 1, f64[3] (off by ", fault));
        Assert.StartsWith("RightOnce, ", Assert.Single(several.Faults));
    }

    [Fact]
    public void A_way_that_is_cut_is_no_operators_fault()
    {
        // given
        var x = Tensor.Of(0.5, -1.5);

        // when
        var report = GradientCheck.Run(static x => x * x.Detach(), x);

        // then
        Assert.False(report.IsRight);
        Assert.Empty(report.Faults);
        Assert.Contains("look for a Detach", report.ToString());
    }

    private sealed class WrongSquare : CustomFunction
    {
        protected override Tensor Forward(Context context, ReadOnlySpan<Tensor> inputs)
        {
            context.Save(inputs[0]);
            return inputs[0].Square();
        }

        protected override Tensor?[] Backward(Context context, Tensor gradient) => [gradient * context.Saved[0]];
    }

    private sealed class RightOnce : CustomFunction
    {
        protected override Tensor Forward(Context context, ReadOnlySpan<Tensor> inputs)
        {
            context.Save(inputs[0]);
            return inputs[0].Square();
        }

        protected override Tensor?[] Backward(Context context, Tensor gradient) => [gradient * 2 * context.Saved[0].Detach()];
    }

    private sealed class GivenOnce : CustomFunction
    {
        protected override Tensor Forward(Context context, ReadOnlySpan<Tensor> inputs)
        {
            context.Save(inputs[0]);
            return inputs[0].Square();
        }

        protected override Tensor?[] Backward(Context context, Tensor gradient) => [gradient.Detach() * 2 * context.Saved[0]];
    }
}
