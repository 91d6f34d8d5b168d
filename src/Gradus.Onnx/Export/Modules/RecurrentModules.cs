using Gradus.Formats;
using Gradus.Nn;

namespace Gradus.Onnx;

/// <summary>Recurrent layers: a node for each layer, of both directions at once. ONNX wants time first.</summary>
internal static class RecurrentModules
{
    // Sequences of several lengths have these in the program; written operator by operator they are constants of the file.
    public static readonly ModuleRow Rnn = ModuleRow.Of<Rnn, RnnInput>(
        static (_, input) => input.Lengths is not null ? null : input.State is { } state ? [input.Input, state] : [input.Input],
        static (call, rnn) => Write(
            call, rnn, "RNN", [0], states: 1, rnn.Layers, rnn.IsBidirectional, rnn.BatchFirst,
            Attributes.Strings("activations", Enumerable.Repeat(rnn.Activation.ToString(), rnn.IsBidirectional ? 2 : 1))));

    public static readonly ModuleRow Gru = ModuleRow.Of<Gru, GruInput>(
        static (_, input) => input.Lengths is not null ? null : input.State is { } state ? [input.Input, state] : [input.Input],
        static (call, gru) => Write(
            call, gru, "GRU", RecurrentRows.GruGates, states: 1, gru.Layers, gru.IsBidirectional, gru.BatchFirst, Attributes.Int("linear_before_reset", 1)));

    // ONNX has no projection.
    public static readonly ModuleRow Lstm = ModuleRow.Of<Lstm, LstmInput>(
        static (lstm, input) => input.Lengths is not null || lstm.IsProjected ? null
            : input.State is { } state ? [input.Input, state.Hidden, state.Cell]
            : [input.Input],
        static (call, lstm) => Write(call, lstm, "LSTM", RecurrentRows.LstmGates, states: 2, lstm.Layers, lstm.IsBidirectional, lstm.BatchFirst));

    private static void Write(
        ExportCall call, Module module, string op, int[] gates, int states, int layers, bool isBidirectional, bool batchFirst, params AttributeProto[] more)
    {
        var parameters = module.NamedParameters().ToDictionary(static named => named.Name, static named => named.Parameter);
        string[] directions = isBidirectional ? ["", "_reverse"] : [""];
        var hidden = parameters["weight_hh_l0"].Shape[1];
        Extent batch = call.Sizes()[batchFirst ? 0 : 1], time = call.Sizes()[batchFirst ? 1 : 0];
        AttributeProto[] settings =
            [Attributes.Int("hidden_size", hidden), Attributes.Text("direction", isBidirectional ? "bidirectional" : "forward"), .. more];

        string Both(Func<string, string> ofDirection) =>
            directions.Length == 1 ? ofDirection("") : call.Add("Concat", directions.Select(ofDirection), Attributes.Int("axis", 0));
        string Gates(string name) => RecurrentRows.Gates(call, call.State(parameters[name].Value), gates, hidden);
        string Rows(string name) => call.Add("Unsqueeze", [Gates(name), call.Whole(0)]);
        string Biases(string end) => call.Add("Unsqueeze",
            [call.Add("Concat", [Gates($"bias_ih_{end}"), Gates($"bias_hh_{end}")], Attributes.Int("axis", 0)), call.Whole(0)]);

        var x = batchFirst ? call.Transpose(call[0], 1, 0, 2) : call[0];
        var last = Enumerable.Range(0, states).Select(_ => new List<string>()).ToArray();
        for (var layer = 0; layer < layers; layer++)
        {
            var name = FormattableString.Invariant($"l{layer}");
            string[] inputs =
            [
                x, Both(end => Rows($"weight_ih_{name}{end}")), Both(end => Rows($"weight_hh_{name}{end}")),
                parameters.ContainsKey($"bias_ih_{name}") ? Both(end => Biases(name + end)) : "", "",
                .. Enumerable.Range(1, call.Inputs - 1).Select(state => First(call, state, layer * directions.Length, directions.Length)),
            ];
            var outputs = call.AddMany(op, inputs, 1 + states, settings);
            for (var state = 0; state < states; state++) last[state].Add(outputs[1 + state]);
            // [time, directions, batch, hidden]
            x = isBidirectional
                ? call.Reshape(call.Transpose(outputs[0], 0, 2, 1, 3), [time, batch, 2, hidden], [time, batch, 2 * hidden])
                : call.Add("Squeeze", [outputs[0], call.Whole(1)]);
        }

        call.Give(batchFirst ? call.Transpose(x, 1, 0, 2) : x);
        for (var state = 0; state < states; state++)
            call.Give(layers == 1 ? last[state][0] : call.Add("Concat", last[state], Attributes.Int("axis", 0)), 1 + state);
    }

    private static string First(ExportCall call, int state, int from, int count) => call.Sizes(state)[0] == count
        ? call[state]
        : call.Add("Slice", [call[state], call.Whole(from), call.Whole(from + count), call.Whole(0)]);
}
