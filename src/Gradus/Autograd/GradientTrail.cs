using System.Globalization;

namespace Gradus;

/// <summary>Follows the gradient from a loss down to a tensor, to find the operator where it becomes zero.</summary>
internal static class GradientTrail
{
    public static string Explain(Tensor parameter, string name, Tensor loss, Graph graph)
    {
        var onTheWay = Above(parameter.Node!, graph);
        var gradients = BackwardPass.CollectAt(loss, [.. onTheWay.Select(static node => (node, 0))]);
        double LargestAt(Node node) => gradients.TryGetValue((node, 0), out var gradient) ? gradient.Abs().Max().Item() : 0;

        var arrived = gradients.TryGetValue((parameter.Node!, 0), out var own) && own.Count > 0 ? own : null;
        if (arrived is null && loss.Node != parameter.Node && gradients.ContainsKey((parameter.Node!, 0))) return $"{name} has no elements.";
        var largest = arrived?.Abs().Max().Item() ?? 0;
        if (largest > 0 || double.IsNaN(largest))
        {
            var zeros = arrived!.Equal(0).To(DType.Int64).Sum().Item<long>();
            return string.Create(
                CultureInfo.InvariantCulture, $"{name} gets a gradient: its largest element is {largest:G6}, and {zeros} of {arrived.Count} are 0.");
        }

        // The last node, seen from the loss, that a gradient still reaches.
        foreach (var node in onTheWay)
        {
            if (node.IsLeaf || LargestAt(node) == 0) continue;
            if (node.Inputs.Any(input => input.Source is { } source && onTheWay.Contains(source) && LargestAt(source) != 0)) continue;
            return $"{name} is reached, but its gradient is {(arrived is null ? "missing" : "zero")}: {Words(node, onTheWay)}";
        }

        return $"{name} is reached, but no gradient leaves the loss.";
    }

    private static string Words(Node node, HashSet<Node> onTheWay)
    {
        var op = node.Op!;
        var at = node.Name is null ? "" : $" '{node.Name}'";
        var place = $"{op.Name}{at}, {node.OutputDType().ShortName}{node.OutputShape()}";
        if (op.Role.HasFlag(OpRole.Rectifying))
        {
            return $"{place}, is dead: every input that matters lies below 0, where its slope is 0. " +
                "Lower the learning rate, change the initialization, or use LeakyRelu.";
        }

        if (op.Role.HasFlag(OpRole.Saturating))
        {
            return $"{place}, is saturated: its inputs are so large that its slope is 0 in this precision. Scale its inputs down.";
        }

        if (op.Role.HasFlag(OpRole.Masking)) return $"it is masked by {place}, which chose other elements.";
        var input = Enumerable.Range(0, node.InputCount).First(index => node.Input(index).Source is { } source && onTheWay.Contains(source));
        return op.Role.HasFlag(OpRole.Multiplying)
            ? $"it is masked by {place}, which multiplies it by zeros."
            : $"{place}, has a derivative of zero with respect to its input {input + 1}.";
    }

    /// <summary>The nodes between a node and the loss, both included, in the graph's order.</summary>
    private static HashSet<Node> Above(Node parameter, Graph graph)
    {
        HashSet<Node> above = [parameter];
        foreach (var node in graph.Nodes)
        {
            if (node.Inputs.Any(input => input.Source is { } source && above.Contains(source))) above.Add(node);
        }

        return above;
    }
}
