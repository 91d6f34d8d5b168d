namespace Gradus.Onnx;

/// <summary>The end of a network: losses of classes take the numbers before the softmax, which they compute themselves.</summary>
internal static class OnnxEnding
{
    /// <summary>Takes a softmax that gives the only output away, so that its input is the output.</summary>
    /// <returns>Whether there was one.</returns>
    public static bool DropSoftmax(Formats.ModelProto model)
    {
        var graph = model.Graph!;
        if (graph.Outputs is not [var output]) return false;
        var last = graph.Nodes.FindIndex(node => node.Outputs.Contains(output.Name));
        if (last < 0 || graph.Nodes[last] is not { Operator: "Softmax", Domain: "" } softmax) return false;
        graph.Nodes.RemoveAt(last);
        foreach (var node in graph.Nodes)
        {
            Rename(node.Inputs, softmax.Inputs[0], output.Name);
            Rename(node.Outputs, softmax.Inputs[0], output.Name);
        }

        return true;
    }

    private static void Rename(List<string> names, string from, string to)
    {
        for (var index = 0; index < names.Count; index++)
        {
            if (names[index] == from) names[index] = to;
        }
    }
}
