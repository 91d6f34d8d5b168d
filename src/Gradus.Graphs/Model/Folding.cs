namespace Gradus.Graphs;

/// <summary>Draws modules together: a graph in which each folded call is one node for each of its results.</summary>
internal static class Folding
{
    public static GraphModel Of(GraphModel graph, Func<GraphGroup, bool> which)
    {
        var folded = new HashSet<int>(graph.Groups.Where(which).Select(static group => group.Id));
        while (true)
        {
            // A call whose results come back to it by way of others cannot be one node; calls end before they are read again, so that is rare.
            var unit = graph.Nodes.Select(node => Outermost(graph, node.Group, folded)).ToArray();
            if (Order(graph, unit) is not { } order)
            {
                var calls = unit.OfType<int>().Distinct().ToArray();
                folded.Remove(calls.Where(group => IsCyclic(graph, unit, group)).DefaultIfEmpty(calls[0]).First());
                continue;
            }

            return order.Count == graph.Nodes.Length && unit.All(static group => group is null) ? graph : Build(graph, unit, order);
        }
    }

    /// <summary>The outermost folded group around a place.</summary>
    private static int? Outermost(GraphModel graph, int? group, HashSet<int> folded)
    {
        int? outermost = null;
        for (; group is { } id; group = graph.Groups[id].Parent)
        {
            if (folded.Contains(id)) outermost = id;
        }

        return outermost;
    }

    /// <summary>The nodes that remain, each after what it reads: those outside of folded groups, and the results of these. Null if there is a cycle.</summary>
    private static List<int>? Order(GraphModel graph, int?[] unit)
    {
        var remaining = Remaining(graph, unit);
        var order = new List<int>();
        var state = new byte[graph.Nodes.Length];
        var open = new Stack<int>();
        foreach (var root in remaining)
        {
            open.Push(root);
            while (open.TryPeek(out var id))
            {
                if (state[id] == 0)
                {
                    state[id] = 1;
                    foreach (var input in Inputs(graph, unit, remaining, id).Reverse())
                    {
                        if (state[input] == 1) return null;
                        if (state[input] == 0) open.Push(input);
                    }

                    continue;
                }

                open.Pop();
                if (state[id] == 1) order.Add(id);
                state[id] = 2;
            }
        }

        return order;
    }

    private static SortedSet<int> Remaining(GraphModel graph, int?[] unit)
    {
        var results = graph.Edges.Where(edge => unit[edge.From] != unit[edge.To]).Select(static edge => edge.From).Concat(graph.Outputs).ToHashSet();
        return [.. graph.Nodes.Where(node => unit[node.Id] is null || results.Contains(node.Id)).Select(static node => node.Id)];
    }

    /// <summary>
    /// What a node that remains reads: of a folded group's result, everything from outside that it depends on, and other results of the group.
    /// </summary>
    private static IReadOnlyList<int> Inputs(GraphModel graph, int?[] unit, SortedSet<int> remaining, int id)
    {
        if (unit[id] is null) return graph.Nodes[id].Inputs;
        var inside = Inside(graph, unit, remaining, id);
        return [.. inside.SelectMany(inner => graph.Nodes[inner].Inputs).Where(input => !inside.Contains(input)).Distinct()
            .OrderBy(input => graph.Nodes[input].Kind == GraphNodeKind.Constant)];
    }

    /// <summary>The nodes of its group that a result depends on, in order, as far as the group's other results.</summary>
    private static SortedSet<int> Inside(GraphModel graph, int?[] unit, SortedSet<int> remaining, int id)
    {
        var inside = new SortedSet<int> { id };
        var open = new Stack<int>([id]);
        while (open.TryPop(out var node))
        {
            foreach (var input in graph.Nodes[node].Inputs)
            {
                if (unit[input] == unit[id] && !remaining.Contains(input) && inside.Add(input)) open.Push(input);
            }
        }

        return inside;
    }

    private static bool IsCyclic(GraphModel graph, int?[] unit, int group)
    {
        var alone = unit.Select(other => other == group ? other : null).ToArray();
        return Order(graph, alone) is null;
    }

    private static GraphModel Build(GraphModel graph, int?[] unit, List<int> order)
    {
        var remaining = Remaining(graph, unit);
        var places = new Dictionary<int, int>();
        var nodes = new List<GraphNode>();
        var names = new HashSet<string>(graph.Nodes.Select(static node => node.Name));
        foreach (var id in order)
        {
            places.Add(id, nodes.Count);
            var node = graph.Nodes[id];
            int[] inputs = [.. Inputs(graph, unit, remaining, id).Select(input => places[input])];
            nodes.Add(unit[id] is { } group
                ? Folded(graph, Inside(graph, unit, remaining, id), id, graph.Groups[group], nodes, inputs, [.. Inputs(graph, unit, remaining, id)], names)
                : node with { Id = nodes.Count, Inputs = [.. inputs] });
        }

        var seeds = new SortedDictionary<int, Tensor>();
        foreach (var (head, seed) in graph.Seeds) seeds[places[head]] = seed;
        return new GraphModel(nodes, graph.Outputs.Select(output => places[output]), seeds, graph.Title, graph.Groups) { Unfolded = graph };
    }

    private static GraphNode Folded(
        GraphModel graph, SortedSet<int> inside, int id, GraphGroup group, List<GraphNode> nodes, int[] inputs, int[] outside, HashSet<string> names)
    {
        var result = graph.Nodes[id];
        var arguments = inputs.Select(input => nodes[input].Name).ToArray();
        var name = result.IsNamed || !names.Add(group.Name) ? result.Name : group.Name;
        var operation = new Operation
        {
            Name = group.Name,
            Symbol = group.Title,
            Arity = inputs.Length,
            IsOrdered = false,
            Apply = (given, _) => Evaluate(graph, inside, outside, given),
            Derivatives = [.. arguments.Select(argument => DerivativeSymbol.Rule($"g @ ∂{name}/∂{argument}", @"g \, J_{{z}}"))],
        };
        var use = new OperationUse([.. inputs.Select(input => nodes[input].Shape)], result.Shape);
        return new GraphNode
        {
            Id = nodes.Count,
            Name = name,
            Operation = group.Title.Split('(')[0],
            Symbol = group.Title,
            Formula = operation.Format(arguments, null),
            Kind = GraphNodeKind.Operation,
            Inputs = [.. inputs],
            Shape = result.Shape,
            Value = result.Value,
            Gradient = result.Gradient,
            HeadGradients = result.HeadGradients,
            Group = group.Parent,
            Folded = group,
            IsNamed = true,
            Local = [.. inputs.Select((_, input) => operation.Local(input, arguments, name, null, use))],
            Definition = result.Definition is null ? null : operation,
        };
    }

    /// <summary>A result from what came into the group.</summary>
    private static Tensor Evaluate(GraphModel graph, SortedSet<int> inside, int[] outside, Tensor[] given)
    {
        var values = new Dictionary<int, Tensor>();
        for (var index = 0; index < outside.Length; index++) values[outside[index]] = given[index];
        foreach (var id in inside)
        {
            var node = graph.Nodes[id];
            values[id] = node.Kind == GraphNodeKind.Operation
                ? node.Definition!.Apply([.. node.Inputs.Select(input => values[input])], node.Axis)
                : node.Value!;
        }

        return values[inside.Max];
    }
}
