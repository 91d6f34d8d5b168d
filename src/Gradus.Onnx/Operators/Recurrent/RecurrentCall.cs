namespace Gradus.Onnx;

/// <summary>What RNN, GRU and LSTM share: directions, lengths, first states, the layout of their outputs.</summary>
internal sealed class RecurrentCall
{
    private RecurrentCall(OnnxCall call, int gates)
    {
        (Call, Gates) = (call, gates);
        // [time, batch, …], whatever the layout.
        IsBatchFirst = call.Flag("layout");
        Input = IsBatchFirst ? call.X.SwapAxes(0, 1) : call.X;
        Hidden = call.Y.Shape[1] / gates;
        var direction = call.Text("direction", "forward");
        Directions = call.Y.Shape[0];
        IsReverse = direction == "reverse";
        if (Directions != (direction == "bidirectional" ? 2 : 1)) throw call.Fault($"weights {call.Y.Describe()} for direction {PlainText.Quote(direction)}");
        Lengths = call.Optional(4);
    }

    public OnnxCall Call { get; }

    /// <summary>How many gates lie in a weight one below the other.</summary>
    public int Gates { get; }

    public bool IsBatchFirst { get; }

    /// <summary>[time, batch, features].</summary>
    public Tensor Input { get; }

    /// <summary>The width of the state.</summary>
    public int Hidden { get; }

    public int Directions { get; }

    public bool IsReverse { get; }

    /// <summary>The steps of each sequence; null where all have all.</summary>
    public Tensor? Lengths { get; }

    /// <summary>The bound of what goes into activations; 0 for none.</summary>
    public double Clip => Call.Float("clip", 0);

    public static OnnxResults Of(OnnxCall call, int gates, Func<RecurrentCall, int, RecurrentSteps> make)
    {
        var run = new RecurrentCall(call, gates);
        var directions = Enumerable.Range(0, run.Directions).Select(direction => run.Run(make(run, direction), run.IsReverse || direction == 1)).ToArray();
        // [time, directions, batch, hidden] and [directions, batch, hidden].
        var outputs = Tensor.Stack([.. directions.Select(static result => result.Outputs)], 1);
        var hidden = Tensor.Stack([.. directions.Select(static result => result.Hidden)]);
        var cell = directions[0].Cell is null ? null : Tensor.Stack([.. directions.Select(static result => result.Cell!)]);
        return run.IsBatchFirst
            ? (outputs.Permute(2, 0, 1, 3), hidden.SwapAxes(0, 1), cell?.SwapAxes(0, 1))
            : (outputs, hidden, cell);
    }

    /// <summary>A first state: [batch, hidden], zeros where none is given.</summary>
    public Tensor State(int input, int direction)
    {
        if (Call.Optional(input) is not { } given) return Tensor.Zeros([Input.Shape[1], Hidden], Input.DType);
        return (IsBatchFirst ? given.SwapAxes(0, 1) : given).Select(0, direction);
    }

    /// <summary>The weights or biases of a direction.</summary>
    public Tensor? Part(int input, int direction) => Call.Optional(input)?.Select(0, direction);

    private (Tensor Outputs, Tensor Hidden, Tensor? Cell) Run(RecurrentSteps steps, bool isReverse)
    {
        var input = isReverse ? Turn(Input) : Input;
        var result = Lengths is null && steps.RunAtOnce(input) is { } whole ? whole : StepByStep(steps, input);
        return isReverse ? result with { Outputs = Turn(result.Outputs) } : result;
    }

    private (Tensor Outputs, Tensor Hidden, Tensor? Cell) StepByStep(RecurrentSteps steps, Tensor input)
    {
        var outputs = new Tensor[input.Shape[0]];
        for (var step = 0; step < outputs.Length; step++)
        {
            var (hidden, cell) = (steps.Hidden, steps.Cell);
            steps.Step(input.Select(0, step));
            outputs[step] = steps.Hidden;
            if (Lengths is null) continue;
            // A sequence that has ended keeps its state, and gives zeros.
            var goesOn = Lengths.To(DType.Int64).Greater((long)step).Unsqueeze(1);
            outputs[step] = Tensor.Where(goesOn, steps.Hidden, Tensor.ZerosLike(steps.Hidden));
            steps.Hidden = Tensor.Where(goesOn, steps.Hidden, hidden);
            if (cell is not null) steps.Cell = Tensor.Where(goesOn, steps.Cell!, cell);
        }

        return (outputs.Length == 0 ? Tensor.Zeros([0, input.Shape[1], Hidden], input.DType) : Tensor.Stack(outputs), steps.Hidden, steps.Cell);
    }

    // From the last step to the first; of a shorter sequence from its own last.
    private Tensor Turn(Tensor sequence)
    {
        if (Lengths is null) return sequence.Flip(0);
        var steps = Tensor.Arange(sequence.Shape[0]).Unsqueeze(1);
        var lengths = Lengths.To(DType.Int64).Unsqueeze(0);
        var index = Tensor.Where(steps.Less(lengths), lengths - 1L - steps, steps);
        return sequence.Gather(0, index.Unsqueeze(2).BroadcastTo(sequence.Shape));
    }
}
