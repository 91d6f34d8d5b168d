namespace Gradus.Onnx;

/// <summary>
/// i, o, f = f(W·x + R·h + p·c + b), c ← f·c + i·g(…), h ← o·h(c). Gates lie as i, o, f, c; the weights p, from the cell to its gates, as i, o, f.
/// </summary>
internal sealed class LstmSteps : RecurrentSteps
{
    private readonly Tensor? _peepholes;

    public LstmSteps(RecurrentCall run, int direction) : base(run, direction, "Sigmoid", "Tanh", "Tanh")
    {
        Cell = run.State(6, direction);
        _peepholes = run.Part(7, direction);
    }

    private bool CouplesGates => Run.Call.Flag("input_forget");

    public override (Tensor Outputs, Tensor Hidden, Tensor? Cell)? RunAtOnce(Tensor input)
    {
        if (!HasDefaultActivations || CouplesGates || _peepholes is not null || Run.Clip > 0 || !input.DType.IsFloat) return null;
        // The kernel's gates lie as i, f, c, o.
        return input.Lstm(
            Hidden, Cell!, Ordered(InputWeight, 0, 2, 3, 1), Ordered(HiddenWeight, 0, 2, 3, 1),
            Ordered(InputBias, 0, 2, 3, 1), Ordered(HiddenBias, 0, 2, 3, 1), batchFirst: false);
    }

    public override void Step(Tensor input)
    {
        var gates = (input.Linear(InputWeight, InputBias) + Hidden.Linear(HiddenWeight, HiddenBias)).Split(Run.Hidden, 1);
        var cell = Cell!;
        Tensor Peep(int gate, Tensor state) => _peepholes is null ? gates[gate] : gates[gate] + (Gate(_peepholes, gate) * state);
        var enters = Activate(0, Peep(0, cell));
        var stays = CouplesGates ? 1 - enters : Activate(0, Peep(2, cell));
        Cell = (stays * cell) + (enters * Activate(1, gates[3]));
        Hidden = Activate(0, Peep(1, Cell)) * Activate(2, Cell);
    }
}
