using Gradus.Operators;

namespace Gradus.Onnx;

/// <summary>LSTM and GRU over whole sequences. ONNX orders the gates otherwise, and wants time first.</summary>
internal static class RecurrentRows
{
    // ONNX: input, output, forget, cell. Gradus: input, forget, cell, output.
    public static readonly int[] LstmGates = [0, 3, 1, 2];

    // ONNX: update, reset, new. Gradus: reset, update, new.
    public static readonly int[] GruGates = [1, 0, 2];

    public static readonly ExportRow[] All =
    [
        ExportRow.Of(Ops.Lstm, static (call, args) => Write(call, args, "LSTM", LstmGates, weights: 3)),
        ExportRow.Of(Ops.Gru, static (call, args) => Write(call, args, "GRU", GruGates, weights: 2)),
    ];

    private static void Write(ExportCall call, RecurrentArgs args, string op, int[] gates, int weights)
    {
        var states = weights - 1;
        var hidden = call.Shape(1)[1];
        string[] inputs =
        [
            args.BatchFirst ? call.Transpose(call[0], 1, 0, 2) : call[0],
            Ordered(call, call[weights], gates, hidden), Ordered(call, call[weights + 1], gates, hidden),
            Biases(call, weights + 2, gates, hidden), "",
            .. Enumerable.Range(1, states).All(call.IsZero)
                ? []
                : Enumerable.Range(1, states).Select(state => call.Add("Unsqueeze", [call[state], call.Whole(0)])),
        ];
        var settings = Attributes.Int("hidden_size", hidden);
        var outputs = op == "GRU"
            ? call.AddMany(op, inputs, 2, settings, Attributes.Int("linear_before_reset", 1))
            : call.AddMany(op, inputs, 3, settings);
        // [time, directions, batch, hidden]
        var steps = call.Add("Squeeze", [outputs[0], call.Whole(1)]);
        call.Give(args.BatchFirst ? call.Transpose(steps, 1, 0, 2) : steps);
        for (var state = 1; state <= states; state++) call.Give(call.Add("Squeeze", [outputs[state], call.Whole(0)]), state);
    }

    // The gates one after the other as ONNX has them, with an axis of directions before.
    private static string Ordered(ExportCall call, string weight, int[] gates, int hidden) =>
        call.Add("Unsqueeze", [Gates(call, weight, gates, hidden), call.Whole(0)]);

    /// <summary>The gates of a weight or bias in the order of ONNX.</summary>
    public static string Gates(ExportCall call, string weight, int[] gates, int hidden)
    {
        if (gates.Length == 1) return weight;
        var sizes = call.Whole([.. gates.Select(_ => (long)hidden)]);
        var parts = call.AddMany("Split", [weight, sizes], gates.Length, Attributes.Int("axis", 0));
        return call.Add("Concat", gates.Select(gate => parts[gate]), Attributes.Int("axis", 0));
    }

    private static string Biases(ExportCall call, int first, int[] gates, int hidden)
    {
        if (call.IsZero(first) && call.IsZero(first + 1)) return "";
        var both = call.Add(
            "Concat", [Gates(call, call[first], gates, hidden), Gates(call, call[first + 1], gates, hidden)], Attributes.Int("axis", 0));
        return call.Add("Unsqueeze", [both, call.Whole(0)]);
    }
}
