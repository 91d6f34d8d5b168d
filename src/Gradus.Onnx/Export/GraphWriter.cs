using Gradus.Formats;

namespace Gradus.Onnx;

/// <summary>Writes a program as a graph of ONNX: its nodes in order, the constants that they read, and what is known of every value.</summary>
internal sealed class GraphWriter
{
    private readonly TracedProgram _program;
    private readonly ExportInputs _inputs;
    private readonly OnnxExportOptions _options;
    private readonly ValueNames _valueNames = new();
    private readonly ValueNames _nodeNames = new();
    private readonly GraphConstants _constants;

    // By number: the names of values that nodes read, and whether they depend on an input or are a parameter in another form.
    private readonly Dictionary<int, string> _names = [];
    private readonly HashSet<int> _live = [];
    private readonly HashSet<int> _kept = [];
    private readonly Dictionary<Extent, string> _extents = [];
    private readonly List<NodeProto> _nodes = [];

    private GraphWriter(TracedProgram program, ExportInputs inputs, OnnxExportOptions options)
    {
        (_program, _inputs, _options) = (program, inputs, options);
        InputNames = NamesOf(options.InputNames, "input", program.Inputs.Length);
        OutputNames = NamesOf(options.OutputNames, "output", program.Outputs.Length);
        foreach (var name in (string[])[.. InputNames, .. OutputNames])
        {
            if (!_valueNames.Take(name)) throw new GradusException($"onnx: '{name}' names two inputs or outputs; every name has to be one of its own.");
        }

        _constants = new GraphConstants(program, _valueNames);
    }

    /// <summary>The version of ONNX's operators.</summary>
    public int Opset => _options.Opset;

    private string[] InputNames { get; }

    private string[] OutputNames { get; }

    /// <summary>The graph of a program, and its constants by name.</summary>
    /// <exception cref="GradusException">An operator has no form in ONNX at this version; the message names it and its module.</exception>
    public static (GraphProto Graph, OrderedDictionary<string, Tensor> Tensors) Write(
        TracedProgram program, ExportInputs inputs, OnnxExportOptions options)
    {
        using var noGrad = GradMode.Disable();
        var writer = new GraphWriter(program, inputs, options);
        return (writer.Build(), writer._constants.All);
    }

    /// <summary>The sizes of a value.</summary>
    public Extent[] Sizes(int value) => _program.Sizes(value);

    /// <summary>A value in the first run.</summary>
    public Tensor Value(int value) => _program.Value(value);

    /// <summary>Whether a value depends on no input.</summary>
    public bool IsConstant(int value) => !_live.Contains(value) && !_kept.Contains(value);

    /// <summary>Whether a value is a constant whose numbers are all 0, whatever the batch.</summary>
    public bool IsZero(int value) => IsConstant(value) && !_constants.IsState(value) && !Value(value).NotEqual(0).Any().Item<bool>();

    /// <summary>The name of a value that is there already.</summary>
    public string NameOf(int value, ExportCall reader)
    {
        if (_names.TryGetValue(value, out var name)) return name;
        return _names[value] = _constants.NameOf(value, reader);
    }

    /// <summary>The name of a constant.</summary>
    public string Constant(Tensor value) => _constants.Shared(value);

    /// <summary>The name of a module's own parameter or buffer.</summary>
    public string State(Tensor value) => _constants.State(value);

    /// <summary>Gives a value a name.</summary>
    public void Name(int value, string name) => _names[value] = name;

    /// <summary>Adds a node.</summary>
    /// <returns>The names of its outputs.</returns>
    public string[] Add(string path, string op, IEnumerable<string> inputs, int outputs, AttributeProto[] attributes)
    {
        var scope = path.Length == 0 ? "" : "/" + path.Replace('.', '/');
        var node = new NodeProto { Name = _nodeNames.Fresh($"{scope}/{op}"), Operator = op };
        node.Inputs.AddRange(inputs);
        while (node.Inputs is [.., ""]) node.Inputs.RemoveAt(node.Inputs.Count - 1);
        node.Attributes.AddRange(attributes);
        for (var output = 0; output < outputs; output++) node.Outputs.Add(_valueNames.Fresh(FormattableString.Invariant($"{node.Name}_output_{output}")));
        if (OnnxVersions.IrOf(Opset) >= OnnxVersions.FirstWithNodeMetadata && path.Length > 0) node.Metadata.Add(new("gradus.module", path));
        _nodes.Add(node);
        return [.. node.Outputs];
    }

    /// <summary>The name of a vector of one size.</summary>
    public string Size(Extent extent)
    {
        if (extent.IsFixed) return Constant(Tensor.From([(long)extent.First], [1]));
        if (_extents.TryGetValue(extent, out var name)) return name;
        var (input, axis) = _inputs.Batch;
        var batch = new Extent(Extent.Batch, Extent.Batch + 1);
        if (extent == batch)
        {
            var shape = Add("", "Shape", [InputNames[input]], 1, [])[0];
            name = Add("", "Gather", [shape, Constant(Tensor.From([(long)axis], [1]))], 1, [Attributes.Int("axis", 0)])[0];
        }
        else
        {
            name = Size(batch);
            if (extent.Slope != 1) name = Add("", "Mul", [name, Size(extent.Slope)], 1, [])[0];
            if (extent.Constant != 0) name = Add("", "Add", [name, Size(extent.Constant)], 1, [])[0];
        }

        return _extents[extent] = name;
    }

