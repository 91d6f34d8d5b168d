using Gradus.Formats;

namespace Gradus.Onnx;

/// <summary>Makes graphs that run of a file's: finds the operators, gives values their places, and gathers all that is not supported.</summary>
/// <param name="contents">The file.</param>
/// <param name="options">Operators of the user's own.</param>
/// <param name="name">What errors call the file.</param>
internal sealed class GraphBuilder(OnnxContents contents, OnnxOptions options, string name)
{
    // A function that calls others ten times, and they others, would grow without end.
    private const int MostNodes = 1 << 20;
    private const int MostDepth = 64;

    private readonly Dictionary<(string Domain, string Name, string Overload), FunctionProto> _functions = [];
    private readonly HashSet<FunctionProto> _called = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _constants = [];
    private int _nodes;
    private int _depth;

    /// <summary>All that is not supported.</summary>
    public Unsupported Unsupported { get; } = new();

    /// <summary>All constants of all graphs, in the order of the file.</summary>
    public List<Initializer> Initializers { get; } = [];

    /// <summary>Whether the numbers of constants are read; without them the graph does not run.</summary>
    public bool ReadsNumbers { get; init; } = true;

    /// <summary>Builds the model's graph.</summary>
    /// <exception cref="InvalidDataException">The graph contradicts itself.</exception>
    public OnnxGraph Build()
    {
        var model = contents.Model;
        foreach (var function in model.Functions) _functions[(function.Domain, function.Name, function.Overload)] = function;
        var versions = new OperatorVersions(model.OperatorSets);
        foreach (var input in model.Graph!.Inputs) CheckType("input", input);
        foreach (var output in model.Graph.Outputs) CheckType("output", output);
        var graph = Build(model.Graph, outer: null, versions, caller: null);
        // What nobody calls was not read, and could not be saved.
        model.Functions.RemoveAll(function => !_called.Contains(function));
        return graph;
    }

    private InvalidDataException Damage(string what) => new($"{name}: {what}.");

    private void CheckType(string role, ValueInfoProto value)
    {
        if (value.Type is not { Kind.Length: > 0 } type) return;
        if (type.Kind != "tensor") Unsupported.AddType($"{role} {PlainText.Quote(value.Name)} is of type {type.Kind}");
        else if (type.ElementType != OnnxDataType.Undefined && type.ElementType.Held() is null)
            Unsupported.AddType($"{role} {PlainText.Quote(value.Name)} has elements of type {type.ElementType.Word()}");
    }

    private OnnxGraph Build(GraphProto message, Symbols? outer, OperatorVersions versions, NodeProto? caller)
    {
        if (++_depth > MostDepth) throw Damage($"graphs inside of each other, more than {MostDepth} deep");
        var graph = new OnnxGraph { Name = message.Name };
        var symbols = new Symbols(outer);
        foreach (var input in message.Inputs) graph.Inputs.Add((input.Name, Add(symbols, input.Name)));
        foreach (var tensor in message.Initializers) AddInitializer(graph, symbols, tensor.Name, () => Read(tensor), Lacks(tensor) ? tensor.ReadShape() : null);
        foreach (var tensor in message.SparseInitializers) AddInitializer(graph, symbols, tensor.Values?.Name ?? "", () => Read(tensor, message), zeros: null);
        message.SparseInitializers.Clear();
        AddNodes(graph, symbols, message.Nodes, versions, caller);
        foreach (var output in message.Outputs)
        {
            var place = symbols.Find(output.Name, out var value) ?? throw Damage($"output {PlainText.Quote(output.Name)} is computed by no node");
            if (value is not null) value.IsWeight = true;
            if (outer is null && graph.Outputs.Exists(other => other.Name == output.Name))
                throw Damage($"there are two outputs {PlainText.Quote(output.Name)}");
            graph.Outputs.Add((output.Name, place));
        }

        graph.Slots = symbols.Count;
        _depth--;
        return graph;
    }

