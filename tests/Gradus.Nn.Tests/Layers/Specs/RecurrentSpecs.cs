namespace Gradus.Nn.Tests.Layers.Specs;

internal static class RecurrentSpecs
{
    public static readonly Dictionary<string, ModuleSpec> All = new()
    {
        ["Rnn"] = ModuleSpec.Of(
            static () => new Rnn(3, 2, new() { BatchFirst = true }), static (layer, x) => layer.Forward(x[0]).Output, [[2, 4, 3]], [2, 4, 2],
            "Rnn(3 → 2, batch first)"),
        ["Rnn of any size, two ways"] = ModuleSpec.Of(
            static () => new Rnn(2, new() { Layers = 2, Bidirectional = true, Activation = RnnActivation.Relu }),
            static (layer, x) => layer.Forward(new RnnInput(x[0], x[1], [4, 1])).Output, [[4, 2, 3], [4, 2, 2]], [4, 2, 4],
            "Rnn(3 → 2, 2 layers, bidirectional)"),
        ["Lstm"] = ModuleSpec.Of(static () => new Lstm(3, 2), static (layer, x) => layer.Forward(x[0]).Output, [[4, 2, 3]], [4, 2, 2], "Lstm(3 → 2)"),
        ["Lstm of any size, two ways"] = ModuleSpec.Of(
            static () => new Lstm(2, new() { BatchFirst = true, Layers = 2, Bidirectional = true }),
            static (layer, x) => layer.Forward(new LstmInput(x[0], (x[1], x[2]), [2, 4, 1])) is var (output, state)
                ? output.Sum(1) + state.Cell.Sum(0).Sum(1, keepDim: true)
                : x[0],
            [[3, 4, 3], [4, 3, 2], [4, 3, 2]], [3, 4], "Lstm(3 → 2, 2 layers, bidirectional, batch first)"),
        ["Gru"] = ModuleSpec.Of(
            static () => new Gru(3, 2, new() { BatchFirst = true }), static (layer, x) => layer.Forward(new GruInput(x[0], x[1])).Output,
            [[2, 4, 3], [1, 2, 2]], [2, 4, 2], "Gru(3 → 2, batch first)"),
        ["Gru of any size, two ways"] = ModuleSpec.Of(
            static () => new Gru(2, new() { Layers = 2, Bidirectional = true }), static (layer, x) => layer.Forward(new GruInput(x[0], Lengths: [4, 2])).State,
            [[4, 2, 3]], [4, 2, 2], "Gru(3 → 2, 2 layers, bidirectional)"),
        ["Rnn without bias"] = ModuleSpec.Of(
            static () => new Rnn(3, 2, new() { Bias = false }), static (layer, x) => layer.Forward(x[0]).Output, [[4, 2, 3]], [4, 2, 2], "Rnn(3 → 2, no bias)"),
        ["Lstm without bias"] = ModuleSpec.Of(
            static () => new Lstm(3, 2, new() { Bias = false }), static (layer, x) => layer.Forward(x[0]).Output, [[4, 2, 3]], [4, 2, 2],
            "Lstm(3 → 2, no bias)"),
        ["Lstm with a projection"] = ModuleSpec.Of(
            static () => new Lstm(3, 4, new() { Layers = 2, Bidirectional = true, Projection = 2 }),
            static (layer, x) => layer.Forward(new LstmInput(x[0], (x[1], x[2]), [3, 4])) is var (output, state) ? output.Sum(0) + state.Cell.Sum(0) : x[0],
            [[4, 2, 3], [4, 2, 2], [4, 2, 4]], [2, 4], "Lstm(3 → 4, 2 layers, bidirectional, projected to 2)"),
        ["Gru without bias"] = ModuleSpec.Of(
            static () => new Gru(3, 2, new() { Bias = false }), static (layer, x) => layer.Forward(x[0]).Output, [[4, 2, 3]], [4, 2, 2], "Gru(3 → 2, no bias)"),
        ["RnnCell"] = ModuleSpec.Of(
            static () => new RnnCell(3, 2), static (layer, x) => layer.Forward((x[0], x[1])), [[4, 3], [4, 2]], [4, 2], "RnnCell(3 → 2)"),
        ["LstmCell"] = ModuleSpec.Of(
            static () => new LstmCell(3, 2), static (layer, x) => layer.Forward((x[0], (x[1], x[2]))) is var (hidden, cell) ? hidden + (cell * 2) : x[0],
            [[4, 3], [4, 2], [4, 2]], [4, 2], "LstmCell(3 → 2)"),
        ["GruCell"] = ModuleSpec.Of(
            static () => new GruCell(3, 2, bias: false), static (layer, x) => layer.Forward((x[0], x[1])), [[4, 3], [4, 2]], [4, 2], "GruCell(3 → 2, no bias)"),
    };
}
