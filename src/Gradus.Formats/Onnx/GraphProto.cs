namespace Gradus.Formats;

/// <summary>A graph in ONNX's format: nodes in an order in which each comes after its inputs, constants, and what goes in and out.</summary>
internal sealed class GraphProto
{
    private const int NodeField = 1, NameField = 2, InitializerField = 5, DocField = 10, InputField = 11, OutputField = 12, ValueField = 13,
        SparseInitializerField = 15;

    public string Name { get; set; } = "";

    public string Doc { get; set; } = "";

    public List<NodeProto> Nodes { get; } = [];

    public List<TensorProto> Initializers { get; } = [];

    public List<SparseTensorProto> SparseInitializers { get; } = [];

    public List<ValueInfoProto> Inputs { get; } = [];

    public List<ValueInfoProto> Outputs { get; } = [];

    /// <summary>Types and shapes of what is between.</summary>
    public List<ValueInfoProto> Values { get; } = [];

    public void Merge(WireScanner fields)
    {
        while (fields.Read())
        {
            switch (fields.Field)
            {
                case NodeField: Nodes.Add(NodeProto.Read(fields.Message())); break;
                case NameField: Name = fields.Text(); break;
                case InitializerField: Initializers.Add(TensorProto.Read(fields.Message())); break;
                case DocField: Doc = fields.Text(); break;
                case InputField: Inputs.Add(ValueInfoProto.Read(fields.Message())); break;
                case OutputField: Outputs.Add(ValueInfoProto.Read(fields.Message())); break;
                case ValueField: Values.Add(ValueInfoProto.Read(fields.Message())); break;
                case SparseInitializerField: SparseInitializers.Add(SparseTensorProto.Read(fields.Message())); break;
            }
        }
    }

    public void Write(WireWriter writer)
    {
        foreach (var node in Nodes) writer.Message(NodeField, node.Write);
        writer.Text(NameField, Name);
        foreach (var initializer in Initializers) writer.Message(InitializerField, initializer.Write);
        writer.TextUnlessEmpty(DocField, Doc);
        foreach (var input in Inputs) writer.Message(InputField, input.Write);
        foreach (var output in Outputs) writer.Message(OutputField, output.Write);
        foreach (var value in Values) writer.Message(ValueField, value.Write);
    }
}
