using Gradus.Nn;

namespace Gradus.Compare;

/// <summary>What Gradus does for each optimizer that compare_nn.py knows, by the name of its class.</summary>
internal static class Optimizers
{
    /// <summary>The optimizers that are compared.</summary>
    public static IReadOnlyDictionary<string, Func<IEnumerable<Parameter>, OperationArguments, Optimizer>> All { get; } =
        new Dictionary<string, Func<IEnumerable<Parameter>, OperationArguments, Optimizer>>
        {
            ["Sgd"] = static (p, a) => new Sgd(p, new()
            {
                LearningRate = Rate(a),
                WeightDecay = Decay(a),
                Momentum = a.Number("momentum"),
                Dampening = a.Number("dampening"),
                Nesterov = a.Flag("nesterov"),
            }),
            ["Adam"] = static (p, a) => new Adam(p, new()
            {
                LearningRate = Rate(a),
                WeightDecay = Decay(a),
                Beta1 = a.Number("beta1"),
                Beta2 = a.Number("beta2"),
                Epsilon = a.Number("epsilon"),
                AmsGrad = a.Flag("amsgrad"),
            }),
            ["AdamW"] = static (p, a) => new AdamW(p, new()
            {
                LearningRate = Rate(a),
                WeightDecay = Decay(a),
                Beta1 = a.Number("beta1"),
                Beta2 = a.Number("beta2"),
                Epsilon = a.Number("epsilon"),
                AmsGrad = a.Flag("amsgrad"),
            }),
            ["Adagrad"] = static (p, a) => new Adagrad(p, new()
            {
                LearningRate = Rate(a),
                WeightDecay = Decay(a),
                LearningRateDecay = a.Number("rateDecay"),
                InitialSum = a.Number("initial"),
                Epsilon = a.Number("epsilon"),
            }),
            ["Adadelta"] = static (p, a) => new Adadelta(p, new()
            {
                LearningRate = Rate(a),
                WeightDecay = Decay(a),
                Rho = a.Number("rho"),
                Epsilon = a.Number("epsilon"),
            }),
            ["Adamax"] = static (p, a) => new Adamax(p, new()
            {
                LearningRate = Rate(a),
                WeightDecay = Decay(a),
                Beta1 = a.Number("beta1"),
                Beta2 = a.Number("beta2"),
                Epsilon = a.Number("epsilon"),
            }),
            ["AveragedSgd"] = static (p, a) => new AveragedSgd(p, new()
            {
                LearningRate = Rate(a),
                WeightDecay = Decay(a),
                Lambda = a.Number("lambda"),
                Alpha = a.Number("alpha"),
                AverageFrom = a.Number("from"),
            }),
            ["NAdam"] = static (p, a) => new NAdam(p, new()
            {
                LearningRate = Rate(a),
                WeightDecay = Decay(a),
                Beta1 = a.Number("beta1"),
                Beta2 = a.Number("beta2"),
                Epsilon = a.Number("epsilon"),
                MomentumDecay = a.Number("momentumDecay"),
            }),
            ["RAdam"] = static (p, a) => new RAdam(p, new()
            {
                LearningRate = Rate(a),
                WeightDecay = Decay(a),
                Beta1 = a.Number("beta1"),
                Beta2 = a.Number("beta2"),
                Epsilon = a.Number("epsilon"),
            }),
            ["RmsProp"] = static (p, a) => new RmsProp(p, new()
            {
                LearningRate = Rate(a),
                WeightDecay = Decay(a),
                Alpha = a.Number("alpha"),
                Epsilon = a.Number("epsilon"),
                Momentum = a.Number("momentum"),
                Centered = a.Flag("centered"),
            }),
            ["Rprop"] = static (p, a) => new Rprop(p, new()
            {
                LearningRate = Rate(a),
                Shrink = a.Number("shrink"),
                Grow = a.Number("grow"),
                SmallestStep = a.Number("smallest"),
                LargestStep = a.Number("largest"),
            }),
            ["Lbfgs"] = static (p, a) => new Lbfgs(p, new()
            {
                LearningRate = Rate(a),
                Iterations = a.Int("iterations"),
                History = a.Int("history"),
                StrongWolfe = a.Flag("wolfe"),
            }),
        };

    private static double Rate(OperationArguments a) => a.Number("rate");

    private static double Decay(OperationArguments a) => a.Number("decay");
}
