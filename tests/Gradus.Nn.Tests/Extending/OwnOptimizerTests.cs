namespace Gradus.Nn.Tests.Extending;

public class OwnOptimizerTests
{
    private static readonly Tensor X = Tensor.Randn([16, 3], generator: new Generator(1));
    private static readonly Tensor Y = X.Sum(1, keepDim: true);

    [Fact]
    public void It_trains_and_resumes_to_the_same_bits()
    {
        // given: ten steps, the states saved after four
        var whole = Net();
        var optimizer = new Momentum(whole.Parameters(), new());
        Train(whole, optimizer, 4);
        var (weights, steps) = (Copy(whole.State()), Copy(optimizer.State()));
        var first = Loss(whole).Item();
        Train(whole, optimizer, 6);

        // when
        var resumed = Net();
        resumed.LoadState(weights);
        var second = new Momentum(resumed.Parameters(), new());
        second.LoadState(steps);
        Train(resumed, second, 6);

        // then
        Assert.True(Loss(whole).Item() < first);
        Assert.Equal(Bits(whole), Bits(resumed));
        Assert.Equal(10, second.StepCount);
        Assert.Contains("0.weight.velocity", steps.Keys);
        Assert.Equal("Momentum(0.05, m 0.9)", second.ToString());
    }

    [Fact]
    public void It_takes_the_very_steps_of_the_library_s()
    {
        // given
        Sequential own = Net(), library = Net();
        Optimizer momentum = new Momentum(own.Parameters(), new() { WeightDecay = 0.01 });
        Optimizer sgd = new Sgd(library.Parameters(), new() { LearningRate = 0.05, Momentum = 0.9, WeightDecay = 0.01 });

        // when
        Train(own, momentum, 5);
        Train(library, sgd, 5);

        // then
        Assert.All(own.Parameters().Zip(library.Parameters()), static pair => Assert.True(pair.First.Value.AllClose(pair.Second.Value, 1e-5, 1e-6)));
    }

    [Fact]
    public void Rates_decay_groups_and_frozen_parameters_work_as_for_the_others()
    {
        // given
        var seen = new Dictionary<string, (double Rate, double Decay, long Step)>();
        var net = Net();
        net[2].Freeze();
        var optimizer = new Recorder(net.Parameters(), new()
        {
            WeightDecay = 0.1,
            DecayBiasesAndNorms = false,
            Groups = [ParameterGroup.Named("0.weight") with { LearningRateFactor = 0.5, WeightDecay = 0.2 }],
        }, seen);

        // when
        Train(net, optimizer, 2);
        optimizer.LearningRate = 0.1;
        Train(net, optimizer, 1);

        // then
        Assert.Equal(["0.bias", "0.weight"], seen.Keys.Order());
        Assert.Equal((0.05, 0.2, 3L), seen["0.weight"]);
        Assert.Equal((0.1, 0.0, 3L), seen["0.bias"]);
    }

    [Fact]
    public void Its_states_follow_the_element_type()
    {
        // given
        var net = Net();
        var optimizer = new Momentum(net.Parameters(), new());
        Train(net, optimizer, 2);

        // when
        net.To(DType.Float64);
        Train(net, optimizer, 1, DType.Float64);

        // then
        Assert.Equal(DType.Float64, optimizer.State()["0.weight.velocity"].DType);
    }

    [Fact]
    public void States_that_take_over_one_another_and_the_parameter_get_what_was_before_the_step()
    {
        // given
        var weight = Tensor.Of(0f).RequireGrad();
        var optimizer = new Shifting([weight]);

        // when: 0 → 1 → 2 → 3
        for (var step = 0; step < 3; step++)
        {
            weight.Grad = Tensor.Of(1f);
            optimizer.Step();
        }

        // then: the first value of "last" is the parameter's own, in memory apart
        Assert.Equal(3, weight.Item());
        Assert.Equal(2, optimizer.State()["0.last"].Item());
        Assert.Equal(1, optimizer.State()["0.before"].Item());
    }

    public static TheoryData<string, string> Faults => new()
    {
        { "shape", "Faulty: Update gave f32[2,2] for 0, expected f32[2]. Return the parameter's new values." },
        { "null", "Faulty: Update gave null for 0, expected f32[2]. Return the parameter's new values." },
        { "integers", "Faulty: Update gave i64[2] for 0, expected f32[2]. Return the parameter's new values." },
        { "state", "Faulty: the state m of 0 would become f32[], expected f32[2]. A state keeps its shape; FirstState says which." },
        { "name", "Faulty: there is no state n; StateNames has m." },
    };

    [Theory, MemberData(nameof(Faults))]
    public void A_wrong_update_is_an_error_that_changes_nothing(string fault, string message)
    {
        // given
        var weight = Tensor.Of(1f, 2f).RequireGrad();
        var optimizer = new Faulty([weight]);
        weight.Grad = Tensor.Of(1f, 1f);
        optimizer.Step();
        var before = Copy(optimizer.State());

        // when
        optimizer.Fault = fault;
        var error = Assert.Throws<GradusException>(optimizer.Step);

        // then: it goes on from there
        Assert.Equal(message, error.Message);
        Assert.Equal([0f, 1f], weight.ToArray<float>());
        Assert.Equal(before["0.step"].Item(), optimizer.State()["0.step"].Item());
        Assert.Equal(before["0.m"].ToArray<float>(), optimizer.State()["0.m"].ToArray<float>());
        optimizer.Fault = "";
        optimizer.Step();
        Assert.Equal([-1f, 0f], weight.ToArray<float>());
    }

