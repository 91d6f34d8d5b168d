namespace Gradus.Nn.Tests.Extending;

public class OwnParametrizationTests
{
    private static readonly Tensor X = Tensor.Randn([4, 3], generator: new Generator(1));

    [Fact]
    public void What_is_trained_takes_the_parameter_s_place_and_resumes_to_the_same_bits()
    {
        // given
        var whole = Symmetrical();
        var optimizer = new Adam(whole.Parameters(), 0.05);
        Train(whole, optimizer, 3);
        var (weights, steps) = (Copy(whole.State()), Copy(optimizer.State()));
        Train(whole, optimizer, 3);

        // when
        var resumed = Symmetrical();
        resumed.LoadState(weights);
        var second = new Adam(resumed.Parameters(), 0.05);
        second.LoadState(steps);
        Train(resumed, second, 3);

        // then
        Assert.Equal(["bias", "weight_half"], weights.Keys.Order());
        Assert.Equal(whole.Weight.Value.ToArray<float>(), resumed.Weight.Value.ToArray<float>());
        Assert.Equal(whole.Weight.Value.ToArray<float>(), whole.Weight.Value.Transpose().ToArray<float>());
    }

    [Fact]
    public void It_can_be_removed_and_the_parameter_has_the_values_it_had_last()
    {
        // given
        var layer = new Linear(3, 3);
        layer.Initialize(1);
        var symmetric = new Symmetric(layer);
        symmetric.Apply();
        var before = layer.Weight.Value.ToArray<float>();

        // when
        symmetric.Remove();

        // then
        Assert.Equal(["bias", "weight"], layer.State().Keys.Order());
        Assert.Equal(before, layer.Weight.Value.ToArray<float>());
        Assert.Equal("Symmetric(Linear, weight): it is not applied. Call Apply before Remove.", Assert.Throws<GradusException>(symmetric.Remove).Message);
    }

    [Fact]
    public void It_waits_for_the_first_input_like_the_layer_it_is_on()
    {
        // given
        var layer = new Linear(3);
        new Symmetric(layer).Apply();
        layer.Initialize(1);

        // when
        layer.Forward(X);

        // then
        Assert.Equal([3, 3], layer.Weight.Shape);
        Assert.Equal(layer.Weight.Value.ToArray<float>(), layer.Weight.Value.Transpose().ToArray<float>());
    }

    [Fact]
    public void A_buffer_is_brought_up_to_date_in_training_alone_and_saved()
    {
        // given
        var layer = new Linear(3, 3);
        layer.Initialize(1);
        new Counted(layer).Apply();

        // when
        layer.Forward(X);
        layer.Forward(X);
        layer.Eval();
        layer.Forward(X);

        // then
        Assert.Equal(2, layer.State()["weight_calls"].Item());
    }

    [Fact]
    public void What_cannot_be_applied_says_why_and_changes_nothing()
    {
        // given
        var layer = new Linear(3, 2);
        layer.Initialize(1);
        var before = layer.State().Keys.ToArray();

        // when
        string[] messages =
        [
            Assert.Throws<GradusException>(() => new Symmetric(layer, "wieght")).Message,
            Assert.Throws<GradusException>(() => new Wrong(layer, "nothing").Apply()).Message,
            Assert.Throws<GradusException>(() => new Wrong(layer, "twice").Apply()).Message,
            Assert.Throws<GradusException>(() => new Wrong(layer, "shape").Apply()).Message,
            Assert.Throws<GradusException>(() => new Wrong(layer, "null").Apply()).Message,
        ];

        // then
        Assert.Equal(
        [
            "Linear: it has no parameter wieght; there are weight, bias.",
            "Wrong(Linear, weight): nothing is trained in its place. Call Train in the constructor.",
            "Wrong(Linear, weight): weight_a is there twice. Give each Train and Keep a suffix of its own.",
            "Wrong(Linear, weight): Compute gave f32[], expected [2,3], the parameter's shape.",
            "Wrong(Linear, weight): Compute gave null, expected [2,3], the parameter's shape.",
        ], messages);
        Assert.Equal(before, layer.State().Keys);
    }

    [Fact]
    public void Applied_twice_it_says_so()
    {
        // given
        var symmetric = new Symmetric(new Linear(3, 3));
        symmetric.Apply();

        // when
        var error = Assert.Throws<GradusException>(symmetric.Apply);

        // then
        Assert.Equal("Symmetric(Linear, weight): weight is computed already, or was replaced since. Apply it once.", error.Message);
    }

    [Fact]
    public void One_that_reads_the_parameter_it_computes_is_an_error_and_no_end_of_the_process()
    {
        // given
        var layer = new Linear(3, 2);
        new Wrong(layer, "itself").Apply();
        layer.Initialize(1);

        // when
        var error = Assert.Throws<GradusException>(() => layer.Forward(X));

        // then
        Assert.EndsWith("Compute reads the parameter that it computes. Read what Train returned instead: LikeTarget has its values.", error.Message);
    }

    private static Linear Symmetrical()
    {
        var layer = new Linear(3, 3);
        layer.Initialize(1);
        new Symmetric(layer).Apply();
        return layer;
    }

    private static void Train(Linear layer, Optimizer optimizer, int steps)
    {
        for (var step = 0; step < steps; step++) optimizer.Step(() => Losses.MeanSquaredError(layer.Forward(X), X.Flip(1)));
    }

    private static Dictionary<string, Tensor> Copy(IReadOnlyDictionary<string, Tensor> state) =>
        state.ToDictionary(static entry => entry.Key, static entry => entry.Value.Clone());

    private sealed class Symmetric : Parametrization
    {
        private readonly Parameter _half;

        public Symmetric(Module module, string name = "weight") : base(module, name) => _half = Train("half", LikeTarget());

        protected override Tensor Compute() => (_half.Value + _half.Value.Transpose()) / 2;
    }

    private sealed class Counted : Parametrization
    {
        private readonly Parameter _like;
        private readonly ModuleBuffer _calls;

        public Counted(Module module) : base(module, "weight") =>
            (_like, _calls) = (Train("like", LikeTarget()), Keep("calls", new ModuleBuffer(Tensor.Scalar(0f))));

        protected override bool DiffersInTraining => true;

        protected override Tensor Compute() => _like;

        protected override void Refresh() => _calls.Value.CopyFrom(_calls.Value + 1);
    }

    private sealed class Wrong : Parametrization
    {
        private readonly string _fault;
        private readonly Linear _layer;

        public Wrong(Linear layer, string fault) : base(layer, "weight")
        {
            (_fault, _layer) = (fault, layer);
            if (fault != "nothing") Train("a", LikeTarget());
            if (fault == "twice") Keep("a", new ModuleBuffer(Tensor.Scalar(0f)));
        }

        protected override Tensor Compute() => _fault switch
        {
            "shape" => Tensor.Scalar(1f),
            "itself" => _layer.Weight.Value,
            _ => null!,
        };
    }
}
