namespace Gradus.Formats;

/// <summary>A type in ONNX's format: that of a tensor with its shape, or of a sequence, a map or an optional value.</summary>
internal sealed class TypeProto
{
    private const int TensorField = 1, SequenceField = 4, MapField = 5, SparseTensorField = 8, OptionalField = 9, ElementField = 1, ShapeField = 2,
        DimensionField = 1, ValueField = 1, ParameterField = 2;

    /// <summary>What it is: <c>tensor</c>, <c>sequence</c>, <c>map</c>, <c>sparse tensor</c>, <c>optional</c>; empty where nothing is said.</summary>
    public string Kind { get; set; } = "";

    /// <summary>A tensor's element type.</summary>
    public OnnxDataType ElementType { get; set; }

    /// <summary>A tensor's sizes; null where not even their number is said.</summary>
    public List<OnnxDimension>? Shape { get; set; }

    public static TypeProto Of(OnnxDataType elementType, IEnumerable<OnnxDimension> shape) =>
        new() { Kind = "tensor", ElementType = elementType, Shape = [.. shape] };

    public static TypeProto Read(WireScanner fields)
    {
        var type = new TypeProto();
        while (fields.Read())
        {
            type.Kind = fields.Field switch
            {
                TensorField => "tensor",
                SequenceField => "sequence",
                MapField => "map",
                SparseTensorField => "sparse tensor",
                OptionalField => "optional",
                _ => type.Kind,
            };
            if (fields.Field == TensorField) type.ReadTensor(fields.Message());
        }

        return type;
    }

    public void Write(WireWriter writer) => writer.Message(TensorField, tensor =>
    {
        tensor.Whole(ElementField, (long)ElementType);
        if (Shape is not null) tensor.Message(ShapeField, WriteShape);
    });

    private void WriteShape(WireWriter shape)
    {
        foreach (var size in Shape!)
        {
            shape.Message(DimensionField, dimension =>
            {
                if (size.Name is { Length: > 0 } name) dimension.Text(ParameterField, name);
                else if (size.Size is { } number) dimension.Whole(ValueField, number);
            });
        }
    }

    private void ReadTensor(WireScanner fields)
    {
        while (fields.Read())
        {
            if (fields.Field == ElementField)
            {
                ElementType = (OnnxDataType)(int)Math.Min(fields.Number, int.MaxValue);
            }
            else if (fields.Field == ShapeField)
            {
                Shape ??= [];
                for (var sizes = fields.Message(); sizes.Read();)
                {
                    if (sizes.Field == DimensionField) Shape.Add(ReadSize(sizes.Message()));
                }
            }
        }
    }

    private static OnnxDimension ReadSize(WireScanner fields)
    {
        OnnxDimension size = default;
        while (fields.Read())
        {
            if (fields.Field == ValueField) size = size with { Size = (long)fields.Number };
            else if (fields.Field == ParameterField) size = size with { Name = fields.Text() };
        }

        return size;
    }
}
