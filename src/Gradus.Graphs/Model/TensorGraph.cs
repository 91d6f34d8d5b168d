namespace Gradus.Graphs;

/// <summary>From a tensor to the graph it was computed by.</summary>
public static class TensorGraph
{
    /// <summary>The graph below a tensor: what back-propagation walks from it.</summary>
    /// <param name="output">The head, part of a graph.</param>
    /// <param name="known">Tensors of the graph whose names, values and gradients to show; the graph itself keeps shapes only.</param>
    /// <returns>The model. Its inputs without a node are constants of unknown value.</returns>
    /// <exception cref="GradusException">The tensor is not part of a graph.</exception>
    public static GraphModel Graph(this Tensor output, params ReadOnlySpan<Tensor> known)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (output.Node is null) throw new GradusException("graph: the tensor is not part of a graph. Call RequireGrad() on an input before computing it.");
        var tensors = new Dictionary<Node, Tensor>(ReferenceEqualityComparer.Instance);
        foreach (var tensor in known)
        {
            if (tensor.Node is { } node && tensor.OutputIndex == 0) tensors[node] = tensor;
        }

        if (output.OutputIndex == 0) tensors[output.Node] = output;
        var names = new NodeNames(tensors.Values.Select(static tensor => tensor.Name).OfType<string>());
        var nodes = new List<GraphNode>();
        var ids = new Dictionary<Node, int>(ReferenceEqualityComparer.Instance);
        foreach (var node in InOrder(output.Node))
        {
            var inputs = new int[node.Inputs.Count];
            for (var index = 0; index < inputs.Length; index++)
            {
                var input = node.Inputs[index];
                inputs[index] = input.Source is { } source ? ids[source] : nodes.Count;
                if (input.Source is null) nodes.Add(Constant(nodes.Count, names.Constant(), input.Shape));
            }

            ids.Add(node, nodes.Count);
            nodes.Add(Describe(node, nodes, inputs, names, tensors.GetValueOrDefault(node)));
        }

        return new GraphModel(nodes, [ids[output.Node]]);
    }

    private static GraphNode Constant(int id, string name, Shape shape) =>
        new() { Id = id, Name = name, Operation = "constant", Symbol = name, Formula = name, Kind = GraphNodeKind.Constant, Shape = shape };

    private static GraphNode Describe(Node node, List<GraphNode> nodes, int[] inputs, NodeNames names, Tensor? tensor)
    {
        var name = tensor?.Name ?? node.Name;
        if (node.Op is null)
        {
            name ??= names.Variable();
            return new() { Id = nodes.Count, Name = name, Operation = "variable", Symbol = name, Formula = name, Kind = GraphNodeKind.Variable, Shape = node.OutputShape(), Value = tensor, Gradient = tensor?.Grad };
        }

        var isNamed = name is not null;
        name ??= names.Intermediate();
        var operation = Operations.ByEngineName(node.Op.Name, inputs.Length);
        var arguments = inputs.Select(input => nodes[input].Name).ToArray();
        return new()
        {
            Id = nodes.Count,
            Name = name,
            Operation = node.Op.Name,
            Symbol = operation.Symbol,
            Formula = operation.Format(arguments, null),
            Kind = GraphNodeKind.Operation,
            Inputs = [.. inputs],
            Shape = node.OutputShape(),
            Value = tensor,
            Gradient = tensor?.Grad,
            IsNamed = isNamed,
            Local = [.. inputs.Select((_, index) => operation.Local(index, arguments, name, null))],
        };
    }

    /// <summary>The nodes below a head, each after its inputs; iterative, since a chain may be long.</summary>
    private static List<Node> InOrder(Node head)
    {
        var order = new List<Node>();
        var seen = new HashSet<Node>(ReferenceEqualityComparer.Instance) { head };
        var open = new Stack<(Node Node, int Next)>();
        open.Push((head, 0));
        while (open.TryPop(out var top))
        {
            if (top.Next == top.Node.Inputs.Count)
            {
                order.Add(top.Node);
                continue;
            }

            open.Push((top.Node, top.Next + 1));
            if (top.Node.Inputs[top.Next].Source is { } source && seen.Add(source)) open.Push((source, 0));
        }

        return order;
    }
}
