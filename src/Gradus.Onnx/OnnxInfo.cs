using Gradus.Formats;

namespace Gradus.Onnx;

/// <summary>What an ONNX file holds, read without its numbers.</summary>
public sealed class OnnxInfo
{
    private OnnxInfo(ModelProto model, IReadOnlyList<string> unsupported)
    {
        var graph = model.Graph!;
        var given = graph.Initializers.Select(static tensor => tensor.Name).ToHashSet();
        (IrVersion, Producer, ProducerVersion, Unsupported) = (model.IrVersion, model.Producer, model.ProducerVersion, unsupported);
        Opsets = model.OperatorSets.ToDictionary(static set => set.Domain.Length == 0 ? "ai.onnx" : set.Domain, static set => set.Version);
        Inputs = [.. graph.Inputs.Where(input => !given.Contains(input.Name)).Select(OnnxValue.Of)];
        Outputs = [.. graph.Outputs.Select(OnnxValue.Of)];
        Metadata = model.Metadata;
        Constants = [.. graph.Initializers.Select(static tensor => new OnnxConstant(tensor.Name, tensor.Type.Word(), tensor.Sizes, tensor.IsExternal))];
        var counts = new Dictionary<string, int>();
        foreach (var node in AllNodes(graph).Concat(model.Functions.SelectMany(static function => function.Nodes)))
        {
            var name = node.Domain.Length == 0 ? node.Operator : $"{node.Domain}.{node.Operator}";
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }

        Operators = [.. counts.OrderByDescending(static entry => entry.Value).ThenBy(static entry => entry.Key, StringComparer.Ordinal)];
    }

    /// <summary>The version of the format.</summary>
    public long IrVersion { get; }

    /// <summary>The version of each domain's operators; ONNX's own are <c>ai.onnx</c>.</summary>
    public IReadOnlyDictionary<string, long> Opsets { get; }

    /// <summary>The program that wrote the file.</summary>
    public string Producer { get; }

    /// <summary>The version of that program.</summary>
    public string ProducerVersion { get; }

    /// <summary>What goes in, without inputs that the file has a value for.</summary>
    public IReadOnlyList<OnnxValue> Inputs { get; }

    /// <summary>What comes out.</summary>
    public IReadOnlyList<OnnxValue> Outputs { get; }

    /// <summary>The constants, among them the weights.</summary>
    public IReadOnlyList<OnnxConstant> Constants { get; }

    /// <summary>How many nodes there are of each operator, the most frequent first.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> Operators { get; }

    /// <summary>What the file asks for and is not supported, a line each; empty for a file that can be loaded.</summary>
    public IReadOnlyList<string> Unsupported { get; }

    /// <summary>The file's words about the model.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Operators of your own; none by default.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or is no model; the message says where.</exception>
    public static OnnxInfo Read(string path, OnnxOptions? options = null)
    {
        using var contents = OnnxContents.Open(path);
        using var scope = new TensorScope();
        var builder = new GraphBuilder(contents, options ?? OnnxOptions.Default, path) { ReadsNumbers = false };
        builder.Build();
        return new OnnxInfo(contents.Model, [.. builder.Unsupported.Lines()]);
    }

    private static IEnumerable<NodeProto> AllNodes(GraphProto graph) =>
        graph.Nodes.SelectMany(static node => node.Attributes.Where(static attribute => attribute.Graph is not null)
            .SelectMany(static attribute => AllNodes(attribute.Graph!)).Prepend(node));
}
