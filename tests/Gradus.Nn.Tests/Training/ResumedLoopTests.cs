namespace Gradus.Nn.Tests.Training;

public class ResumedLoopTests
{
    [Fact]
    public void A_loop_of_ones_own_that_resumes_with_the_streams_gives_the_same_bits()
    {
        // given: ten steps, the states saved after four
        var whole = Net();
        var optimizer = new Adam(whole.Parameters(), 0.01);
        Train(whole, optimizer, 0, 4);
        var saved = Copy(whole.State().Concat(whole.RandomState()));
        var steps = Copy(optimizer.State());
        Train(whole, optimizer, 4, 10);

        // when: a network that was drawn, and has dropped, otherwise
        var resumed = Net();
        resumed.Forward(Tensor.Ones([3, 6]));
        resumed.LoadState(saved);
        resumed.LoadRandomState(saved);
        var second = new Adam(resumed.Parameters(), 0.01);
        second.LoadState(steps);
        Train(resumed, second, 4, 10);

        // then
        Assert.Equal(Weights(whole), Weights(resumed));
        Assert.Equal(["random-seed", "random-stream", "random-position", "random-position.2", "random-position.4"], whole.RandomState().Keys);
    }

    [Fact]
    public void Streams_that_do_not_fit_change_nothing()
    {
        // given
        var net = Net();
        net.Forward(Tensor.Ones([3, 6]));
        var state = Copy(net.RandomState());
        var before = state["random-position.2"].Item();
        state["random-position.7"] = Tensor.Scalar(4L);
        state["random-position.2"] = Tensor.Scalar(-1L);
        state.Remove("random-seed");

        // when
        var error = Assert.Throws<GradusException>(() => net.LoadRandomState(state));

        // then
        Assert.Equal(
            "random state: it does not fit Sequential: random-seed is missing, expected a single i64 number; " +
            "random-position.2 is -1, expected a whole number of at least 0; random-position.7 names no module.", error.Message);
        Assert.Equal(before, net.RandomState()["random-position.2"].Item());
        Assert.StartsWith("random state: Dropout is part of Sequential.", Assert.Throws<GradusException>(() => net[2].RandomState()).Message);
    }

    [Fact]
    public void A_stream_whose_name_holds_no_characters_is_refused()
    {
        // given
        var net = Net();
        var state = Copy(net.RandomState());
        state["random-stream"] = Tensor.Of(65, 65 + 65536);

        // when
        var error = Assert.Throws<GradusException>(() => net.LoadRandomState(state));

        // then
        Assert.Equal("random state: it does not fit Sequential: random-stream holds 65601, expected numbers of characters, 0 … 65535.", error.Message);
    }

    [Fact]
    public void A_part_that_is_called_random_is_loaded_beside_the_streams()
    {
        // given
        NetWithRandom net = new(), other = new();
        net.Random.Seed.Value.Detach().Fill(7);

        // when
        var saved = Copy(net.State().Concat(net.RandomState()));
        other.LoadState(saved);
        other.LoadRandomState(saved);

        // then
        Assert.Contains("random.seed", saved.Keys);
        Assert.Equal([7f, 7f], other.Random.Seed.Value.ToArray<float>());
    }

    private static Sequential Net() => new(new Linear(6, 12), new Relu(), new Dropout(), new Linear(12, 12), new Dropout(0.2), new Linear(12, 2));

    private static void Train(Sequential net, Adam optimizer, int from, int to)
    {
        for (var step = from; step < to; step++)
        {
            var x = Tensor.Randn([16, 6], generator: new Generator(step));
            optimizer.Step(() => net.Forward(x).Square().Mean());
        }
    }

    private static Dictionary<string, Tensor> Copy(IEnumerable<KeyValuePair<string, Tensor>> state) =>
        state.ToDictionary(static entry => entry.Key, static entry => entry.Value.Clone());

    private static float[] Weights(Module net) => [.. net.State().SelectMany(static entry => entry.Value.ToArray<float>())];

    private sealed class NetWithRandom : Module
    {
        public NetWithRandom() => Random = new PartWithSeed();

        public new PartWithSeed Random { get; set => field = Register(value); }
    }

    private sealed class PartWithSeed : Module
    {
        public PartWithSeed() => Seed = new Parameter([2], Init.Zeros);

        public Parameter Seed { get; set => field = Register(value)!; }
    }
}