    /// <summary>Makes a graph of a function's nodes, the attributes that they take from their caller put in.</summary>
    private OnnxGraph Build(FunctionProto function, NodeProto caller)
    {
        _called.Add(function);
        if (++_depth > MostDepth) throw Damage($"functions that call each other, more than {MostDepth} deep: {PlainText.Quote(function.Name)}");
        var graph = new OnnxGraph { Name = function.Name };
        var symbols = new Symbols(outer: null);
        foreach (var input in function.Inputs) graph.Inputs.Add((input, Add(symbols, input)));
        var withDefaults = new NodeProto();
        withDefaults.Attributes.AddRange([.. function.Defaults, .. caller.Attributes]);
        AddNodes(graph, symbols, function.Nodes, new OperatorVersions(function.OperatorSets), withDefaults);
        foreach (var output in function.Outputs)
        {
            var place = symbols.Find(output, out _) ??
                throw Damage($"output {PlainText.Quote(output)} of function {PlainText.Quote(function.Name)} is computed by no node");
            graph.Outputs.Add((output, place));
        }

        graph.Slots = symbols.Count;
        _depth--;
        return graph;
    }

    private int Add(Symbols symbols, string value)
    {
        var slot = symbols.Add(value);
        return slot >= 0 ? slot : throw Damage($"two values are called {PlainText.Quote(value)}");
    }

    private Tensor? Read(TensorProto tensor)
    {
        if (tensor.Type.Held() is { } dtype)
        {
            if (!ReadsNumbers) return Tensor.Zeros([0], dtype);
            var value = tensor.ToTensor(contents.External);
            // The file is closed when the model is saved again.
            tensor.Hold(value);
            return value;
        }

        Unsupported.AddType($"constant {PlainText.Quote(tensor.Name)} has elements of type {tensor.Type.Word()}");
        return null;
    }

    // From here on as a plain constant of the graph.
    private Tensor? Read(SparseTensorProto tensor, GraphProto graph)
    {
        if (tensor.Values is { } values && values.Type.Held() is null)
        {
            Unsupported.AddType($"constant {PlainText.Quote(values.Name)} has elements of type {values.Type.Word()}");
            return null;
        }

        var dense = SparseTensors.ToDense(tensor, name);
        graph.Initializers.Add(TensorProto.Of(tensor.Values!.Name, dense));
        return dense;
    }

    private bool Lacks(TensorProto tensor) => options.MayLackWeights && !tensor.HasNumbers && tensor.Type.Held() is { IsFloat: true };

    private void AddInitializer(OnnxGraph graph, Symbols symbols, string constant, Func<Tensor?> read, Shape? zeros)
    {
        if (constant.Length == 0) throw Damage("a constant has no name");
        var tensor = zeros is null ? read() : null;
        // One that is also an input is the value it has where none is given.
        var isInput = symbols.IsOwn(constant) && graph.Inputs.Exists(input => input.Name == constant) &&
            !graph.Initializers.Exists(other => other.Value.Name == constant);
        if (tensor is null && zeros is null)
        {
            if (!isInput) Add(symbols, constant);
            return;
        }

        var unique = constant;
        for (var number = 2; !_constants.Add(unique); number++) unique = FormattableString.Invariant($"{constant}.{number}");
        var value = new Initializer(unique, tensor, tensor?.Meta ?? new Meta(zeros!.Value, DType.Float32));
        Initializers.Add(value);
        graph.Initializers.Add((value, isInput ? symbols.Fill(constant, value) : AddConstant(symbols, constant, value)));
    }

    private int AddConstant(Symbols symbols, string constant, Initializer value)
    {
        var slot = symbols.Add(constant, value);
        return slot >= 0 ? slot : throw Damage($"two values are called {PlainText.Quote(constant)}");
    }

    private void AddNodes(OnnxGraph graph, Symbols symbols, List<NodeProto> nodes, OperatorVersions versions, NodeProto? caller)
    {
        foreach (var message in NodeOrder.Sort(nodes, name))
        {
            if (++_nodes > MostNodes) throw Damage($"more than {MostNodes} nodes, with those of functions");
            var resolved = caller is null ? message : AttributeReferences.Resolve(message, caller);
            if (Build(resolved, symbols, versions) is { } node) graph.Nodes.Add(node);
        }
    }

