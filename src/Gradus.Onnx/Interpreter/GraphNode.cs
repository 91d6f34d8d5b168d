using Gradus.Formats;

namespace Gradus.Onnx;

/// <summary>A node of a graph, ready to run: its operator, its settings, and where its inputs and outputs are.</summary>
internal sealed class GraphNode(NodeProto message, int opset, OnnxOperator @operator, Place?[] inputs, int[] outputs)
{
    private readonly Dictionary<string, AttributeProto> _attributes = ByName(message.Attributes);

    // Found once, since a node is evaluated many times.
    private readonly Dictionary<string, double> _reals = RealsOf(message.Attributes);

    /// <summary>The node's name; where it has none, that of its first output.</summary>
    public string Name { get; } = NameOf(message);

    public string OperatorName => message.Operator;

    /// <summary>The version of the operators of its domain.</summary>
    public int Opset => opset;

    public OnnxOperator Operator => @operator;

    /// <summary>Where the inputs are; null for one that is left out.</summary>
    public IReadOnlyList<Place?> Inputs => inputs;

    /// <summary>The slots of the outputs; −1 for one that nobody asks for.</summary>
    public IReadOnlyList<int> Outputs => outputs;

    /// <summary>The graphs inside of it, by the attribute that holds them.</summary>
    public Dictionary<string, OnnxGraph> Graphs { get; } = [];

    /// <summary>The tensors among its attributes, read once.</summary>
    public Dictionary<string, Tensor> Tensors { get; } = [];

    public AttributeProto? Attribute(string name) => _attributes.GetValueOrDefault(name);

    /// <summary>An attribute that is a real number and is there.</summary>
    public double Real(string name) => _reals[name];

    public static string NameOf(NodeProto message) =>
        message.Name.Length > 0 ? message.Name : message.Outputs.Find(static output => output.Length > 0) ?? message.Operator;

    private static Dictionary<string, double> RealsOf(List<AttributeProto> attributes)
    {
        var reals = new Dictionary<string, double>();
        foreach (var attribute in attributes)
        {
            if (attribute.Kind == AttributeKind.Float) reals[attribute.Name] = WrittenDecimal.Of(attribute.Float);
        }

        return reals;
    }

    // Of two of one name the last counts, as of fields that are given twice.
    private static Dictionary<string, AttributeProto> ByName(List<AttributeProto> attributes)
    {
        var byName = new Dictionary<string, AttributeProto>();
        foreach (var attribute in attributes) byName[attribute.Name] = attribute;
        return byName;
    }
}
