using Gradus.Formats;

namespace Gradus.Onnx;

/// <summary>Makes batch norms part of the convolutions and linear layers before them: w·s and (b − mean)·s + β with s = γ / √(variance + ε).</summary>
internal static class BatchNormFolding
{
    private const double DefaultEpsilon = 1e-5;

    /// <summary>Folds every batch norm that is the only reader of what such a node gives.</summary>
    /// <param name="nodes">The nodes of the graph.</param>
    /// <param name="constants">Its constants, which get other values and perhaps biases.</param>
    /// <param name="outputs">The names of what comes out.</param>
    public static void Apply(List<NodeProto> nodes, GraphConstants constants, IReadOnlyCollection<string> outputs)
    {
        foreach (var norm in nodes.Where(static node => node.Operator == "BatchNormalization").ToArray())
        {
            var before = nodes.Find(node => node.Outputs.Contains(norm.Inputs[0]));
            if (before is null || !CanTake(before) || outputs.Contains(norm.Inputs[0]) || Readers(nodes, norm.Inputs[0]) > 1) continue;
            string[] parts = [.. before.Inputs.Skip(1), .. norm.Inputs.Skip(1)];
            // A weight that others share stays what it is.
            if (parts.Any(name => !constants.All.ContainsKey(name)) || before.Inputs.Skip(1).Any(name => Readers(nodes, name) > 1)) continue;
            Fold(before, norm, constants);
            before.Outputs[0] = norm.Outputs[0];
            nodes.Remove(norm);
        }
    }

    // A product whose weight is [out, …].
    private static bool CanTake(NodeProto node) => node.Operator == "Conv" || (node.Operator == "Gemm" && Setting(node, "transB") is { Int: 1 });

    private static AttributeProto? Setting(NodeProto node, string name) => node.Attributes.Find(attribute => attribute.Name == name);

    private static int Readers(List<NodeProto> nodes, string name) => nodes.Sum(node => node.Inputs.Count(input => input == name));

    private static void Fold(NodeProto node, NodeProto norm, GraphConstants constants)
    {
        Tensor Wide(string name) => constants.All[name].To(DType.Float64);
        var type = constants.All[node.Inputs[1]].DType;
        double epsilon = Setting(norm, "epsilon")?.Float ?? DefaultEpsilon;
        var scale = Wide(norm.Inputs[1]) / (Wide(norm.Inputs[4]) + epsilon).Sqrt();
        var weight = Wide(node.Inputs[1]);
        var shift = node.Inputs.Count > 2 ? Wide(node.Inputs[2]) - Wide(norm.Inputs[3]) : -Wide(norm.Inputs[3]);
        var bias = ((shift * scale) + Wide(norm.Inputs[2])).To(type);
        constants.Replace(node.Inputs[1], (weight * scale.Reshape([-1, .. Enumerable.Repeat(1, weight.Rank - 1)])).To(type));
        if (node.Inputs.Count > 2) constants.Replace(node.Inputs[2], bias);
        else node.Inputs.Add(constants.New(BiasName(node.Inputs[1]), bias));
    }

    private static string BiasName(string weight) =>
        weight.EndsWith("weight", StringComparison.Ordinal) ? weight[..^"weight".Length] + "bias" : weight + ".bias";
}
