namespace Gradus.Tests;

public class HooksTests
{
    [Theory, InlineData(2, false), InlineData(2, true), InlineData(300, false), InlineData(300, true)]
    public void A_hook_sees_the_whole_gradient_and_may_replace_it(int size, bool createGraph)
    {
        // given
        var x = Tensor.Ones([size], DType.Float64).RequireGrad();
        var middle = x * 3;
        var seen = new List<Tensor>();
        middle.RegisterHook(gradient =>
        {
            seen.Add(gradient);
            return gradient * 10;
        });
        middle.RegisterHook(gradient =>
        {
            seen.Add(gradient);
            return null;
        });

        // when: two paths lead to it
        (middle + (middle * 2)).Sum().Backward(createGraph: createGraph);

        // then: what the hooks kept is still there
        Assert.All(seen[0].ToArray<double>(), static value => Assert.Equal(3, value));
        Assert.All(seen[1].ToArray<double>(), static value => Assert.Equal(30, value));
        Assert.All(x.Grad!.ToArray<double>(), static value => Assert.Equal(90, value));
    }

    [Fact]
    public void A_hook_is_gone_once_its_registration_is_disposed()
    {
        // given
        var x = Tensor.Of(1.0).RequireGrad();
        var calls = 0;
        var registration = x.RegisterHook(gradient =>
        {
            calls++;
            return gradient * 2;
        });

        // when
        (x * 3).Backward();
        registration.Dispose();
        registration.Dispose();
        (x * 3).Backward();

        // then
        Assert.Equal(1, calls);
        Assert.Equal(9, x.Grad!.Item());
    }

    [Fact]
    public void A_replacement_must_be_like_the_gradient()
    {
        // given
        var x = Tensor.Of(1.0).RequireGrad();
        x.RegisterHook(static gradient => Tensor.Of(1.0, 2.0));

        // when
        var error = Assert.Throws<GradusException>(() => (x * 3).Backward());

        // then
        Assert.Equal("backward: a hook on leaf: f64[1] gave f64[2] for a gradient f64[1]. Both must be alike.", error.Message);
    }

    [Theory, InlineData(3), InlineData(300)]
    public void A_parameter_can_be_updated_while_the_pass_goes_on(int size)
    {
        // given
        var x = Tensor.Ones([size], DType.Float64).RequireGrad();
        using var registration = x.RegisterAfterAccumulate(static leaf =>
        {
            leaf.CopyFrom(leaf - leaf.Grad!);
            leaf.Grad = null;
        });

        // when
        (x * 0.25).Sum().Backward();

        // then
        Assert.Null(x.Grad);
        Assert.All(x.ToArray<double>(), static value => Assert.Equal(0.75, value));
        Assert.StartsWith("registerAfterAccumulate: f64", Assert.Throws<GradusException>(() => (x * 2).RegisterAfterAccumulate(static _ => { })).Message);
    }

    [Fact]
    public void Any_output_retains_its_gradient()
    {
        // given
        var x = Tensor.Of(3.0).RequireGrad();
        var outputs = new Twice().Apply(x);
        outputs[1].RetainGrad();

        // when
        (outputs[0] + (outputs[1] * 5)).Sum().Backward();

        // then
        Assert.Equal(5, outputs[1].Grad!.Item());
        Assert.Null(outputs[0].Grad);
        Assert.Equal(6, x.Grad!.Item());
    }

    [Fact]
    public void A_backward_pass_can_be_confined_to_some_inputs()
    {
        // given
        Tensor x = Tensor.Of(2.0).RequireGrad(), y = Tensor.Of(3.0).RequireGrad();
        var product = x * y;
        var loss = product.Square().Sum();

        // when
        loss.Backward(retainGraph: true, inputs: [x, product]);
        loss.Backward(inputs: [x]);

        // then
        Assert.Equal(72, x.Grad!.Item());
        Assert.Equal(12, product.Grad!.Item());
        Assert.Null(y.Grad);
        Assert.StartsWith("backward: f64[1] is not part of a graph.", Assert.Throws<GradusException>(() => (x * 2).Backward(inputs: [Tensor.Of(1.0)])).Message);
    }

    [Fact]
    public void A_loss_whose_scope_has_ended_says_so()
    {
        // given
        var x = Tensor.Ones([300]).RequireGrad();
        Tensor loss;
        using (new TensorScope()) loss = x.Square().Sum();

        // when
        var error = Assert.Throws<GradusException>(() => loss.Backward());

        // then
        Assert.Equal("backward: this tensor's scope has ended and its memory is gone. Use `scope.Keep(tensor)` before the scope ends.", error.Message);
    }

    private sealed class Twice : CustomJointFunction
    {
        protected override Tensor[] Forward(Context context, ReadOnlySpan<Tensor> inputs) => [inputs[0] * 1, inputs[0] * 1];

        protected override Tensor?[] Backward(Context context, ReadOnlySpan<Tensor?> gradients) => [gradients[0]! + gradients[1]!];
    }
}
