namespace Gradus.Nn.Tests;

public class OptimizerTests
{
    [Fact]
    public void A_step_between_forward_and_backward_is_noticed()
    {
        // given
        var p = Tensor.Ones([300]).RequireGrad();
        var loss = p.Square().Sum();
        p.Grad = Tensor.Ones([300]);

        // when
        new Sgd([p], 0.1).Step();
        var error = Assert.Throws<GradusException>(() => loss.Backward());

        // then
        Assert.Contains("square saved its first input (f32[300]), and an optimizer's step changed it afterwards", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        // given
        var p = Tensor.Ones([1]).RequireGrad();
        Action[] acts =
        [
            () => _ = new Sgd([p], -0.1), () => _ = new Sgd([p], new SgdOptions { Nesterov = true }), () => _ = new Adam([p], new AdamOptions { Beta1 = 1 }),
            () => _ = new Sgd([], 0.1), () => _ = new AdamW([p, p]), () => _ = new Muon([p]), () => _ = new Rprop([p], new RpropOptions { WeightDecay = 0.1 }),
            () => new Lbfgs([p]).Step(),
        ];

        // when
        var messages = acts.Select(static act => Assert.Throws<GradusException>(act).Message);

        // then
        Assert.Equal(
            [
                "optimizer: LearningRate is -0.1, expected at least 0.", "optimizer: Momentum is 0, expected above 0, and no dampening, for Nesterov's.",
                "optimizer: Beta1 is 1, expected in [0, 1).", "Sgd: there are no parameters to train.",
                "AdamW: Parameter [1] is given twice and would be moved twice.",
                "Muon: 0 is [1], expected a matrix. Give the other parameters to AdamW.",
                "optimizer: WeightDecay is 0.1, expected none, for only the gradient's sign is used.",
                "Lbfgs: a step evaluates the loss several times. Call Step(() => loss), which also goes back from it.",
            ], messages);
    }

    [Fact]
    public void Groups_have_their_own_rate_and_decay_and_biases_need_not_decay()
    {
        // given: gradients of zero, so that only the decay moves anything, but for the group whose rate is 0
        var net = new Sequential(new Linear(2, 2), new Linear(2, 2), new Linear(2, 2));
        net.Initialize(1);
        var before = net.State().ToDictionary(static entry => entry.Key, static entry => entry.Value.ToArray<float>());
        var optimizer = new AdamW(net.Parameters(), new()
        {
            LearningRate = 0.5,
            WeightDecay = 0.1,
            DecayBiasesAndNorms = false,
            Groups =
            [
                ParameterGroup.Named("1.*") with { LearningRateFactor = 0 },
                ParameterGroup.Where(static (name, parameter) => name == "2.bias" && parameter.Shape.Rank == 1) with { WeightDecay = 0.2 },
            ],
        });

        // when
        foreach (var parameter in net.Parameters()) parameter.Grad = Tensor.Zeros(parameter.Shape);
        optimizer.Step();

        // then
        var factors = net.State().ToDictionary(static entry => entry.Key, entry => entry.Value.ToArray<float>()[0] / before[entry.Key][0]);
        Assert.Equal(
            new Dictionary<string, double> { ["0.weight"] = 0.95, ["0.bias"] = 1, ["1.weight"] = 1, ["1.bias"] = 1, ["2.weight"] = 0.95, ["2.bias"] = 0.9 },
            factors.ToDictionary(static entry => entry.Key, static entry => Math.Round(entry.Value, 5)));
        Assert.Equal("Named(\"1.*\") × 0, weight decay 0.5", (ParameterGroup.Named("1.*") with { LearningRateFactor = 0, WeightDecay = 0.5 }).ToString());
    }

    [Fact]
    public void State_is_saved_under_the_parameters_names_and_refused_where_it_does_not_fit()
    {
        // given
        var net = new Sequential(new Linear(2, 3));
        var optimizer = new Adam(net.Parameters());
        OptimizerSpec.Minimize(optimizer, () => net.Forward(Tensor.Ones([1, 2])), 2);

        // when
        var state = optimizer.State();
        var fault = state.Where(static entry => entry.Key != "0.bias.exp_avg").Append(new("1.weight.step", Tensor.Of(1))).ToDictionary();
        var error = Assert.Throws<GradusException>(() => optimizer.LoadState(fault));

        // then
        Assert.Equal(
            ["step_count", "learning_rate", "0.weight.step", "0.weight.exp_avg", "0.weight.exp_avg_sq", "0.bias.step", "0.bias.exp_avg", "0.bias.exp_avg_sq"],
            state.Keys);
        Assert.Equal("state: it does not fit Adam: 0.bias.exp_avg is missing; 1.weight.step is unknown.", error.Message);
    }

    [Fact]
    public void Gradients_of_small_batches_add_up_to_the_gradient_of_the_large_one()
    {
        // given
        Tensor inputs = Tensor.Randn([8, 3], DType.Float64, new Generator(1)), targets = Tensor.Randn([8, 1], DType.Float64, new Generator(2));
        Tensor whole = Tensor.Ones([3, 1], DType.Float64).RequireGrad(), parts = Tensor.Ones([3, 1], DType.Float64).RequireGrad();

        // when
        Losses.MeanSquaredError(inputs.MatMul(whole), targets).Backward();
        for (var start = 0; start < 8; start += 2)
        {
            (Losses.MeanSquaredError(inputs.Slice(0, start, 2).MatMul(parts), targets.Slice(0, start, 2)) / 4).Backward();
        }

        // then
        Assert.True(whole.Grad!.AllClose(parts.Grad!, 1e-12));
    }
}
