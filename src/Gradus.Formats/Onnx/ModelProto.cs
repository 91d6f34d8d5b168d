namespace Gradus.Formats;

/// <summary>A model in ONNX's format: a graph, the versions of the operators in it, and functions that the graph calls.</summary>
internal sealed class ModelProto
{
    private const int IrVersionField = 1, ProducerField = 2, ProducerVersionField = 3, DomainField = 4, VersionField = 5, DocField = 6, GraphField = 7,
        OperatorSetField = 8, MetadataField = 14, FunctionField = 25;

    /// <summary>The version of the format.</summary>
    public long IrVersion { get; set; }

    public string Producer { get; set; } = "";

    public string ProducerVersion { get; set; } = "";

    public string Domain { get; set; } = "";

    public long Version { get; set; }

    public string Doc { get; set; } = "";

    public GraphProto? Graph { get; set; }

    /// <summary>The version of each domain's operators; the empty domain is ONNX's own.</summary>
    public List<OperatorSetId> OperatorSets { get; } = [];

    public List<KeyValuePair<string, string>> Metadata { get; } = [];

    public List<FunctionProto> Functions { get; } = [];

    /// <summary>Reads a model. Its tensors stay in the file until they are asked for.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or is no model.</exception>
    public static ModelProto Read(WireSource source)
    {
        var model = new ModelProto();
        for (var fields = source.Scan(); fields.Read();) model.Take(fields);
        if (model.Graph is null) throw new InvalidDataException($"{source.Name}: there is no graph in it. The file is damaged, or is no ONNX model.");
        return model;
    }

    public void Write(WireWriter writer)
    {
        writer.Whole(IrVersionField, IrVersion);
        writer.TextUnlessEmpty(ProducerField, Producer);
        writer.TextUnlessEmpty(ProducerVersionField, ProducerVersion);
        writer.TextUnlessEmpty(DomainField, Domain);
        if (Version != 0) writer.Whole(VersionField, Version);
        writer.TextUnlessEmpty(DocField, Doc);
        if (Graph is not null) writer.Message(GraphField, Graph.Write);
        foreach (var set in OperatorSets) writer.Message(OperatorSetField, set.Write);
        foreach (var entry in Metadata) writer.Message(MetadataField, message => StringEntry.Write(message, entry));
        foreach (var function in Functions) writer.Message(FunctionField, function.Write);
    }

    private void Take(WireScanner field)
    {
        switch (field.Field)
        {
            case IrVersionField: IrVersion = (long)field.Number; break;
            case ProducerField: Producer = field.Text(); break;
            case ProducerVersionField: ProducerVersion = field.Text(); break;
            case DomainField: Domain = field.Text(); break;
            case VersionField: Version = (long)field.Number; break;
            case DocField: Doc = field.Text(); break;
            case GraphField: (Graph ??= new GraphProto()).Merge(field.Message()); break;
            case OperatorSetField: OperatorSets.Add(OperatorSetId.Read(field.Message())); break;
            case MetadataField: Metadata.Add(StringEntry.Read(field.Message())); break;
            case FunctionField: Functions.Add(FunctionProto.Read(field.Message())); break;
        }
    }
}
