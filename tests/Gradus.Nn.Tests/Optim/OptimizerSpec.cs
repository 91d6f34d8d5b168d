namespace Gradus.Nn.Tests;

/// <summary>All that the checks have to know of an optimizer with some settings.</summary>
/// <param name="Make">One of these parameters; the learning rate is null where the spec's own serves.</param>
/// <param name="Text">How it prints.</param>
public sealed record OptimizerSpec(Func<IEnumerable<Parameter>, Optimizer> Make, string Text)
{
    /// <summary>Steps that the parabola takes, and Rosenbrock's valley; 0 where the valley is not for it.</summary>
    public (int Parabola, int Valley) Steps { get; init; } = (6000, 15_000);

    /// <summary>How near to the bottom it comes.</summary>
    public (double Parabola, double Valley) Distance { get; init; } = (1e-3, 0.02);

    /// <summary>Whether its parameters have to be matrices.</summary>
    public bool TakesMatrices { get; init; }

    /// <summary>Whether a step has a fused update, which allocates nothing.</summary>
    public bool IsFused { get; init; } = true;

    /// <summary>Whether a step evaluates the loss.</summary>
    public bool TakesLoss { get; init; }

    /// <summary>A spec for every optimizer, and for each way that its update can go.</summary>
    public static readonly IReadOnlyDictionary<string, OptimizerSpec> All = new Dictionary<string, OptimizerSpec>
    {
        ["sgd"] = new(static p => new Sgd(p, new() { LearningRate = 1e-3 }), "Sgd(0.001)"),
        ["momentum"] = new(static p => new Sgd(p, new() { LearningRate = 5e-4, Momentum = 0.9 }), "Sgd(0.0005, momentum 0.9)"),
        ["dampened"] = new(static p => new Sgd(p, new() { LearningRate = 1e-3, Momentum = 0.9, Dampening = 0.5 }), "Sgd(0.001, momentum 0.9)"),
        ["nesterov"] = new(static p => new Sgd(p, new() { LearningRate = 5e-4, Momentum = 0.9, Nesterov = true }), "Sgd(0.0005, Nesterov's momentum 0.9)"),
        ["adam"] = new(static p => new Adam(p, new() { LearningRate = 0.02 }), "Adam(0.02, β 0.9 and 0.999)"),
        ["amsgrad"] = new(static p => new Adam(p, new() { LearningRate = 0.02, AmsGrad = true }), "Adam(0.02, β 0.9 and 0.999, AMSGrad)"),
        ["adamw"] = new(static p => new AdamW(p, new() { LearningRate = 0.02, WeightDecay = 0 }), "AdamW(0.02, β 0.9 and 0.999)"),
        ["adamw, decaying"] = new(static p => new AdamW(p, new() { LearningRate = 0.02 }), "AdamW(0.02, β 0.9 and 0.999)")
        {
            Steps = (6000, 0),
            Distance = (0.02, 0),
        },
        ["adam, decaying"] = new(
            static p => new Adam(p, new() { LearningRate = 0.02, WeightDecay = 1e-4, AmsGrad = true }), "Adam(0.02, β 0.9 and 0.999, AMSGrad)"),
        ["adagrad"] = new(static p => new Adagrad(p, 0.5), "Adagrad(0.5, ε 1E-10)"),
        ["adagrad, decaying"] = new(
            static p => new Adagrad(p, new() { LearningRate = 0.5, LearningRateDecay = 1e-3, WeightDecay = 1e-4, InitialSum = 0.1 }), "Adagrad(0.5, ε 1E-10)")
        {
            Steps = (6000, 0),
        },
        ["adadelta"] = new(static p => new Adadelta(p, new() { LearningRate = 1, WeightDecay = 1e-4 }), "Adadelta(1, ρ 0.9)")
        {
            Steps = (6000, 0),
            Distance = (5e-3, 0),
        },
        ["adamax"] = new(static p => new Adamax(p, new() { LearningRate = 0.02 }), "Adamax(0.02, β 0.9 and 0.999)"),
        ["averaged"] = new(static p => new AveragedSgd(p, new() { LearningRate = 1e-3, Lambda = 1e-6, AverageFrom = 5 }), "AveragedSgd(0.001, λ 1E-06)"),
        ["nadam"] = new(static p => new NAdam(p, 0.02), "NAdam(0.02, β 0.9 and 0.999)"),
        ["nadam, decoupled"] = new(
            static p => new NAdam(p, new() { LearningRate = 0.02, WeightDecay = 1e-5, Decoupled = true }), "NAdam(0.02, β 0.9 and 0.999)"),
        ["radam"] = new(static p => new RAdam(p, 2e-3), "RAdam(0.002, β 0.9 and 0.999)"),
        ["radam, decoupled"] = new(
            static p => new RAdam(p, new() { LearningRate = 2e-3, WeightDecay = 1e-5, Decoupled = true }), "RAdam(0.002, β 0.9 and 0.999)"),
        ["rmsprop"] = new(static p => new RmsProp(p, 1e-3), "RmsProp(0.001, α 0.99)"),
        ["rmsprop, momentum"] = new(static p => new RmsProp(p, new() { LearningRate = 2e-4, Momentum = 0.9 }), "RmsProp(0.0002, α 0.99, momentum 0.9)"),
        ["rmsprop, centered"] = new(
            static p => new RmsProp(p, new() { LearningRate = 1e-3, WeightDecay = 1e-4, Centered = true }), "RmsProp(0.001, α 0.99, centered)")
        {
            Steps = (6000, 0),
            Distance = (1e-2, 0),
        },
        ["rprop"] = new(static p => new Rprop(p), "Rprop(0.01, η 0.5 and 1.2)"),
        ["lion"] = new(static p => new Lion(p, new() { LearningRate = 1e-3, WeightDecay = 1e-3 }), "Lion(0.001, β 0.9 and 0.99)")
        {
            Steps = (6000, 15_000),
            Distance = (5e-3, 0.1),
        },
        ["lamb"] = new(static p => new Lamb(p, new() { LearningRate = 1e-3, WeightDecay = 1e-4 }), "Lamb(0.001, β 0.9 and 0.999)")
        {
            Steps = (6000, 0),
            Distance = (1e-2, 0),
        },
        ["adafactor"] = new(static p => new Adafactor(p, new() { LearningRate = 0.01, WeightDecay = 1e-5 }), "Adafactor(0.01, clipping 1)")
        {
            Steps = (6000, 15_000),
            Distance = (2e-2, 0.1),
            IsFused = false,
        },
        ["muon"] = new(static p => new Muon(p, new() { LearningRate = 1e-3, WeightDecay = 0 }), "Muon(0.001, Nesterov's momentum 0.95)")
        {
            Steps = (6000, 0),
            Distance = (5e-3, 0),
            TakesMatrices = true,
            IsFused = false,
        },
        ["muon, matched"] = new(
            static p => new Muon(p, new() { LearningRate = 0.01, WeightDecay = 1e-4, Nesterov = false, Scale = MuonScale.MatchAdamW }),
            "Muon(0.01, momentum 0.95)")
        {
            Steps = (6000, 0),
            Distance = (0.02, 0),
            TakesMatrices = true,
            IsFused = false,
        },
        ["l-bfgs"] = new(static p => new Lbfgs(p), "Lbfgs(1, history 100, strong Wolfe)")
        {
            Steps = (3, 8),
            Distance = (1e-5, 1e-4),
            IsFused = false,
            TakesLoss = true,
        },
        ["l-bfgs without a search"] = new(static p => new Lbfgs(p, new() { LearningRate = 0.3, StrongWolfe = false, History = 5 }), "Lbfgs(0.3, history 5)")
        {
            Steps = (10, 0),
            Distance = (1e-4, 0),
            IsFused = false,
            TakesLoss = true,
        },
    };

    /// <summary>Names of all, and of those that a check is for.</summary>
    public static TheoryData<string> Names(Func<OptimizerSpec, bool> which) => [.. All.Where(entry => which(entry.Value)).Select(static entry => entry.Key)];

    /// <summary>Makes steps on a loss.</summary>
    public static void Minimize(Optimizer optimizer, Func<Tensor> loss, int steps)
    {
        for (var step = 0; step < steps; step++) optimizer.Step(() => loss().Sum());
    }
}
