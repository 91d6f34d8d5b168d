using System.Globalization;

namespace Gradus.Nn.Tests;

/// <summary>Against numbers that PyTorch gave: tests/compare-torch/nn_optim.py writes torch_steps.txt.</summary>
public class TorchStepsTests
{
    private static readonly Dictionary<string, Func<Tensor, Optimizer>> Optimizers = new()
    {
        ["sgd"] = static p => new Sgd([p], new() { LearningRate = 0.1, Momentum = 0.9, Dampening = 0.3, WeightDecay = 0.1 }),
        ["nesterov"] = static p => new Sgd([p], new() { LearningRate = 0.1, Momentum = 0.9, Nesterov = true, WeightDecay = 0.1 }),
        ["adam"] = static p => new Adam([p], new() { LearningRate = 0.1, WeightDecay = 0.1 }),
        ["amsgrad"] = static p => new Adam([p], new() { LearningRate = 0.1, Beta1 = 0.5, Beta2 = 0.6, AmsGrad = true }),
        ["adamw"] = static p => new AdamW([p], 0.1),
        ["adagrad"] = static p => new Adagrad([p], new() { LearningRate = 0.1, LearningRateDecay = 0.1, WeightDecay = 0.1, InitialSum = 0.2 }),
        ["adadelta"] = static p => new Adadelta([p], new() { LearningRate = 0.7, WeightDecay = 0.1 }),
        ["adamax"] = static p => new Adamax([p], new() { LearningRate = 0.1, WeightDecay = 0.1 }),
        ["averaged"] = static p => new AveragedSgd([p], new() { LearningRate = 0.1, Lambda = 0.01, AverageFrom = 3, WeightDecay = 0.1 }),
        ["nadam"] = static p => new NAdam([p], new() { LearningRate = 0.1, WeightDecay = 0.1 }),
        ["radam"] = static p => new RAdam([p], new() { LearningRate = 0.1, WeightDecay = 0.1 }),
        ["rmsprop"] = static p => new RmsProp([p], new() { LearningRate = 0.1, Momentum = 0.5, WeightDecay = 0.1 }),
        ["rmsprop, centered"] = static p => new RmsProp([p], new() { LearningRate = 0.1, Centered = true }),
        ["rprop"] = static p => new Rprop([p], 0.1),
    };

    private static readonly Dictionary<string, Schedule> Schedules = new()
    {
        ["schedule step"] = Schedule.Step(3, 0.5),
        ["schedule multistep"] = Schedule.MultiStep([3, 5]),
        ["schedule constant"] = Schedule.Held(0.5, 4),
        ["schedule linear"] = Schedule.Linear(0.25, 1, 5),
        ["schedule exponential"] = Schedule.Exponential(0.9),
        ["schedule polynomial"] = Schedule.Polynomial(8, 2),
        ["schedule cosine"] = Schedule.CosineAnnealing(8, 0.1),
        ["schedule restarts"] = Schedule.CosineWarmRestarts(3, 2, 0.1),
        ["schedule cyclic"] = Schedule.Cyclic(0.2, 4, 2, CycleShape.Halving),
        ["schedule onecycle"] = Schedule.OneCycle(13),
        ["schedule onecycle, three phases"] = Schedule.OneCycle(13, 0.4, linear: true, threePhases: true),
    };

    private static readonly Dictionary<string, double[]> Torch = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Optim", "torch_steps.txt"))
        .Select(static line => line.Split('\t'))
        .ToDictionary(
            static fields => fields[0], static fields => fields[1..].Select(static field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray());

    public static TheoryData<string> OptimizerNames => [.. Optimizers.Keys];

    public static TheoryData<string> ScheduleNames => [.. Schedules.Keys];

    [Theory, MemberData(nameof(OptimizerNames))]
    public void Ten_steps_end_where_PyTorchs_do(string name)
    {
        // given
        var p = Tensor.Of([[-1.2, 0.3, 0.8], [2.0, -0.05, 1e-3]]).RequireGrad();
        var optimizer = Optimizers[name](p);

        // when
        for (var step = 0; step < 10; step++)
        {
            p.Grad = p.Detach().Sin() + (0.5 * ((step % 3) - 1));
            optimizer.Step();
        }

        // then
        // Its ASGD keeps the rate in float32, its NAdam the product of the momenta.
        var tolerance = name is "averaged" or "nadam" ? 1e-6 : 1e-11;
        Assert.All(Torch[name].Zip(p.ToArray<double>()), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }

    [Theory, MemberData(nameof(ScheduleNames))]
    public void Twelve_factors_are_PyTorchs(string name)
    {
        // when
        var factors = Enumerable.Range(0, 12).Select(step => Schedules[name].At(step));

        // then
        Assert.All(Torch[name].Zip(factors), static pair => Assert.Equal(pair.First, pair.Second, 1e-11));
    }
}
