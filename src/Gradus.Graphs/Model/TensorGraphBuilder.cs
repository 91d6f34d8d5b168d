namespace Gradus.Graphs;

/// <summary>Builds the model of a recorded graph: a node for every output that is used, one for every constant, a group for every call of a module.</summary>
internal sealed class TensorGraphBuilder
{
    // Local derivatives of single numbers are computed up to here: each evaluates its operator again.
    private const int MostLocal = 5_000;

    private readonly (Tensor Output, string? Name, Tensor Seed)[] _heads;
    private readonly Tensor[] _known;
    private readonly List<GraphNode> _nodes = [];
    private readonly Dictionary<(Node Node, int Output), int> _ids = [];
    private readonly Dictionary<(Storage Storage, Layout Layout), int> _constants = [];

    public TensorGraphBuilder(ReadOnlySpan<(Tensor Output, string? Name, Tensor Seed)> heads, ReadOnlySpan<Tensor> known)
    {
        (_heads, _known) = (heads.ToArray(), known.ToArray());
        foreach (var (output, _, _) in heads)
        {
            if (output.Node is null) throw new GradusException("graph: the tensor is not part of a graph. Call RequireGrad() on an input before computing it.");
        }
    }

    /// <summary>A tensor that is asked about, and what to call it if it has no name.</summary>
    public (Tensor Tensor, string? Name)? Wanted { get; init; }

    /// <summary>The node of a tensor, once the graph is built.</summary>
    public int? IdOf(Tensor tensor) => tensor.Node is { } node && _ids.TryGetValue((node, tensor.OutputIndex), out var id) ? id : null;

    public GraphModel Build()
    {
        // The engine's own work here belongs to no scope or recording of the user's.
        using var scope = TensorScope.Suspend();
        using var pause = new OperatorObserver.Pause();
        using var mode = GradMode.Disable();
        var order = global::Gradus.Graph.Of([.. _heads.Select(static head => head.Output)]).Nodes;
        var used = new SortedSet<int>[order.Count];
        var places = new Dictionary<Node, int>(ReferenceEqualityComparer.Instance);
        for (var index = 0; index < used.Length; index++) (used[index], places[order[index]]) = ([], index);
        foreach (var node in order)
        {
            foreach (var input in node.Inputs)
            {
                if (input.Source is { } source) used[places[source]].Add(input.Output);
            }
        }

        foreach (var (output, _, _) in _heads) used[places[output.Node!]].Add(output.OutputIndex);
        var values = new TensorValues(order, [.. _known, .. _heads.Select(static head => head.Output)]);
        var gradients = Gradients(order, used);
        var groups = new GroupBuilder();
        var names = new NodeNames(Given(order));
        for (var index = 0; index < used.Length; index++)
        {
            foreach (var output in used[index]) Add(order[index], output, values, gradients, groups, names);
        }

        var seeds = new SortedDictionary<int, Tensor>();
        foreach (var (output, _, seed) in _heads) seeds[IdOf(output)!.Value] = seed.Detach();
        return new GraphModel(groups.Settle(_nodes), _heads.Select(head => IdOf(head.Output)!.Value).Distinct(), seeds, groups: groups.All);
    }

    private string? NameOf(Node node, int output)
    {
        foreach (var (tensor, name, _) in _heads)
        {
            if (tensor.Node == node && tensor.OutputIndex == output) return tensor.Name ?? node.Name ?? name;
        }

        foreach (var tensor in _known)
        {
            if (tensor.Node == node && tensor.OutputIndex == output && tensor.Name is { } name) return name;
        }

        if (output == 0 && node.Name is not null) return node.Name;
        return Wanted is { } wanted && wanted.Tensor.Node == node && wanted.Tensor.OutputIndex == output ? wanted.Name : null;
    }

    private IEnumerable<string> Given(IEnumerable<Node> order) =>
        order.Select(static node => node.Name).Concat(_heads.Select(static head => head.Name))
            .Concat(_known.Select(static tensor => tensor.Name)).Append(Wanted?.Name).OfType<string>();

    /// <summary>What a caller wrote, where it can serve as a name: <c>loss</c>, <c>model.Hidden.Weight</c>; else null.</summary>
    public static string? Word(string? expression) =>
        expression is { Length: > 0 } &&
        expression.All(static character => char.IsLetterOrDigit(character) || character is '_' or '.') && char.IsLetter(expression[0])
            ? expression
            : null;

