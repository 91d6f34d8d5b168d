namespace Gradus.Formats;

/// <summary>A setting of a node in ONNX's format.</summary>
internal sealed class AttributeProto
{
    private const int NameField = 1, FloatField = 2, IntField = 3, StringField = 4, TensorField = 5, GraphField = 6, FloatsField = 7, IntsField = 8,
        StringsField = 9, TensorsField = 10, GraphsField = 11, TypeProtoField = 14, KindField = 20, ReferenceField = 21, SparseTensorField = 22;

    public string Name { get; set; } = "";

    public AttributeKind Kind { get; set; }

    public float Float { get; set; }

    public long Int { get; set; }

    public string String { get; set; } = "";

    public TensorProto? Tensor { get; set; }

    public GraphProto? Graph { get; set; }

    public SparseTensorProto? SparseTensor { get; set; }

    public TypeProto? Type { get; set; }

    public List<float> Floats { get; } = [];

    public List<long> Ints { get; } = [];

    public List<string> Strings { get; } = [];

    public List<TensorProto> Tensors { get; } = [];

    public List<GraphProto> Graphs { get; } = [];

    /// <summary>Inside a function: the attribute of the calling node that this one takes its value from.</summary>
    public string Reference { get; set; } = "";

    public static AttributeProto Read(WireScanner fields)
    {
        var attribute = new AttributeProto();
        while (fields.Read()) attribute.Take(fields);
        if (attribute.Kind == AttributeKind.Undefined) attribute.Kind = attribute.GuessKind();
        return attribute;
    }

    public void Write(WireWriter writer)
    {
        writer.Text(NameField, Name);
        switch (Kind)
        {
            case AttributeKind.Float: writer.Real32(FloatField, Float); break;
            case AttributeKind.Int: writer.Whole(IntField, Int); break;
            case AttributeKind.String: writer.Text(StringField, String); break;
            case AttributeKind.Tensor: writer.Message(TensorField, Tensor!.Write); break;
            case AttributeKind.Graph: writer.Message(GraphField, Graph!.Write); break;
            case AttributeKind.Floats:
                foreach (var value in Floats) writer.Real32(FloatsField, value);
                break;
            case AttributeKind.Ints:
                foreach (var value in Ints) writer.Whole(IntsField, value);
                break;
            case AttributeKind.Strings:
                foreach (var value in Strings) writer.Text(StringsField, value);
                break;
            default:
                throw new NotSupportedException($"attribute {Name}: {Kind} is not written.");
        }

        writer.Whole(KindField, (long)Kind);
        writer.TextUnlessEmpty(ReferenceField, Reference);
    }

    private void Take(WireScanner field)
    {
        switch (field.Field)
        {
            case NameField: Name = field.Text(); break;
            case FloatField: Float = BitConverter.UInt32BitsToSingle((uint)field.Number); break;
            case IntField: Int = (long)field.Number; break;
            case StringField: String = field.Text(); break;
            case TensorField: Tensor = TensorProto.Read(field.Message()); break;
            case GraphField: (Graph ??= new GraphProto()).Merge(field.Message()); break;
            case FloatsField: field.AddReal32(Floats); break;
            case IntsField: field.AddWhole(Ints); break;
            case StringsField: Strings.Add(field.Text()); break;
            case TensorsField: Tensors.Add(TensorProto.Read(field.Message())); break;
            case GraphsField:
                var graph = new GraphProto();
                graph.Merge(field.Message());
                Graphs.Add(graph);
                break;
            case TypeProtoField: Type = TypeProto.Read(field.Message()); break;
            case KindField: Kind = field.Number <= (ulong)AttributeKind.Types ? (AttributeKind)field.Number : AttributeKind.Undefined; break;
            case ReferenceField: Reference = field.Text(); break;
            case SparseTensorField: SparseTensor = SparseTensorProto.Read(field.Message()); break;
        }
    }

    // Before version 2 of the format, attributes did not say what they hold.
    private AttributeKind GuessKind() => this switch
    {
        { Tensor: not null } => AttributeKind.Tensor,
        { Graph: not null } => AttributeKind.Graph,
        { SparseTensor: not null } => AttributeKind.SparseTensor,
        { Type: not null } => AttributeKind.Type,
        { Floats.Count: > 0 } => AttributeKind.Floats,
        { Ints.Count: > 0 } => AttributeKind.Ints,
        { Strings.Count: > 0 } => AttributeKind.Strings,
        { Tensors.Count: > 0 } => AttributeKind.Tensors,
        { Graphs.Count: > 0 } => AttributeKind.Graphs,
        { String.Length: > 0 } => AttributeKind.String,
        { Float: not 0 } => AttributeKind.Float,
        _ => AttributeKind.Int,
    };
}
