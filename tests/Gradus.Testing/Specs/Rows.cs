using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What Ops.Rows must do.</summary>
internal static class Rows
{
    private static readonly int[][] Shapes = [[5], [2, 3], [2, 1, 4], [3, 1], [2, 2, 2, 70], [0, 3]];

    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.General(Ops.Softmax, Shapes.Select(shape => Of(Ops.Softmax, shape, Normalizing.Softmax)), OpSpec.AllTypes, Promotion.Real,
            large: [Of(Ops.Softmax, [130, 1001], Normalizing.Softmax)],
            misuses: [new("a scalar", static () => Tensor.Scalar(1f).Softmax(), "softmax: axis -1 of a scalar, which has no axes.")]),
        OpSpec.General(Ops.LogSoftmax, Shapes.Select(shape => Of(Ops.LogSoftmax, shape, Normalizing.LogSoftmax)), OpSpec.AllTypes, Promotion.Real,
            large: [Of(Ops.LogSoftmax, [130, 1001], Normalizing.LogSoftmax)],
            misuses: [new("no such axis", static () => Tensor.Ones([2]).LogSoftmax(1), "logSoftmax: axis 1 is out of range for [2]; use -1 … 0.")]),
        OpSpec.General(Ops.CrossEntropy, [Entropy(3, 4), Entropy(1, 1), Entropy(70, 3), Entropy(2, 70)], OpSpec.Floats, large: [Entropy(300, 501)],
            misuses:
            [
                new("a label that is no class", static () => Tensor.Ones([2, 3]).CrossEntropy(Tensor.Of(1L, 3L)),
                    "crossEntropy: label 3 of sample 1 is not a class; there are 3, from 0 to 2."),
                new("a negative label", static () => Tensor.Ones([2, 3]).CrossEntropy(Tensor.Of(-1, 0)),
                    "crossEntropy: label -1 of sample 0 is not a class; there are 3, from 0 to 2."),
                new("shapes", static () => Tensor.Ones([2, 3]).CrossEntropy(Tensor.Of(1L)),
                    "crossEntropy: the logits are f32[2,3], the labels i64[1]; expected [samples, classes] and [samples]."),
                new("labels of f32", static () => Tensor.Ones([2, 3]).CrossEntropy(Tensor.Ones([2])),
                    "crossEntropy: expected i32 or i64 positions, got f32[2]."),
            ]),
        OpSpec.Elementwise(Ops.BinaryCrossEntropy, static (x, y) => Math.Max(x, 0) - (x * y) + Exponentials.Log1P(Math.Exp(-Math.Abs(x))),
            Domain.Plain, new Domain(0, 1), OpSpec.AllTypes, Promotion.Real, specials: false, tolerance: Tolerance.Accumulated),
    ];

    private static Case Of(UnaryOp<None> row, int[] shape, Func<double[], double[]> reference) =>
        Case.Of(row, default, new Input(shape, Domain.Plain), x => Normalizing.EachRow(x, reference));

    private static Case Entropy(int samples, int classes) =>
        Case.Of(Ops.CrossEntropy, default, new Input([samples, classes], Domain.Plain), Input.Index([samples], classes), static (x, labels) =>
            new NArray(labels.Shape, [.. labels.Values.Select((label, row) =>
                -Normalizing.LogSoftmax(x.Values[(row * x.Shape[1])..((row + 1) * x.Shape[1])])[(int)label])]));
}
