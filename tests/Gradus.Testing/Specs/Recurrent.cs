using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What Ops.Recurrent must do.</summary>
internal static class Recurrent
{
    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.General(Ops.Lstm, [Lstm([2, 3, 2], 2, true), Lstm([3, 2, 1], 3, false), Lstm([1, 1, 2], 1, true)], OpSpec.AllTypes, Promotion.Real, Loose,
            large: [Lstm([70, 5, 9], 37, true), Lstm([5, 70, 9], 37, false)],
            misuses:
            [
                new("a matrix", static () => Run([2, 3], [2, 4], [16, 3], [16, 4], 16), "lstm: the input is f32[2,3], expected [batch, time, inputs]."),
                new("the input weight", static () => Run([2, 3, 4], [2, 4], [16, 3], [16, 4], 16),
                    "lstm: the input is f32[2,3,4], the input weight f32[16,3]: expected [4·hidden, 4]."),
                new("the state", static () => Run([2, 3, 4], [3, 4], [16, 4], [16, 4], 16), "lstm: the hidden state is f32[3,4], expected [2,4]."),
                new("the hidden weight", static () => Run([2, 3, 4], [2, 4], [16, 4], [16, 5], 16), "lstm: the hidden weight is f32[16,5], expected [16,4]."),
                new("the bias", static () => Run([2, 3, 4], [2, 4], [16, 4], [16, 4], 4), "lstm: the input bias is f32[4], expected [16]."),
            ]),
        OpSpec.General(Ops.Gru, [Gru([2, 3, 2], 2, true), Gru([3, 2, 1], 3, false), Gru([1, 1, 2], 1, true)], OpSpec.AllTypes, Promotion.Real, Loose,
            large: [Gru([70, 5, 9], 37, true), Gru([5, 70, 9], 37, false)],
            misuses:
            [
                new("the state", static () => Tensor.Ones([2, 3, 4]).Gru(Tensor.Ones([2, 5]), Tensor.Ones([12, 4]), Tensor.Ones([12, 4]),
                    Tensor.Ones([12]), Tensor.Ones([12])),
                    "gru: the hidden state is f32[2,5], expected [2,4]."),
            ]),
    ];

    private static void Run(int[] x, int[] state, int[] inputWeight, int[] hiddenWeight, int bias) =>
        Tensor.Ones([.. x]).Lstm(Tensor.Ones([.. state]), Tensor.Ones([.. state]), Tensor.Ones([.. inputWeight]), Tensor.Ones([.. hiddenWeight]),
            Tensor.Ones([bias]), Tensor.Ones([bias]));

    private static Case Lstm(int[] shape, int hidden, bool batchFirst) => Case.Of(Ops.Lstm, new RecurrentArgs(batchFirst),
        Inputs(shape, hidden, batchFirst, gates: 4, states: 2), a => Recurring.Lstm(a, batchFirst));

    private static Case Gru(int[] shape, int hidden, bool batchFirst) => Case.Of(Ops.Gru, new RecurrentArgs(batchFirst),
        Inputs(shape, hidden, batchFirst, gates: 3, states: 1), a => Recurring.Gru(a, batchFirst));

    private static Input[] Inputs(int[] shape, int hidden, bool batchFirst, int gates, int states) =>
    [
        Any(shape), .. Enumerable.Repeat(Any([shape[batchFirst ? 0 : 1], hidden]), states),
        Any([gates * hidden, shape[2]]), Any([gates * hidden, hidden]), Any([gates * hidden]), Any([gates * hidden]),
    ];

    private static Input Any(int[] shape) => new(shape, new Domain(-0.5, 0.5));

    private static Tolerance Loose(DType dtype) => dtype == DType.Float32 ? new(5e-6, 5e-6) : new(1e-13, 1e-13);
}