    /// <summary>For each head the gradient at every node; null where the values that the rules need are gone.</summary>
    private Dictionary<(Node Node, int Output), Tensor>[]? Gradients(IReadOnlyList<Node> order, SortedSet<int>[] used)
    {
        if (order.Any(static node => node.IsConsumed)) return null;
        (Node, int)[] places = [.. order.SelectMany((node, index) => used[index].Select(output => (node, output)))];
        try
        {
            return [.. _heads.Select(head => BackwardPass.CollectAt(head.Output, places, head.Seed))];
        }
        catch (GradusException)
        {
            // A value that a rule needs was changed in place: the graph can be shown, but not differentiated.
            return null;
        }
    }

    private void Add(Node node, int output, TensorValues values, Dictionary<(Node Node, int Output), Tensor>[]? gradients, GroupBuilder groups, NodeNames names)
    {
        var inputs = new int[node.Inputs.Count];
        for (var input = 0; input < inputs.Length; input++)
        {
            var (source, which, shape, _) = node.Inputs[input];
            inputs[input] = source is not null ? _ids[(source, which)] : Constant(values.Input(node, input), shape, names);
        }

        var shares = gradients is null ? [] : gradients.Select(share => share.GetValueOrDefault((node, output))).ToArray();
        var gradient = gradients is null ? GradientLeft(node, output)
            : shares.OfType<Tensor>().ToArray() is { Length: > 0 } parts ? parts.Aggregate(static (sum, part) => sum + part)
            : Tensor.Zeros(node.OutputShape(output), node.OutputDType(output));
        var described = Describe(node, output, inputs, values, names) with { Gradient = gradient, HeadGradients = shares.Length > 1 ? [.. shares] : [] };
        if (node.IsLeaf && node.ExtrasOrNull is not { IsParameter: true }) groups.PlaceVariable(described.Id);
        groups.Place(described.Id, inputs, node.ExtrasOrNull?.Call);
        _ids.Add((node, output), described.Id);
        _nodes.Add(described);
    }

    /// <summary>What earlier backward passes left on a leaf, or where it was asked for.</summary>
    private static Tensor? GradientLeft(Node node, int output) =>
        node.IsLeaf ? node.Kept.Show()?.Detach() : node.ExtrasOrNull?.RetainedAt(output)?.Show()?.Detach();

    private int Constant(Tensor? value, Shape shape, NodeNames names)
    {
        // A number of the program is a node for each use, as in an expression; a tensor is one node however often it is used.
        if (value is { Count: > 1 } && _constants.TryGetValue((value.Storage, value.Layout), out var known)) return known;
        var id = _nodes.Count;
        var isNumber = value is { Count: 1, Rank: 0 };
        var name = isNumber ? NumberText.Of(value!.To(DType.Float64)) : value?.Name ?? names.Constant();
        if (value is { Count: > 1 }) _constants.Add((value.Storage, value.Layout), id);
        _nodes.Add(
            new() { Id = id, Name = name, Operation = "constant", Symbol = name, Formula = name, Kind = GraphNodeKind.Constant, Shape = shape, Value = value });
        return id;
    }

    private GraphNode Describe(Node node, int output, int[] inputs, TensorValues values, NodeNames names)
    {
        var name = NameOf(node, output);
        var isNamed = name is not null;
        if (node.Op is null)
        {
            name ??= names.Variable();
            return new()
            {
                Id = _nodes.Count,
                Name = name,
                Operation = "variable",
                Symbol = name,
                Formula = name,
                Kind = GraphNodeKind.Variable,
                Shape = node.OutputShape(),
                Value = values[node, output],
            };
        }

        name ??= names.Intermediate();
        var operation = EngineOperation.Of(node, output);
        var arguments = inputs.Select(input => _nodes[input].Name).ToArray();
        var use = EngineOperation.Use(node, output, [.. inputs.Select(input => _nodes[input].Value)], values[node, output]);
        return new()
        {
            Id = _nodes.Count,
            Name = name,
            Operation = node.Op.Name,
            Symbol = operation.Symbol,
            Formula = EngineOperation.Formula(operation, node, arguments),
            Kind = GraphNodeKind.Operation,
            Inputs = [.. inputs],
            Shape = node.OutputShape(output),
            Value = values[node, output],
            IsNamed = isNamed,
            Local = [.. inputs.Select((_, index) => operation.Local(index, arguments, name, Number(operation, node, inputs, index), use))],
            Definition = operation,
            Arguments = [.. EngineOperation.Arguments(operation, node)],
        };
    }

    /// <summary>The derivative as a number, where inputs and output are single numbers.</summary>
    private double? Number(Operation operation, Node node, int[] inputs, int input)
    {
        if (_nodes.Count > MostLocal || node.OutputShape().Rank != 0 || inputs.Any(id => _nodes[id] is not { Shape.Rank: 0, Value.DType.IsFloat: true }))
        {
            return null;
        }

        return operation.Pull([.. inputs.Select(id => _nodes[id].Value!)], null, input, Tensor.Ones([], node.OutputDType())).Item();
    }
}
