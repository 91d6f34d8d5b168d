namespace Gradus.Nn.Tests.Layers.Specs;

internal static class LinearSpecs
{
    public static readonly Dictionary<string, ModuleSpec> All = new()
    {
        ["MemberLinear"] = ModuleSpec.Of(static () => new MemberLinear(2, 3, 4), [2, 5, 3], [2, 5, 4], "MemberLinear(2 × (3 → 4))"),
        ["PiecewiseLinear"] = ModuleSpec.Of(static () => Learnt(new PiecewiseLinear(3, 2, 4)), [5, 3], [5, 12], "PiecewiseLinear(3 × (2 bins → 4))"),
        ["Linear"] = ModuleSpec.Of(static () => new Linear(3, 4), [2, 3], [2, 4], "Linear(3 → 4)"),
        ["Linear of sequences"] = ModuleSpec.Of(static () => new Linear(3, 4, bias: false), [2, 5, 3], [2, 5, 4], "Linear(3 → 4, no bias)"),
        ["Linear of any size"] = ModuleSpec.Of(static () => new Linear(4), [2, 3], [2, 4], "Linear(3 → 4)"),
        ["Identity"] = ModuleSpec.Of(static () => new Identity(), [2, 3], [2, 3], "Identity()"),
        ["Bilinear"] = ModuleSpec.Of(
            static () => new Bilinear(3, 2, 4), static (layer, x) => layer.Forward((x[0], x[1])), [[5, 3], [5, 2]], [5, 4], "Bilinear(3, 2 → 4)"),
        ["Bilinear without bias"] = ModuleSpec.Of(
            static () => new Bilinear(3, 2, 4, bias: false), static (layer, x) => layer.Forward((x[0], x[1])), [[2, 5, 3], [2, 5, 2]], [2, 5, 4],
            "Bilinear(3, 2 → 4, no bias)"),
        ["CosineSimilarity"] = ModuleSpec.Of(
            static () => new CosineSimilarity(), static (layer, x) => layer.Forward((x[0], x[1])), [[4, 3], [4, 3]], [4], "CosineSimilarity(axis 1, ε 1E-08)"),
        ["PairwiseDistance"] = ModuleSpec.Of(
            static () => new PairwiseDistance(), static (layer, x) => layer.Forward((x[0], x[1])), [[4, 3], [4, 3]], [4], "PairwiseDistance(2, ε 1E-06)"),
        ["PairwiseDistance of a norm"] = ModuleSpec.Of(
            static () => new PairwiseDistance(3, keepDim: true), static (layer, x) => layer.Forward((x[0], x[1])), [[4, 3], [4, 3]], [4, 1],
            "PairwiseDistance(3, ε 1E-06)"),
        ["AdaptiveLogSoftmaxWithLoss"] = ModuleSpec.Of(
            static () => new AdaptiveLogSoftmaxWithLoss(4, 7, [3, 5], divisor: 2),
            static (layer, x) => layer.Forward((x[0], x[1])) is var (output, loss) ? output + loss : x[0],
            [ModuleSpec.Draw([5, 4]), Tensor.Of(6L, 0, 3, 2, 5)], [5],
            "AdaptiveLogSoftmaxWithLoss(4 → 7, clusters from 3, 5\n  head: Linear(4 → 5, no bias)\n  tail: ModuleList(\n    0: Sequential(\n" +
            "      0: Linear(4 → 2, no bias)\n      1: Linear(2 → 2, no bias)\n    )\n    1: Sequential(\n      0: Linear(4 → 1, no bias)\n" +
            "      1: Linear(1 → 2, no bias)\n    )\n  )\n)"),
        ["Perceptron"] = ModuleSpec.Of(static () => new Perceptron(3, 4), [2, 3], [2, 4], "Perceptron(3 → 4)"),
        ["Perceptron of any size"] = ModuleSpec.Of(static () => new Perceptron(4), [2, 5, 3], [2, 5, 4], "Perceptron(3 → 4)"),
        ["SwiGlu"] = ModuleSpec.Of(
            static () => new SwiGlu(3), [2, 3], [2, 3],
            "SwiGlu(\n  gate_proj: Linear(3 → 8, no bias)\n  up_proj: Linear(3 → 8, no bias)\n  down_proj: Linear(8 → 3, no bias)\n)"),
    };

    private static PiecewiseLinear Learnt(PiecewiseLinear layer)
    {
        layer.Learn(ModuleSpec.Draw([100, 3]).To(DType.Float32));
        return layer;
    }
}
