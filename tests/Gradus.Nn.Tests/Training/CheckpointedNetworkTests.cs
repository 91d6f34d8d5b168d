namespace Gradus.Nn.Tests.Training;

public class CheckpointedNetworkTests
{
    [Fact]
    public void Running_statistics_move_once()
    {
        // given
        Sequential plain = Net(), checkpointed = Net();
        var x = Tensor.Randn([8, 4], generator: new Generator(1)).RequireGrad();

        // when
        plain.Forward(x).Square().Sum().Backward();
        Autograd.Checkpoint(checkpointed.Forward, x).Square().Sum().Backward();

        // then
        Same(plain, checkpointed);

        static Sequential Net() =>
            Drawn(new Sequential(new Linear(4, 4), new BatchNorm1d(4), new Tanh(), new Reshaped(),
                new InstanceNorm1d(2, trackRunningStatistics: true), new Flatten(), new Dropout(), new Linear(4, 2)));
    }

    [Fact]
    public void A_power_iteration_is_made_once_and_the_gradient_is_that_of_what_was_computed()
    {
        // given
        Sequential plain = Net(), checkpointed = Net();
        var x = Tensor.Randn([8, 6], generator: new Generator(1)).RequireGrad();

        // when
        plain.Forward(x).Square().Sum().Backward();
        Autograd.Checkpoint(checkpointed.Forward, x).Square().Sum().Backward();

        // then
        Same(plain, checkpointed);

        static Sequential Net()
        {
            var hidden = Drawn(new Linear(6, 6));
            return new Sequential(SpectralNorm.Apply(hidden), new Tanh());
        }
    }

    [Fact]
    public void Walked_twice_and_inside_another_it_moves_once_too()
    {
        // given
        BatchNorm1d plain = new(3), checkpointed = new(3);
        var x = Tensor.Randn([8, 3], generator: new Generator(1)).RequireGrad();

        // when
        plain.Forward(x).Square().Sum().Backward();
        var loss = Autograd.Checkpoint(outer => Autograd.Checkpoint(checkpointed.Forward, outer), x).Square().Sum();
        loss.Backward(retainGraph: true);
        loss.Backward();

        // then
        Assert.Equal(plain.RunningMean!.Value.ToArray<float>(), checkpointed.RunningMean!.Value.ToArray<float>());
        Assert.Equal(plain.RunningVar!.Value.ToArray<float>(), checkpointed.RunningVar!.Value.ToArray<float>());
        Assert.Equal(1, checkpointed.NumBatchesTracked!.Value.Item());
        Assert.Equal(plain.Weight!.Grad!.ToArray<float>(), (checkpointed.Weight!.Grad! * 0.5).ToArray<float>());
    }

    [Fact]
    public void A_module_of_ones_own_can_tell_the_second_evaluation()
    {
        // given
        var counting = new Counting();
        var x = Tensor.Ones([2]).RequireGrad();

        // when
        Autograd.Checkpoint(counting.Forward, x).Sum().Backward();

        // then
        Assert.Equal((1, 2), (counting.First, counting.All));
        Assert.False(Autograd.IsRecomputing);
    }

    [Theory, InlineData("eval"), InlineData("buffer")]
    public void A_second_evaluation_that_gives_something_else_is_an_error(string change)
    {
        // given
        var net = Drawn(new Sequential(new Linear(4, 4), new BatchNorm1d(4)));
        var x = Tensor.Randn([8, 4], generator: new Generator(1)).RequireGrad();
        var factor = Tensor.Ones([4]);
        var loss = Autograd.Checkpoint(input => net.Forward(input) * factor, x).Square().Sum();

        // when
        if (change == "eval") net.Eval();
        else factor.Fill(2);
        var error = Assert.Throws<GradusException>(() => loss.Backward());

        // then
        Assert.StartsWith("backward: the function of a checkpoint gave another result when it was evaluated again", error.Message);
        Assert.Null(x.Grad);
    }

    [Fact]
    public void Inside_a_functional_call_the_gradients_are_those_of_its_tensors()
    {
        // given: y = Σ (w·x)², w = 3 in place of 1, x = 5, so that dy/dw = 2·w·x² = 150, dy/dx = 2·w²·x = 90
        var layer = new Linear(1, 1, bias: false);
        layer.Weight.Value.Detach().Fill(1);
        Tensor weight = Tensor.Of([[3f]]).RequireGrad(), x = Tensor.Of([[5f]]).RequireGrad();
        var net = new Checkpointed(layer);

        // when
        var y = net.FunctionalCall(new Dictionary<string, Tensor> { ["inner.weight"] = weight }, x).Square().Sum();
        y.Backward();

        // then
        Assert.Equal(225, y.Item());
        Assert.Equal((150, 90), (weight.Grad!.Item(), x.Grad!.Item()));
        Assert.Null(layer.Weight.Grad);
    }

    private static T Drawn<T>(T module) where T : Module
    {
        module.Initialize(3);
        return module;
    }

    private static void Same(Module plain, Module checkpointed)
    {
        foreach (var ((name, expected), (_, actual)) in plain.State().Zip(checkpointed.State()))
        {
            Assert.True(expected.ToArray<double>().SequenceEqual(actual.ToArray<double>()), name);
        }

        foreach (var ((name, expected), (_, actual)) in plain.NamedParameters().Zip(checkpointed.NamedParameters()))
        {
            Assert.True(expected.Grad!.ToArray<double>().SequenceEqual(actual.Grad!.ToArray<double>()), name);
        }
    }

    private sealed class Reshaped : Module<Tensor, Tensor>
    {
        protected override Tensor Compute(Tensor input) => input.Reshape(-1, 2, 2);
    }

    private sealed class Counting : Module<Tensor, Tensor>
    {
        public int First { get; private set; }

        public int All { get; private set; }

        protected override Tensor Compute(Tensor input)
        {
            if (!Autograd.IsRecomputing) First++;
            All++;
            return input * 2;
        }
    }

    private sealed class Checkpointed : Module<Tensor, Tensor>
    {
        public Checkpointed(Linear inner) => Inner = inner;

        public Linear Inner { get; set => field = Register(value); }

        protected override Tensor Compute(Tensor input) => Autograd.Checkpoint(Inner.Forward, input);
    }
}
