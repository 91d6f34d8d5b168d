namespace Gradus.Onnx;

/// <summary>Graphs inside of graphs: a branch, a loop, a scan. Each runs by the values that it meets, so that back-propagation goes through what ran.</summary>
internal static class ControlOperators
{
    // A file may ask for 2⁶³ turns that do nothing.
    private const long MostTurns = 100_000_000;

    public static readonly OnnxOperator[] Rows =
    [
        new("If", 1, static call => If(call)),
        new("Loop", 1, static call => Loop(call)),
        new("Scan", 8, static call => throw call.Fault("Scan of version 8"))
        {
            Until = 8,
            Refuses = static _ => "Scan of version 8, which has an axis of batches",
        },
        new("Scan", 9, static call => Scan(call)),
        new("OptionalHasElement", 15, static call => Tensor.Scalar(call.Optional(0) is not null)),
        new("OptionalGetElement", 15, static call => call.X),
    ];

    private static OnnxResults If(OnnxCall call)
    {
        var branch = Graph(call, call.X.Reshape().Item<bool>() ? "then_branch" : "else_branch");
        return branch.Run(call.Model, call.Frame, []);
    }

    private static OnnxResults Loop(OnnxCall call)
    {
        var body = Graph(call, "body");
        var turns = call.Wholes(0) is [var given, ..] ? given : long.MaxValue;
        var goesOn = call.Optional(1)?.Reshape().Item<bool>() ?? true;
        var carried = new Tensor?[call.InputCount - 2];
        for (var index = 0; index < carried.Length; index++) carried[index] = call.Optional(index + 2);
        var scanned = new List<Tensor>[Math.Max(0, body.Outputs.Count - 1 - carried.Length)];
        for (var index = 0; index < scanned.Length; index++) scanned[index] = [];
        for (var turn = 0L; goesOn && turn < turns; turn++)
        {
            if (turn == MostTurns) throw call.Fault($"more than {MostTurns} turns");
            var results = body.Run(call.Model, call.Frame, [Tensor.Scalar(turn), Tensor.Scalar(true), .. carried]);
            goesOn = results[0]?.Reshape().Item<bool>() ?? true;
            Array.Copy(results, 1, carried, 0, carried.Length);
            for (var index = 0; index < scanned.Length; index++) scanned[index].Add(results[1 + carried.Length + index]!);
        }

        return (Tensor?[])[.. carried, .. scanned.Select(values => Stack(call, body, values))];
    }

    private static OnnxResults Scan(OnnxCall call)
    {
        var body = Graph(call, "body");
        var inputs = call.Size(call.Int("num_scan_inputs"));
        var states = call.InputCount - inputs;
        var outputs = body.Outputs.Count - states;
        if (inputs < 1 || states < 0 || outputs < 0 || body.Inputs.Count != call.InputCount) throw call.Fault($"{inputs} inputs to scan of {call.InputCount}");
        var axes = call.Ints("scan_input_axes") ?? new long[inputs];
        var directions = call.Ints("scan_input_directions") ?? new long[inputs];
        var scanned = Enumerable.Range(0, inputs).Select(index => Steps(call, call[states + index], axes[index], directions[index] != 0)).ToArray();
        if (Array.Exists(scanned, steps => steps.Length != scanned[0].Length)) throw call.Fault("inputs to scan of several lengths");
        var carried = Enumerable.Range(0, states).Select(call.Optional).ToArray();
        var made = Enumerable.Range(0, outputs).Select(static _ => new List<Tensor>()).ToArray();
        for (var step = 0; step < scanned[0].Length; step++)
        {
            var results = body.Run(call.Model, call.Frame, [.. carried, .. scanned.Select(steps => steps[step])]);
            Array.Copy(results, carried, states);
            for (var index = 0; index < outputs; index++) made[index].Add(results[states + index]!);
        }

        var (outputAxes, outputDirections) = (call.Ints("scan_output_axes") ?? new long[outputs], call.Ints("scan_output_directions") ?? new long[outputs]);
        return (Tensor?[])[.. carried, .. made.Select((values, index) =>
        {
            if (outputDirections[index] != 0) values.Reverse();
            return values.Count == 0 ? Stack(call, body, values) : Tensor.Stack(values.ToArray(), call.Axis(outputAxes[index], values[0].Rank + 1));
        })];
    }

    private static Tensor[] Steps(OnnxCall call, Tensor input, long axis, bool isReversed)
    {
        var steps = input.Unbind(call.Axis(axis, input.Rank));
        if (isReversed) Array.Reverse(steps);
        return steps;
    }

    private static Tensor Stack(OnnxCall call, OnnxGraph body, List<Tensor> values)
    {
        if (values.Count == 0) throw call.Fault($"{PlainText.Quote(body.Name)} ran in no turn, so that the shape of what it would have gathered is not known");
        return Tensor.Stack(values.ToArray());
    }

    private static OnnxGraph Graph(OnnxCall call, string attribute) =>
        call.Node.Graphs.GetValueOrDefault(attribute) ?? throw call.Fault($"attribute {attribute} is missing");
}
