namespace Gradus.Formats;

/// <summary>An operator that is applied, in ONNX's format. An empty name of an input or output stands for one that is left out.</summary>
internal sealed class NodeProto
{
    private const int InputField = 1, OutputField = 2, NameField = 3, OperatorField = 4, AttributeField = 5, DocField = 6, DomainField = 7,
        OverloadField = 8, MetadataField = 9;

    public string Name { get; set; } = "";

    public string Operator { get; set; } = "";

    /// <summary>The operator's domain; empty for ONNX's own.</summary>
    public string Domain { get; set; } = "";

    /// <summary>Which of several functions of one name.</summary>
    public string Overload { get; set; } = "";

    public string Doc { get; set; } = "";

    public List<string> Inputs { get; } = [];

    public List<string> Outputs { get; } = [];

    public List<AttributeProto> Attributes { get; } = [];

    public List<KeyValuePair<string, string>> Metadata { get; } = [];

    public static NodeProto Read(WireScanner fields)
    {
        var node = new NodeProto();
        while (fields.Read())
        {
            switch (fields.Field)
            {
                case InputField: node.Inputs.Add(fields.Text()); break;
                case OutputField: node.Outputs.Add(fields.Text()); break;
                case NameField: node.Name = fields.Text(); break;
                case OperatorField: node.Operator = fields.Text(); break;
                case AttributeField: node.Attributes.Add(AttributeProto.Read(fields.Message())); break;
                case DocField: node.Doc = fields.Text(); break;
                // ONNX's own domain has two names.
                case DomainField: node.Domain = fields.Text() is var domain && domain == "ai.onnx" ? "" : domain; break;
                case OverloadField: node.Overload = fields.Text(); break;
                case MetadataField: node.Metadata.Add(StringEntry.Read(fields.Message())); break;
            }
        }

        return node;
    }

    public void Write(WireWriter writer)
    {
        foreach (var input in Inputs) writer.Text(InputField, input);
        foreach (var output in Outputs) writer.Text(OutputField, output);
        writer.TextUnlessEmpty(NameField, Name);
        writer.Text(OperatorField, Operator);
        foreach (var attribute in Attributes) writer.Message(AttributeField, attribute.Write);
        writer.TextUnlessEmpty(DocField, Doc);
        writer.TextUnlessEmpty(DomainField, Domain);
        writer.TextUnlessEmpty(OverloadField, Overload);
        foreach (var entry in Metadata) writer.Message(MetadataField, message => StringEntry.Write(message, entry));
    }
}