    private GraphNode? Build(NodeProto message, Symbols symbols, OperatorVersions versions)
    {
        var found = FindOperator(message, versions, out var function, out var opset);
        var inputs = new Place?[message.Inputs.Count];
        for (var index = 0; index < inputs.Length; index++)
        {
            if (message.Inputs[index].Length == 0) continue;
            inputs[index] = symbols.Find(message.Inputs[index], out var value) ??
                throw Damage($"node {PlainText.Quote(GraphNode.NameOf(message))} reads {PlainText.Quote(message.Inputs[index])}, " +
                    "which is computed nowhere before it");
            if (value is not null && found?.Settings.Contains(index) != true) value.IsWeight = true;
        }

        // Before the outputs have places: a graph inside cannot read them.
        var inner = message.Attributes.Where(static attribute => attribute.Graph is not null)
            .Select(attribute => (attribute.Name, Graph: Build(attribute.Graph!, symbols, versions, caller: null))).ToArray();
        var outputs = message.Outputs.Select(output => output.Length == 0 ? -1 : Add(symbols, output)).ToArray();
        var called = function is null ? null : Build(function, message);
        if (found is null && called is null) return null;
        var node = new GraphNode(message, opset, found ?? FunctionCall.Of(called!), inputs, outputs);
        foreach (var (attribute, graph) in inner)
        {
            if (!node.Graphs.TryAdd(attribute, graph)) throw Damage($"node {PlainText.Quote(node.Name)} has two attributes {PlainText.Quote(attribute)}");
        }

        foreach (var attribute in message.Attributes) ReadTensors(node, attribute);
        if (node.Operator.Refuses?.Invoke(new OnnxCall(node, frame: null, model: null)) is { } reason)
            Unsupported.AddType($"node {PlainText.Quote(node.Name)} ({node.OperatorName}): {reason}");
        if (node.Operator.IsRandom && !options.AllowsRandom)
            Unsupported.AddType($"node {PlainText.Quote(node.Name)} ({node.OperatorName}) draws random numbers, which OnnxOptions.AllowsRandom allows");
        return node;
    }

    private OnnxOperator? FindOperator(NodeProto message, OperatorVersions versions, out FunctionProto? function, out int opset)
    {
        function = null;
        opset = versions.Of(message.Domain) ?? 0;
        if (options.Find(message.Domain, message.Operator) is { } own) return own;
        if (message.Domain.Length > 0 || !OperatorTable.Has(message.Operator))
        {
            if (_functions.TryGetValue((message.Domain, message.Operator, message.Overload), out function)) return null;
        }

        if (message.Domain.Length == 0 && opset > OperatorTable.NewestOpset) Unsupported.AddType(FormattableString.Invariant(
            $"opset {opset} is newer than {OperatorTable.NewestOpset}, the newest that is known"));
        var found = message.Domain.Length == 0 ? OperatorTable.Find(message.Operator, opset) : null;
        if (found is null) Unsupported.AddOperator(message, opset);
        return found;
    }

    private void ReadTensors(GraphNode node, AttributeProto attribute)
    {
        if (attribute.SparseTensor is { Values.Type: var type } sparse && type.Held() is not null)
        {
            var dense = TensorProto.Of("", SparseTensors.ToDense(sparse, name));
            (attribute.Name, attribute.Kind, attribute.Tensor, attribute.SparseTensor) = ("value", AttributeKind.Tensor, dense, null);
        }

        var what = attribute.SparseTensor?.Values?.Type ?? attribute.Tensor?.Type;
        if (what is null) return;
        if (attribute.Tensor is { } tensor && what.Value.Held() is not null)
        {
            var value = tensor.ToTensor(contents.External);
            tensor.Hold(value);
            node.Tensors[attribute.Name] = value;
            return;
        }

        Unsupported.AddType($"node {PlainText.Quote(node.Name)} ({node.OperatorName}): a constant has elements of type {what.Value.Word()}");
    }
}
