using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What Ops.Products must do.</summary>
internal static class Products
{
    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.General(Ops.MatMul,
            [
                Product([2, 3], [3, 4]), Product([1, 1], [1, 1]), Product([5, 2], [2, 1]), Product([2, 3, 4], [4, 2]), Product([2, 3, 4], [2, 4, 2]),
                Product([3, 4], [2, 4, 5]), Product([2, 1, 2, 3], [1, 3, 3, 2]), Product([2, 0], [0, 3]), Product([0, 2], [2, 3]), Product([2, 0, 3], [3, 2]),
            ],
            large: [Product([70, 300], [300, 90]), Product([3, 65, 40], [3, 40, 33])],
            misuses:
            [
                new("inner sizes", static () => Tensor.Ones([2, 3]).MatMul(Tensor.Ones([4, 5])), "matmul: f32[2,3] · f32[4,5]: inner sizes 3 and 4 differ."),
                new("a scalar", static () => Tensor.Scalar(1f).MatMul(Tensor.Ones([1, 1])), "a scalar has no rows or columns. Use * instead."),
                new("bool", static () => Tensor.Of([[true]]).MatMul(Tensor.Of([[true]])), "matmul: bool has no arithmetic. Convert it with To()."),
                new("batches", static () => Tensor.Ones([2, 1, 3]).MatMul(Tensor.Ones([3, 3, 1])), "matmul: [2] and [3] do not broadcast"),
            ]),
        OpSpec.General(Ops.Linear,
            [Affine([2, 3], 4), Affine([3], 2), Affine([2, 1, 3], 2), Affine([0, 3], 2), Affine([2, 2, 2, 5], 1)],
            large: [Affine([130, 300], 70)],
            misuses:
            [
                new("the input's size", static () => Tensor.Ones([2, 3]).Linear(Tensor.Ones([4, 5]), Tensor.Ones([4])),
                    "linear: the input is f32[2,3], expected [..., 5] for a weight of [4,5]."),
                new("the bias", static () => Tensor.Ones([2, 3]).Linear(Tensor.Ones([4, 3]), Tensor.Ones([3])), "linear: the bias is f32[3], expected [4]."),
                new("the weight", static () => Tensor.Ones([2, 3]).Linear(Tensor.Ones([3])), "linear: the weight is f32[3], expected [out, in]."),
            ]),
        OpSpec.General(Ops.LinearWithoutBias,
            [Linear([2, 3], 4), Linear([3], 2), Linear([2, 1, 3], 2), Linear([0, 3], 2)],
            large: [Linear([130, 300], 70)],
            misuses: [new("bool", static () => Tensor.Of([[true]]).Linear(Tensor.Of([[true]])), "linear: bool has no arithmetic. Convert it with To().")]),
    ];

    private static Case Product(int[] x, int[] y) => Case.Of(Ops.MatMul, default, Any(x), Any(y), Multiplying.MatMul);

    private static Case Affine(int[] x, int outputs) => Case.Of(Ops.Linear, default, Any(x), Any([outputs, x[^1]]), Any([outputs]), Multiplying.Linear);

    private static Case Linear(int[] x, int outputs) =>
        Case.Of(Ops.LinearWithoutBias, default, Any(x), Any([outputs, x[^1]]),
            static (x, w) => Multiplying.Linear(x, w, new NArray([w.Shape[0]], new double[w.Shape[0]])));

    private static Input Any(int[] shape) => new(shape, Domain.Plain);
}
