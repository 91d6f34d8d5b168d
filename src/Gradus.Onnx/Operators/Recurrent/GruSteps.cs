namespace Gradus.Onnx;

/// <summary>
/// z = f(…), r = f(…), n = g(W·x + r·(R·h + b)), or with the reset before the product g(W·x + R·(r·h) + b); h ← (1 − z)·n + z·h. Gates lie as z, r, n.
/// </summary>
internal sealed class GruSteps(RecurrentCall run, int direction) : RecurrentSteps(run, direction, "Sigmoid", "Tanh")
{
    private bool ResetsAfter => Run.Call.Flag("linear_before_reset");

    public override (Tensor Outputs, Tensor Hidden, Tensor? Cell)? RunAtOnce(Tensor input)
    {
        if (!HasDefaultActivations || !ResetsAfter || Run.Clip > 0 || !input.DType.IsFloat) return null;
        // The kernel's gates lie as r, z, n.
        var (outputs, hidden) = input.Gru(
            Hidden, Ordered(InputWeight, 1, 0, 2), Ordered(HiddenWeight, 1, 0, 2),
            Ordered(InputBias, 1, 0, 2), Ordered(HiddenBias, 1, 0, 2), batchFirst: false);
        return (outputs, hidden, null);
    }

    public override void Step(Tensor input)
    {
        var fromInput = input.Linear(InputWeight, InputBias).Split(Run.Hidden, 1);
        Tensor Recurrent(int gate, Tensor state) => state.Linear(Gate(HiddenWeight, gate), Gate(HiddenBias, gate));
        var update = Activate(0, fromInput[0] + Recurrent(0, Hidden));
        var reset = Activate(0, fromInput[1] + Recurrent(1, Hidden));
        var candidate = Activate(1, fromInput[2] + (ResetsAfter ? reset * Recurrent(2, Hidden) : Recurrent(2, reset * Hidden)));
        Hidden = ((1 - update) * candidate) + (update * Hidden);
    }
}
