namespace Gradus.Nn.Tests;

public class LbfgsTests
{
    [Fact]
    public void What_is_frozen_after_some_steps_stays_and_the_rest_is_minimized()
    {
        // given: a bowl whose axes are mixed, so that what was learnt of the curvature moves both
        Parameter moved = new(Tensor.Of(3.0, -2)), frozen = new(Tensor.Of(1.5));
        var optimizer = new Lbfgs([moved, frozen], new() { Iterations = 2 });
        Tensor Loss() => (moved.Value - frozen.Value).Square().Sum() + (frozen.Value * 3).Square().Sum() + moved.Value.Square().Sum();
        optimizer.Step(Loss);
        optimizer.Step(Loss);

        // when
        frozen.IsFrozen = true;
        var before = frozen.Value.Item();
        for (var step = 0; step < 20; step++) optimizer.Step(Loss);

        // then: the least of 2m² − 2mf + … over m is at f/2
        Assert.Equal(before, frozen.Value.Item());
        Assert.NotEqual(0, before);
        Assert.All(moved.Value.ToArray<double>(), value => Assert.Equal(before / 2, value, 1e-6));
    }

    [Fact]
    public void A_parameter_that_has_come_to_be_computed_is_an_error_and_nothing_moves()
    {
        // given
        var net = new Sequential(new Linear(2, 3), new Linear(3, 1));
        var optimizer = new Lbfgs(net.Parameters());
        WeightNorm.Apply((Linear)net[1]);
        var before = net.State().SelectMany(static entry => entry.Value.ToArray<float>()).ToArray();

        // when
        var error = Assert.Throws<GradusException>(() => optimizer.Step(() => net.Forward(Tensor.Ones([4, 2])).Square().Mean()));

        // then
        Assert.StartsWith("step: 1.weight is computed from other parameters", error.Message);
        Assert.Equal(before, net.State().SelectMany(static entry => entry.Value.ToArray<float>()));
        Assert.Equal(0, optimizer.StepCount);
    }
}
