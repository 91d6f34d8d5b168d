namespace Gradus;

internal static partial class Ops
{
    /// <summary>
    /// (all h, last h, last c) of an LSTM. Inputs x, h₀, c₀, input weight, hidden weight, input bias, hidden bias. Keeps gates and cells of all steps.
    /// </summary>
    public static readonly FusedOp<RecurrentArgs> Lstm = new("lstm")
    {
        Symbol = "LSTM",
        MultiplyAdds = static node => RecurrentTerms(node, firstWeight: 3),
        Promote = Promote.Real,
        Outputs = 3,
        Infer = RecurrentKernels.InferLstm,
        Spec = static (t, args) =>
        {
            var axis = args.BatchFirst ? 1 : 0;
            Tensor hidden = t[1], cell = t[2];
            var steps = new Tensor[t[0].Shape[axis]];
            for (var step = 0; step < steps.Length; step++)
            {
                var gates = Part(t[0].Select(axis, step).Linear(t[3], t[5]) + hidden.Linear(t[4], t[6]), 4);
                cell = (gates[1].Sigmoid() * cell) + (gates[0].Sigmoid() * gates[2].Tanh());
                hidden = gates[3].Sigmoid() * cell.Tanh();
                steps[step] = hidden;
            }

            return [Tensor.Stack(steps, axis), hidden, cell];
        },
        Run = RecurrentKernels.RunLstm,
        Backward = RecurrentKernels.BackwardLstm,
    };

    /// <summary>(all h, last h) of a GRU. Inputs x, h₀, input weight, hidden weight, input bias, hidden bias. Keeps the gates of all steps.</summary>
    public static readonly FusedOp<RecurrentArgs> Gru = new("gru")
    {
        Symbol = "GRU",
        MultiplyAdds = static node => RecurrentTerms(node, firstWeight: 2),
        Promote = Promote.Real,
        Outputs = 2,
        Infer = RecurrentKernels.InferGru,
        Spec = static (t, args) =>
        {
            var axis = args.BatchFirst ? 1 : 0;
            var hidden = t[1];
            var steps = new Tensor[t[0].Shape[axis]];
            for (var step = 0; step < steps.Length; step++)
            {
                var inputs = Part(t[0].Select(axis, step).Linear(t[2], t[4]), 3);
                var states = Part(hidden.Linear(t[3], t[5]), 3);
                var update = (inputs[1] + states[1]).Sigmoid();
                var candidate = (inputs[2] + ((inputs[0] + states[0]).Sigmoid() * states[2])).Tanh();
                hidden = ((1 - update) * candidate) + (update * hidden);
                steps[step] = hidden;
            }

            return [Tensor.Stack(steps, axis), hidden];
        },
        Run = RecurrentKernels.RunGru,
        Backward = RecurrentKernels.BackwardGru,
    };

    /// <summary>The gates that lie side by side in the last axis.</summary>
    private static Tensor[] Part(Tensor gates, int count)
    {
        var size = gates.Shape[-1] / count;
        return [.. Enumerable.Range(0, count).Select(gate => gates.Slice(1, gate * size, size))];
    }

    /// <summary>At each step as many as the two weights have elements.</summary>
    private static long RecurrentTerms(Node node, int firstWeight) =>
        node.Input(0).Shape.ElementCount / node.Input(0).Shape[-1] *
            (node.Input(firstWeight).Shape.ElementCount + node.Input(firstWeight + 1).Shape.ElementCount);
}
