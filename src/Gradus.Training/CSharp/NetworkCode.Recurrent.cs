using Gradus.Nn;

namespace Gradus.Training;

// Recurrent layers. Each gate takes whole vectors, so that a hidden size of 10 is one of 16 whose last numbers stay 0.
internal sealed partial class NetworkCode
{
    private const int LstmGates = 4;
    private const int GruGates = 3;

    /// <summary>A picture as the sequence of its rows.</summary>
    private Value Steps(Value x)
    {
        if (!x.IsPicture) return x;
        var columns = x.Columns * x.Width;
        if (x.Columns == 1) return x with { Rows = x.Height, Columns = columns, Pitch = columns, Height = 0, Width = 0, IsPlanar = false };
        Uses.Add("Windows");
        var z = New(x.Height, columns, columns);
        for (var channel = 0; channel < x.Columns; channel++)
        {
            Body.Line(CodeText.Of($"Windows.Copy(Buffer({x.At + (channel * x.Rows)}, {x.Rows}), {x.Height}, {x.Width}, {x.Width}, ") +
                CodeText.Of($"Buffer({z.At + (channel * x.Width)}, {z.Length - (channel * x.Width)}), {columns});"));
        }

        Free(x);
        return z;
    }

    /// <summary>All layers of a recurrent module over a sequence; the state of the last one after the last step.</summary>
    /// <param name="name">The module's path.</param>
    /// <param name="module">An <see cref="Lstm"/> or a <see cref="Gru"/>.</param>
    /// <param name="x">The sequence.</param>
    /// <param name="count">The number of steps as C#. Default: null, all rows.</param>
    private Value Run(string name, Module module, Value x, string? count = null)
    {
        Uses.Add("Recurrent");
        var parts = Layers(module);
        for (var layer = 0; layer < parts.Count; layer++)
        {
            var part = parts[layer];
            Body.Line(CodeText.Of($"// {name}: layer {layer + 1}, {part.Terms} → {part.Hidden}"));
            var inputs = New(x.Rows, part.Width, part.Width);
            var starts = Table(CodeText.Of($"Product.Steps({x.Rows}, {x.Pitch})")) + (count is null ? "" : $".AsSpan(0, {count})");
            Body.Line(CodeText.Of($"Product.Rows({x.Code}, {starts}, {Table(CodeText.Of($"Product.Steps({part.Terms}, 1)"))}, ") +
                CodeText.Of($"{part.InputWeights}, {part.InputBias}, {inputs.Pitch}, {inputs.Code});"));
            Free(x);
            var (state, hidden) = (State(part), Padded(1, part.Width));
            var outputs = layer + 1 < parts.Count ? Padded(x.Rows, part.Hidden) : null;
            Body.Line($"{state[0].Code}.Clear();");
            if (part.IsLstm) Body.Line($"{state[1].Code}.Clear();");
            Body.Open($"for (var step = 0; step < {count ?? CodeText.Of($"{x.Rows}")}; step++)");
            Step(part, CodeText.Of($"Buffer({inputs.At} + (step * {inputs.Pitch}), {inputs.Pitch})"), hidden, state);
            if (outputs is not null) Body.Line(CodeText.Of($"{state[0].Code}.CopyTo(Buffer({outputs.At} + (step * {outputs.Pitch}), {outputs.Pitch}));"));
            Body.Close();
            Free(inputs);
            Free(hidden);
            if (outputs is null) return state[0];
            foreach (var held in state) Free(held);
            x = outputs;
        }

        return x;
    }

    private Value[] State(RecurrentPart part) => part.IsLstm ? [Padded(1, part.Hidden), Padded(1, part.Hidden)] : [Padded(1, part.Hidden)];

    private void Step(RecurrentPart part, string inputs, Value hidden, Value[] state)
    {
        Body.Line(CodeText.Of($"Product.Vector({state[0].Code}, {part.Hidden}, {part.HiddenWeights}, {part.HiddenBias}, {hidden.Code});"));
        Body.Line(part.IsLstm
            ? $"Recurrent.Lstm({inputs}, {hidden.Code}, {state[1].Code}, {state[0].Code});"
            : $"Recurrent.Gru({inputs}, {hidden.Code}, {state[0].Code});");
    }

    private List<RecurrentPart> Layers(Module module)
    {
        var isLstm = module is Lstm;
        var (hidden, layers) = module is Lstm lstm ? (lstm.Hidden, lstm.Layers) : (((Gru)module).Hidden, ((Gru)module).Layers);
        var gates = isLstm ? LstmGates : GruGates;
        var parameters = module.NamedParameters().ToDictionary(static named => named.Name, static named => named.Parameter, StringComparer.Ordinal);
        var parts = new List<RecurrentPart>();
        for (var layer = 0; layer < layers; layer++)
        {
            float[] Of(string name) => NumbersOf(parameters[CodeText.Of($"{name}_l{layer}")].Value);
            var terms = parameters[CodeText.Of($"weight_ih_l{layer}")].Shape[1];
            var hasBias = parameters.ContainsKey(CodeText.Of($"bias_ih_l{layer}"));
            float[] inputBias = hasBias ? Of("bias_ih") : new float[gates * hidden], hiddenBias = hasBias ? Of("bias_hh") : new float[gates * hidden];
            // An LSTM adds both to the inputs' part, a GRU each to its own.
            if (isLstm) inputBias = [.. inputBias.Zip(hiddenBias, static (x, y) => x + y)];
            var width = gates * WeightStore.Rounded(hidden);
            parts.Add(new RecurrentPart(
                isLstm, terms, hidden, width,
                Weights.AddPanels(Spread(Of("weight_ih"), gates, hidden, terms), width, terms), Weights.Add(Spread(inputBias, gates, hidden, 1)),
                Weights.AddPanels(Spread(Of("weight_hh"), gates, hidden, hidden), width, hidden),
                isLstm ? "default" : Weights.Add(Spread(hiddenBias, gates, hidden, 1))));
        }

        return parts;
    }

    /// <summary>The rows of each gate, with rows of zeros up to whole vectors.</summary>
    private static float[] Spread(float[] rows, int gates, int hidden, int columns)
    {
        var pitch = WeightStore.Rounded(hidden);
        var spread = new float[checked(gates * pitch * columns)];
        for (var gate = 0; gate < gates; gate++) rows.AsSpan(gate * hidden * columns, hidden * columns).CopyTo(spread.AsSpan(gate * pitch * columns));
        return spread;
    }

    private sealed record RecurrentPart(
        bool IsLstm, int Terms, int Hidden, int Width, string InputWeights, string InputBias, string HiddenWeights, string HiddenBias);
}
