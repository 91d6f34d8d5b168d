namespace Gradus.Formats;

/// <summary>A function of a model: nodes that stand for one operator.</summary>
internal sealed class FunctionProto
{
    private const int NameField = 1, InputField = 4, OutputField = 5, AttributeField = 6, NodeField = 7, OperatorSetField = 9, DomainField = 10,
        DefaultField = 11, OverloadField = 13;

    public string Name { get; set; } = "";

    public string Domain { get; set; } = "";

    public string Overload { get; set; } = "";

    public List<string> Inputs { get; } = [];

    public List<string> Outputs { get; } = [];

    /// <summary>The attributes that a call must have.</summary>
    public List<string> Attributes { get; } = [];

    /// <summary>The attributes that a call may have, with their values where it has not.</summary>
    public List<AttributeProto> Defaults { get; } = [];

    public List<NodeProto> Nodes { get; } = [];

    public List<OperatorSetId> OperatorSets { get; } = [];

    public static FunctionProto Read(WireScanner fields)
    {
        var function = new FunctionProto();
        while (fields.Read())
        {
            switch (fields.Field)
            {
                case NameField: function.Name = fields.Text(); break;
                case InputField: function.Inputs.Add(fields.Text()); break;
                case OutputField: function.Outputs.Add(fields.Text()); break;
                case AttributeField: function.Attributes.Add(fields.Text()); break;
                case NodeField: function.Nodes.Add(NodeProto.Read(fields.Message())); break;
                case OperatorSetField: function.OperatorSets.Add(OperatorSetId.Read(fields.Message())); break;
                case DomainField: function.Domain = fields.Text() is var domain && domain == "ai.onnx" ? "" : domain; break;
                case DefaultField: function.Defaults.Add(AttributeProto.Read(fields.Message())); break;
                case OverloadField: function.Overload = fields.Text(); break;
            }
        }

        return function;
    }

    public void Write(WireWriter writer)
    {
        writer.Text(NameField, Name);
        foreach (var input in Inputs) writer.Text(InputField, input);
        foreach (var output in Outputs) writer.Text(OutputField, output);
        foreach (var attribute in Attributes) writer.Text(AttributeField, attribute);
        foreach (var node in Nodes) writer.Message(NodeField, node.Write);
        foreach (var set in OperatorSets) writer.Message(OperatorSetField, set.Write);
        writer.Text(DomainField, Domain);
        foreach (var attribute in Defaults) writer.Message(DefaultField, attribute.Write);
        writer.TextUnlessEmpty(OverloadField, Overload);
    }
}
