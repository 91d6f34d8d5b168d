namespace Gradus.Nn.Tests;

public class OptimizerTests
{
    /// <summary>Each optimizer by name, with settings under which it minimises both functions.</summary>
    private static readonly Dictionary<string, Func<Tensor, Optimizer>> Optimizers = new()
    {
        ["sgd"] = static p => new Sgd([p], new() { LearningRate = 1e-3 }),
        ["momentum"] = static p => new Sgd([p], new() { LearningRate = 5e-4, Momentum = 0.9 }),
        ["dampened"] = static p => new Sgd([p], new() { LearningRate = 1e-3, Momentum = 0.9, Dampening = 0.5 }),
        ["nesterov"] = static p => new Sgd([p], new() { LearningRate = 5e-4, Momentum = 0.9, Nesterov = true }),
        ["adam"] = static p => new Adam([p], new() { LearningRate = 0.02 }),
        ["adamw"] = static p => new AdamW([p], new() { LearningRate = 0.02, WeightDecay = 0 }),
    };

    private static readonly Dictionary<string, SgdOptions> SgdVariants = new()
    {
        ["plain"] = new() { LearningRate = 0.1 },
        ["decay"] = new() { LearningRate = 0.1, WeightDecay = 0.2 },
        ["momentum"] = new() { LearningRate = 0.1, Momentum = 0.9, WeightDecay = 0.1 },
        ["dampened"] = new() { LearningRate = 0.1, Momentum = 0.9, Dampening = 0.3 },
        ["nesterov"] = new() { LearningRate = 0.1, Momentum = 0.9, Nesterov = true, WeightDecay = 0.1 },
    };

    public static TheoryData<string> Names => [.. Optimizers.Keys];

    public static TheoryData<string> Variants => [.. SgdVariants.Keys];

    [Theory, MemberData(nameof(Names))]
    public void It_finds_the_bottom_of_a_parabola(string name)
    {
        // given
        var p = Tensor.Of(3.0, -2.0).RequireGrad();
        var optimizer = Optimizers[name](p);

        // when
        Minimise(optimizer, () => ((p - 1).Square() * Tensor.Of(1.0, 3.0)).Sum(), 6000);

        // then
        Assert.All(p.ToArray<double>(), static value => Assert.Equal(1, value, 1e-3));
        Assert.Equal(6000, optimizer.StepCount);
    }

    [Theory, MemberData(nameof(Names))]
    public void It_follows_the_valley_of_Rosenbrock(string name)
    {
        // given
        var p = Tensor.Of(-1.0, 1.0).RequireGrad();
        var optimizer = Optimizers[name](p);

        // when
        Minimise(optimizer, () => (1 - p[0]).Square() + (100 * (p[1] - p[0].Square()).Square()), 15_000);

        // then
        Assert.All(p.ToArray<double>(), static value => Assert.Equal(1, value, 0.02));
    }

    [Theory, MemberData(nameof(Variants))]
    public void Ten_steps_of_gradient_descent_equal_its_specification(string name)
    {
        // given
        var options = SgdVariants[name];
        var start = Tensor.Randn([37], DType.Float64, new Generator(1));
        var p = start.Clone().RequireGrad();
        var optimizer = new Sgd([p], options);
        Tensor expected = start;
        Tensor? velocity = null;

        // when
        for (var step = 0; step < 10; step++)
        {
            (expected, velocity) = Sgd.Spec(options, expected, expected.Tanh(), velocity);
            p.Grad = p.Detach().Tanh();
            optimizer.Step();
        }

        // then
        AssertClose(expected, p);
    }

    [Theory, InlineData(false, 0.0), InlineData(false, 0.1), InlineData(true, 0.1)]
    public void Ten_steps_of_Adam_equal_its_specification(bool decoupled, double decay)
    {
        // given
        var options = new AdamOptions { LearningRate = 0.1, WeightDecay = decay };
        var start = Tensor.Randn([37], DType.Float64, new Generator(1));
        var p = start.Clone().RequireGrad();
        Optimizer optimizer = decoupled ? new AdamW([p], options) : new Adam([p], options);
        Tensor expected = start, first = Tensor.Zeros([37], DType.Float64), second = first;

        // when
        for (var step = 1; step <= 10; step++)
        {
            (expected, first, second) = AdamBase.Spec(options, decoupled, decay, expected, expected * 2, first, second, step);
            p.Grad = p.Detach() * 2;
            optimizer.Step();
        }

        // then
        AssertClose(expected, p);
    }

    [Theory, MemberData(nameof(Names))]
    public void Frozen_parameters_and_those_without_a_gradient_stay(string name)
    {
        // given
        var frozen = new Parameter(Tensor.Ones([3], DType.Float64)) { IsFrozen = true };
        frozen.Grad = Tensor.Ones([3], DType.Float64);
        var untouched = Tensor.Ones([3], DType.Float64).RequireGrad();

        // when
        Optimizer[] optimizers = [new Sgd([frozen], 0.1), new AdamW([frozen], 0.1), Optimizers[name](untouched)];
        foreach (var optimizer in optimizers) optimizer.Step();

        // then
        Assert.Equal([1.0, 1, 1], frozen.Value.ToArray<double>());
        Assert.Equal([1.0, 1, 1], untouched.ToArray<double>());
    }

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
            () => _ = new Sgd([], 0.1), () => _ = new AdamW([p, p]),
        ];

        // when
        var messages = acts.Select(static act => Assert.Throws<GradusException>(act).Message);

        // then
        Assert.Equal(
            [
                "optimizer: LearningRate is -0.1, expected at least 0.", "optimizer: Momentum is 0, expected above 0, and no dampening, for Nesterov's.",
                "optimizer: Beta1 is 1, expected in [0, 1).", "Sgd: there are no parameters to train.", "AdamW: Parameter [1] is given twice and would be moved twice.",
            ], messages);
    }

    [Fact]
    public void A_cosine_warms_up_and_cools_down()
    {
        // given
        var schedule = Schedule.Cosine(total: 110, warmup: 10);

        // when
        var factors = new[] { 0L, 9, 10, 60, 110, 200 }.Select(schedule.At).ToArray();

        // then
        Assert.Equal([1.0 / 11, 10.0 / 11, 1, 0.5, 0, 0], factors.Select(static factor => Math.Round(factor, 12)), static (x, y) => Math.Abs(x - y) < 1e-9);
        Assert.Equal(1, Schedule.Constant.At(1000));
    }

    private static void Minimise(Optimizer optimizer, Func<Tensor> loss, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            optimizer.ZeroGrad();
            loss().Sum().Backward();
            optimizer.Step();
        }
    }

    private static void AssertClose(Tensor expected, Tensor actual) =>
        Assert.All(expected.ToArray<double>().Zip(actual.ToArray<double>()), static pair => Assert.Equal(pair.First, pair.Second, 1e-12));
}
