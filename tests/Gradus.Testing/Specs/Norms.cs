using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What Ops.Norms must do.</summary>
internal static class Norms
{
    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.General(Ops.LayerNorm, [Layer([2, 3], 2), Layer([5], 2), Layer([2, 1, 4], 1), Layer([3, 70], 2), Layer([2, 130], 0), Layer([0, 3], 2)],
            OpSpec.AllTypes, Promotion.Real, Loose, large: [Layer([300, 257], 2)],
            misuses:
            [
                new("the weight's size", static () => Tensor.Ones([2, 5]).LayerNorm(Tensor.Ones([4])),
                    "layerNorm: the input is f32[2,5], the weight f32[4]: expected [5]."),
                new("the bias's shape", static () => Tensor.Ones([2, 5]).LayerNorm(Tensor.Ones([5]), Tensor.Ones([1, 5])),
                    "layerNorm: the input is f32[2,5], the bias f32[1,5]: expected [5]."),
                new("a bias alone", static () => Tensor.Ones([2, 5]).LayerNorm(null, Tensor.Ones([5])), "layerNorm: a bias needs a weight."),
                new("a scalar", static () => Tensor.Scalar(1f).LayerNorm(), "layerNorm: the input is f32[], a scalar, which has no rows."),
            ]),
        OpSpec.General(Ops.RmsNorm, [Root([2, 3], 1), Root([5], 1), Root([3, 70], 1), Root([2, 1, 130], 0)], OpSpec.AllTypes, Promotion.Real, Loose,
            large: [Root([300, 257], 1)],
            misuses: [new("the weight's size", static () => Tensor.Ones([2, 5]).RmsNorm(Tensor.Ones([4])),
                "rmsNorm: the input is f32[2,5], the weight f32[4]: expected [5].")]),
        OpSpec.General(Ops.BatchNorm, [Batch([4, 3]), Batch([3, 2, 5]), Batch([2, 2, 3, 3]), Batch([2, 2, 4, 5])], OpSpec.AllTypes, Promotion.Real, Loose,
            large: [Batch([8, 5, 30, 31]), Batch([700, 90])],
            misuses:
            [
                new("one value for each channel", static () => Tensor.Ones([1, 3]).BatchNorm(Tensor.Ones([3]), Tensor.Ones([3])),
                    "batchNorm: the input is f32[1,3]: one value for each channel has no variance."),
                new("the weight's size", static () => Tensor.Ones([2, 3]).BatchNorm(Tensor.Ones([2]), Tensor.Ones([3])),
                    "batchNorm: the input is f32[2,3], the weight f32[2]: expected [3]."),
                new("no channels", static () => Tensor.Ones([3]).BatchNorm(Tensor.Ones([3]), Tensor.Ones([3])),
                    "batchNorm: the input is f32[3], expected [samples, channels, ...]."),
            ]),
        OpSpec.General(Ops.BatchNormInference, [Given([4, 3]), Given([2, 2, 5]), Given([1, 2, 4, 5]), Given([0, 2])], OpSpec.AllTypes, Promotion.Real, Loose,
            large: [Given([8, 5, 30, 31])],
            misuses:
            [
                new("the variance's size", static () => Tensor.Ones([2, 3]).BatchNorm(Tensor.Ones([3]), Tensor.Ones([3]), Tensor.Ones([3]), Tensor.Ones([2])),
                    "batchNorm: the input is f32[2,3], the variance f32[2]: expected [3]."),
            ]),
    ];

    private static Case Layer(int[] shape, int parameters) => Case.Of(Ops.LayerNorm, new NormArgs(0.1), Inputs(shape, shape[^1], parameters), static a =>
        [Normalizing.Affine(Normalizing.EachRow(a[0], static row => Normalizing.Standard(row, true, 0.1)), a[1..])]);

    private static Case Root(int[] shape, int parameters) => Case.Of(Ops.RmsNorm, new NormArgs(0.1), Inputs(shape, shape[^1], parameters), static a =>
        [Normalizing.Affine(Normalizing.EachRow(a[0], static row => Normalizing.Standard(row, false, 0.1)), a[1..])]);

    private static Case Batch(int[] shape) => Case.Of(Ops.BatchNorm, new NormArgs(0.1), Inputs(shape, shape[1], 2), static a =>
        Normalizing.Channels(a[0]) is var (mean, variance) ? [Normalizing.Batch(a[0], a[1], a[2], mean, variance, 0.1), mean, variance] : []);

    private static Case Given(int[] shape) => Case.Of(Ops.BatchNormInference, new NormArgs(0.1),
        [.. Inputs(shape, shape[1], 3), new Input([shape[1]], Domain.Positive)], static a => [Normalizing.Batch(a[0], a[1], a[2], a[3], a[4], 0.1)]);

    private static Input[] Inputs(int[] shape, int size, int parameters) =>
        [new Input(shape, Domain.Plain), .. Enumerable.Repeat(new Input([size], Domain.Plain), parameters)];

    /// <summary>Differences from a mean lose a digit.</summary>
    private static Tolerance Loose(DType dtype) => dtype == DType.Float32 ? new(5e-6, 5e-6) : new(1e-13, 1e-13);
}