    private static string[] NamesOf(IReadOnlyList<string>? given, string name, int count)
    {
        if (given is null) return count == 1 ? [name] : [.. Enumerable.Range(0, count).Select(index => FormattableString.Invariant($"{name}_{index}"))];
        if (given.Count == count && given.All(static name => !string.IsNullOrEmpty(name))) return [.. given];
        throw new GradusException(
            $"onnx: {given.Count} names of {name}s, {PlainText.QuoteAll(given, 8)}; expected {count}, none of them empty.");
    }

    private GraphProto Build()
    {
        for (var index = 0; index < InputNames.Length; index++)
        {
            _names[_program.Inputs[index]] = InputNames[index];
            _live.Add(_program.Inputs[index]);
        }

        var needed = Needed();
        for (var step = 0; step < _program.Steps.Count; step++)
        {
            if (needed[step]) Take(step);
        }

        NameOutputs();
        Prune();
        if (_options.FoldBatchNorm) BatchNormFolding.Apply(_nodes, _constants, OutputNames);
        var graph = new GraphProto { Name = _program.Root?.GetType().Name.Split('`')[0] ?? "graph" };
        graph.Nodes.AddRange(_nodes);
        var read = _nodes.SelectMany(static node => node.Inputs).ToHashSet();
        graph.Initializers.AddRange(_constants.All.Where(entry => read.Contains(entry.Key)).Select(static entry => TensorProto.Of(entry.Key, entry.Value)));
        graph.Inputs.AddRange(InputNames.Zip(_program.Inputs, Describe));
        graph.Outputs.AddRange(OutputNames.Zip(_program.Outputs, Describe));
        var written = _nodes.SelectMany(static node => node.Outputs).Except(OutputNames).ToHashSet();
        foreach (var (value, name) in _names.OrderBy(static entry => entry.Key))
        {
            if (written.Remove(name)) graph.Values.Add(Describe(name, value));
        }

        return graph;
    }

    private void Take(int index)
    {
        var step = _program.Steps[index];
        var call = new ExportCall(this, step, _program.OtherSteps[index]);
        // What has no elements holds nothing of the inputs.
        if (Array.TrueForAll(step.Outputs, IsEmpty)) return;
        if (Array.Exists(step.Inputs, _live.Contains))
        {
            call.Write();
            _live.UnionWith(step.Outputs);
        }
        else if (step.Op is { } op && ExportTable.KeepsParameters(op) && Array.TrueForAll(step.Inputs, IsKept))
        {
            // The parameter stays under its name, and its other form is made from it.
            call.Write();
            _kept.UnionWith(step.Outputs);
        }
        else if (!Array.TrueForAll(step.Outputs, _constants.CanWrite))
        {
            // What follows from the size of the batch is computed from it.
            call.Write();
            _live.UnionWith(step.Outputs);
        }
    }

    // Steps that no output depends on, such as checks, need no form in ONNX.
    private bool[] Needed()
    {
        var wanted = _program.Outputs.ToHashSet();
        var needed = new bool[_program.Steps.Count];
        for (var step = needed.Length - 1; step >= 0; step--)
        {
            needed[step] = Array.Exists(_program.Steps[step].Outputs, wanted.Contains);
            if (needed[step]) wanted.UnionWith(_program.Steps[step].Inputs);
        }

        return needed;
    }

    private bool IsEmpty(int value) => Value(value).Count == 0 && Sizes(value).All(static size => size.IsFixed);

    private bool IsKept(int value) => _kept.Contains(value) || _constants.IsState(value);

    // An output is what a node gives and no other output or input is: else it is copied.
    private void NameOutputs()
    {
        var renamed = new Dictionary<string, string>();
        var reading = new ExportCall(this, _program.Reading, _program.Reading);
        for (var index = 0; index < OutputNames.Length; index++)
        {
            var value = _program.Outputs[index];
            var name = NameOf(value, reading);
            if (!renamed.ContainsKey(name) && _nodes.Exists(node => node.Outputs.Contains(name))) renamed.Add(name, OutputNames[index]);
            else
            {
                var copy = new NodeProto { Name = _nodeNames.Fresh("/Identity"), Operator = "Identity" };
                copy.Inputs.Add(name);
                copy.Outputs.Add(OutputNames[index]);
                _nodes.Add(copy);
            }
        }

        foreach (var names in _nodes.SelectMany(static node => (List<string>[])[node.Inputs, node.Outputs]))
        {
            for (var index = 0; index < names.Count; index++) names[index] = renamed.GetValueOrDefault(names[index], names[index]);
        }

        foreach (var (value, name) in _names.ToArray())
        {
            if (renamed.TryGetValue(name, out var output)) _names[value] = output;
        }
    }

    // What no output depends on is left out.
    private void Prune()
    {
        var wanted = OutputNames.ToHashSet();
        for (var index = _nodes.Count - 1; index >= 0; index--)
        {
            if (_nodes[index].Outputs.Exists(wanted.Contains)) wanted.UnionWith(_nodes[index].Inputs);
            else _nodes.RemoveAt(index);
        }
    }

    private ValueInfoProto Describe(string name, int value) => new()
    {
        Name = name,
        Type = TypeProto.Of(
            Value(value).DType.ToOnnx(),
            Sizes(value).Select(static size => size.IsFixed ? new OnnxDimension(size.First, null) : new OnnxDimension(null, size.ToString()))),
    };
}