    [Theory]
    [InlineData("a,a", "a is there twice")]
    [InlineData("a,", "a name is empty")]
    [InlineData("a.b", "a.b has a dot, which stands between a parameter's name and its state's")]
    [InlineData("step", "step is the optimizer's own; take another name")]
    public void Names_of_states_that_cannot_be_are_refused(string names, string fault)
    {
        // given
        var weight = Tensor.Of(1f).RequireGrad();
        weight.Grad = Tensor.Of(1f);
        var optimizer = new Named([weight], names.Split(','));

        // when
        var error = Assert.Throws<GradusException>(optimizer.Step);

        // then
        Assert.Equal($"Named: StateNames are wrong: {fault}.", error.Message);
    }

    [Fact]
    public void A_first_state_of_integers_is_refused()
    {
        // given
        var weight = Tensor.Of(1f).RequireGrad();
        weight.Grad = Tensor.Of(1f);

        // when
        var error = Assert.Throws<GradusException>(new Named([weight], ["count"]).Step);

        // then
        Assert.Equal("Named: FirstState gave i64[] for count, expected a tensor of floating point.", error.Message);
    }

    [Fact]
    public void The_doctor_makes_its_step_and_takes_it_back()
    {
        // given
        var net = Net();
        var optimizer = new Momentum(net.Parameters(), new());
        Train(net, optimizer, 2);
        var (weights, velocity) = (Bits(net), optimizer.State()["0.weight.velocity"].ToArray<float>());

        // when
        var examination = Doctor.Examine(net, () => Loss(net), optimizer);

        // then
        Assert.All(examination.Layers.Where(static layer => layer.Weight is not null), static layer => Assert.True(layer.Update > 0));
        Assert.Equal(weights, Bits(net));
        Assert.Equal(velocity, optimizer.State()["0.weight.velocity"].ToArray<float>());
    }

    private static Sequential Net()
    {
        var net = new Sequential(new Linear(3, 8), new Tanh(), new Linear(8, 1));
        net.Initialize(1);
        return net;
    }

    private static Tensor Loss(Sequential net, DType? dtype = null) =>
        Losses.MeanSquaredError(net.Forward(X.To(dtype ?? DType.Float32)), Y.To(dtype ?? DType.Float32));

    private static void Train(Sequential net, Optimizer optimizer, int steps, DType? dtype = null)
    {
        for (var step = 0; step < steps; step++) optimizer.Step(() => Loss(net, dtype));
    }

    private static Dictionary<string, Tensor> Copy(IReadOnlyDictionary<string, Tensor> state) =>
        state.ToDictionary(static entry => entry.Key, static entry => entry.Value.Clone());

    private static float[] Bits(Sequential net) => net.ParametersToVector().ToArray<float>();

    private sealed record MomentumOptions() : OptimizerOptions(0.05)
    {
        public double Mu { get; init; } = 0.9;
    }

    private sealed class Momentum : Optimizer
    {
        private readonly MomentumOptions _options;

        public Momentum(IEnumerable<Parameter> parameters, MomentumOptions options) : base(parameters, options)
        {
            _options = options;
            Require(options.Mu is >= 0 and < 1, "Mu", options.Mu, "in [0, 1)");
        }

        protected override IReadOnlyList<string> StateNames => ["velocity"];

        protected override string Describe() => FormattableString.Invariant($"m {_options.Mu}");

        protected override Tensor Update(Tensor parameter, Tensor gradient, ParameterState state)
        {
            state["velocity"] = (state["velocity"] * _options.Mu) + gradient + (parameter * state.WeightDecay);
            return parameter - (state["velocity"] * state.LearningRate);
        }
    }

    private sealed class Recorder(IEnumerable<Parameter> parameters, MomentumOptions options, Dictionary<string, (double Rate, double Decay, long Step)> seen)
        : Optimizer(parameters, options)
    {
        protected override Tensor Update(Tensor parameter, Tensor gradient, ParameterState state)
        {
            seen[state.Name] = (state.LearningRate, state.WeightDecay, state.Step);
            return parameter;
        }
    }

    private sealed class Shifting(IEnumerable<Parameter> parameters) : Optimizer(parameters, new MomentumOptions())
    {
        protected override IReadOnlyList<string> StateNames => ["last", "before"];

        protected override Tensor FirstState(string name, Tensor parameter) => parameter;

        protected override Tensor Update(Tensor parameter, Tensor gradient, ParameterState state)
        {
            state["before"] = state["last"];
            state["last"] = parameter;
            return parameter + gradient;
        }
    }

    private sealed class Faulty(IEnumerable<Parameter> parameters) : Optimizer(parameters, new MomentumOptions())
    {
        public string Fault { get; set; } = "";

        protected override IReadOnlyList<string> StateNames => ["m"];

        protected override Tensor Update(Tensor parameter, Tensor gradient, ParameterState state)
        {
            state["m"] += gradient;
            if (Fault == "state") state["m"] = Tensor.Scalar(1f);
            if (Fault == "name") return state["n"];
            return Fault switch
            {
                "shape" => Tensor.Zeros([2, 2]),
                "null" => null!,
                "integers" => Tensor.Of(1L, 2L),
                _ => parameter - gradient,
            };
        }
    }

    private sealed class Named(IEnumerable<Parameter> parameters, string[] names) : Optimizer(parameters, new MomentumOptions())
    {
        protected override IReadOnlyList<string> StateNames => names;

        protected override Tensor FirstState(string name, Tensor parameter) => name == "count" ? Tensor.Scalar(0L) : base.FirstState(name, parameter);

        protected override Tensor Update(Tensor parameter, Tensor gradient, ParameterState state) => parameter;
    }
}
