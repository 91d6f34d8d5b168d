namespace Gradus.Graphs;

/// <summary>The values of a recorded graph: what was recorded, what is kept for the backward pass, and what can be computed again from these.</summary>
internal sealed class TensorValues
{
    private readonly Dictionary<(Node Node, int Output), Tensor> _values = [];

    public TensorValues(IReadOnlyList<Node> order, IEnumerable<Tensor> known)
    {
        foreach (var tensor in known)
        {
            if (tensor.Node is { } node) _values.TryAdd((node, tensor.OutputIndex), tensor.Detach());
        }

        foreach (var node in order) Collect(node);
        foreach (var node in order) Recompute(node);
    }

    /// <summary>The value of an output, or null where it is not known.</summary>
    public Tensor? this[Node node, int output] => _values.GetValueOrDefault((node, output));

    /// <summary>The value of an input; of one without a node, a constant.</summary>
    public Tensor? Input(Node node, int input)
    {
        var value = node.Inputs[input];
        if (value.Source is { } source) return this[source, value.Output];
        return node.ExtrasOrNull?.Call is { } call ? call.Inputs[input] : node.KeptInput(input);
    }

    private void Collect(Node node)
    {
        var call = node.ExtrasOrNull?.Call;
        for (var output = 0; output < node.OutputCount; output++)
        {
            if ((call is not null && output < call.Outputs.Length ? call.Outputs[output] : node.KeptOutput(output)) is { } value)
            {
                _values.TryAdd((node, output), value);
            }
        }

        for (var input = 0; input < node.Inputs.Count; input++)
        {
            var (source, output, _, _) = node.Inputs[input];
            if (source is null || _values.ContainsKey((source, output)) || node.KeptInput(input) is not { } value) continue;
            _values.Add((source, output), value);
        }
    }

    private void Recompute(Node node)
    {
        if (node.Op is null || _values.ContainsKey((node, 0))) return;
        var inputs = new Tensor[node.Inputs.Count];
        for (var input = 0; input < inputs.Length; input++)
        {
            if (Input(node, input) is not { } value) return;
            inputs[input] = value;
        }

        var outputs = node.Op.Replay(node, inputs);
        for (var output = 0; output < outputs.Length; output++) _values.TryAdd((node, output), outputs[output]);
    }
}
