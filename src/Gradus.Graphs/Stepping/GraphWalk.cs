namespace Gradus.Graphs;

/// <summary>Forward and backward propagation as a list of steps: every value in order, then every product of a gradient with a local derivative.</summary>
internal static class GraphWalk
{
    public static List<GraphStep> Of(GraphModel graph)
    {
        if (!graph.IsEvaluated) throw new GradusException("steps: the values of this graph are not known. Build it with Expression.Evaluate.");
        var steps = graph.Nodes.Select(node => new GraphStep(false, node.Id, null, node.Id, node.Value!, Forward(graph, node))).ToList();
        var gradients = new Tensor?[graph.Nodes.Length];
        foreach (var (head, seed) in graph.Seeds.Reverse())
        {
            if (graph.Nodes[head].Gradient is null) continue;
            gradients[head] = seed;
            steps.Add(new GraphStep(true, head, null, head, seed, $"Back-propagation starts at {graph.Nodes[head].Name} with the gradient {Text(seed)}."));
        }

        for (var id = graph.Nodes.Length - 1; id >= 0; id--)
        {
            if (gradients[id] is { } upstream) steps.AddRange(Backward(graph, graph.Nodes[id], upstream, gradients));
        }

        return steps;
    }

    private static string Forward(GraphModel graph, GraphNode node)
    {
        if (node.Kind == GraphNodeKind.Constant) return $"The constant {Text(node.Value!)}.";
        if (node.Kind == GraphNodeKind.Variable) return $"{node.Name} = {Text(node.Value!)} is given.";
        var numbers = node.Definition!.Format([.. node.Inputs.Select(input => Factor(graph.Nodes[input].Value!))], node.Axis);
        return $"{node.Name} = {node.Formula} = {numbers} = {Text(node.Value!)}";
    }

    private static IEnumerable<GraphStep> Backward(GraphModel graph, GraphNode node, Tensor upstream, Tensor?[] gradients)
    {
        for (var input = 0; input < node.Inputs.Length; input++)
        {
            var target = graph.Nodes[node.Inputs[input]];
            if (target.Gradient is null) continue;
            var local = node.Local[input];
            var contribution = local.Number is { } number ? Tensor.Scalar(upstream.Item() * number) : node.Definition!.Pull([.. node.Inputs.Select(id => graph.Nodes[id].Value!)], node.Axis, input, upstream);
            var product = local.Number is { } factor
                ? $"upstream × local = {Factor(upstream)} × {Factor(Tensor.Scalar(factor))} = {Text(contribution)}, for ∂{node.Name}/∂{target.Name} = {local.Symbol}."
                : $"with g = {Text(upstream)}, the rule {local.Rule} gives {Text(contribution)}.";
            var before = gradients[target.Id];
            var sum = before is null ? contribution : before + contribution;
            gradients[target.Id] = sum;
            var running = before is null ? "" : $" {target.Name} is used more than once, and contributions add: {Text(before)} + {Factor(contribution)} = {Text(sum)}.";
            yield return new GraphStep(true, node.Id, input, target.Id, sum, $"From {node.Name} to {target.Name}: {product}{running}");
        }
    }

    private static string Text(Tensor tensor) => tensor.Rank == 0 ? NumberText.Of(tensor) : NumberText.Elements(tensor);

    private static string Factor(Tensor tensor) => Text(tensor) is ['−', ..] text ? $"({text})" : Text(tensor);
}
