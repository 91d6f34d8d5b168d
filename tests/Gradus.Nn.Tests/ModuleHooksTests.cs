namespace Gradus.Nn.Tests;

public class ModuleHooksTests
{
    [Fact]
    public void Hooks_see_and_change_what_goes_in_and_comes_out()
    {
        // given
        var net = Net();
        var x = Tensor.Ones([1, 300]);
        Tensor? seenIn = null, seenOut = null;
        var plain = net.Forward(x);

        // when: what lies inside a chain of layers, which frees what passes through it
        var before = net[2].RegisterForwardPreHook(static input => input * 2);
        var after = net[2].RegisterForwardHook((input, output) =>
        {
            (seenIn, seenOut) = (input, output);
            return output + 1;
        });
        var hooked = net.Forward(x);
        before.Dispose();
        after.Dispose();

        // then
        Assert.Equal([1, 300], seenIn!.Shape);
        Assert.True(seenIn.AllClose(net[1].Forward(net[0].Forward(x)) * 2));
        Assert.True(hooked.AllClose(seenOut! + 1));
        Assert.True(net.Forward(x).AllClose(plain));
    }

    [Fact]
    public void A_hook_may_stand_on_a_chain_of_layers_inside_a_users_scope()
    {
        // given
        var net = Net();
        var x = Tensor.Ones([1, 300]).RequireGrad();
        var calls = 0;
        using var registration = net.RegisterForwardHook((_, output) =>
        {
            calls++;
            return output;
        });

        // when
        using var scope = new TensorScope();
        var doubled = x * 2;
        net.Forward(doubled).Sum().Backward();

        // then: the scope's own tensors are still there
        Assert.Equal(1, calls);
        Assert.Equal(600, doubled.Sum().Item());
        Assert.NotNull(x.Grad);
    }

    [Fact]
    public void A_backward_hook_gets_both_gradients_and_may_replace_the_inputs()
    {
        // given
        var layer = new Linear(2, 2, bias: false);
        layer.Weight!.Value.Detach().CopyFrom(Tensor.Of([[1f, 2f], [3f, 4f]]));
        var x = Tensor.Ones([1, 2]).RequireGrad();
        (Tensor? Input, Tensor? Output) seen = default;
        using var registration = layer.RegisterBackwardHook((input, output) =>
        {
            seen = (input, output);
            return input! * 10;
        });

        // when
        layer.Forward(x * 1).Sum().Backward();

        // then
        Assert.Equal([4f, 6f], seen.Input!.ToArray<float>());
        Assert.Equal([1f, 1f], seen.Output!.ToArray<float>());
        Assert.Equal([40f, 60f], x.Grad!.ToArray<float>());
    }

    [Fact]
    public void A_backward_hook_on_a_first_layer_gets_the_outputs_gradient_alone()
    {
        // given
        var layer = new Linear(2, 2);
        var calls = new List<Tensor?>();
        using var registration = layer.RegisterBackwardHook((input, _) =>
        {
            calls.Add(input);
            return null;
        });

        // when
        layer.Forward(Tensor.Ones([1, 2])).Sum().Backward();

        // then
        Assert.Null(Assert.Single(calls));
        Assert.StartsWith(
            "registerBackwardHook: Lstm does not turn a tensor into a tensor.",
            Assert.Throws<GradusException>(() => new Lstm(2, 2).RegisterBackwardHook(static (_, _) => null)).Message);
    }

    [Fact]
    public void A_module_is_checked_in_one_line()
    {
        // given
        var net = new Sequential(new Linear(3, 4), new Tanh(), new LayerNorm(4), new Linear(4, 2));

        // when
        var report = net.CheckGradients(Tensor.Rand([2, 3]));

        // then
        report.Assert();
        Assert.Contains("0.weight f64[4,3]: difference", report.ToString());
        Assert.Equal(7, report.Inputs.Count);
    }

    [Theory]
    [InlineData(1, "Squared, the derivative with respect to its input 1, f64[2,40] (off by ")]
    [InlineData(2, "Squared, the gradient of its input 1 differentiated with respect to its input 1, f64[2,40] (off by ")]
    public void The_operator_at_fault_inside_a_network_is_named(int order, string fault)
    {
        // given: so large that what goes from layer to layer is freed as soon as it is read
        var net = new Sequential(new Linear(3, 40), new Tanh(), new SquaredLayer(wrongOrder: order), new Linear(40, 2));

        // when
        var report = net.CheckGradients(Tensor.Rand([2, 3]), new() { Order = order });

        // then
        Assert.StartsWith(fault, Assert.Single(report.Faults));
    }

    [Fact]
    public void A_parameter_says_why_it_does_not_learn()
    {
        // given
        var net = new Sequential(new Linear(2, 2), new Relu());
        var weight = ((Linear)net[0]).Weight!;
        weight.IsFrozen = true;

        // when
        var frozen = weight.WhyNoGradient(() => net.Forward(Tensor.Ones([1, 2])).Detach().Sum());

        // then
        Assert.StartsWith(
            "The parameter is frozen: no gradient of it is computed, and optimizers pass it over. Unfreeze it if it is to learn. " +
            "Otherwise: The loss depends on 0.weight (f32[2,2]), but the way is cut: by Detach at ModuleHooksTests.cs:", frozen);
    }

    private static Sequential Net()
    {
        var net = new Sequential(new Linear(300, 300), new Tanh(), new Linear(300, 300));
        net.Initialize(1);
        return net;
    }

    private sealed class SquaredLayer(int wrongOrder) : Module<Tensor, Tensor>
    {
        protected override Tensor Compute(Tensor input) => new Squared(wrongOrder).Apply(input);
    }

    private sealed class Squared(int wrongOrder) : CustomFunction
    {
        protected override Tensor Forward(Context context, ReadOnlySpan<Tensor> inputs)
        {
            context.Save(inputs[0]);
            return inputs[0].Square();
        }

        protected override Tensor?[] Backward(Context context, Tensor gradient) =>
            [wrongOrder == 1 ? gradient * context.Saved[0] : gradient * 2 * context.Saved[0].Detach()];
    }
}
