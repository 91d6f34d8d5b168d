namespace Gradus.Formats;

/// <summary>The name, type and shape of a value in a graph.</summary>
internal sealed class ValueInfoProto
{
    private const int NameField = 1, TypeField = 2, DocField = 3;

    public string Name { get; set; } = "";

    public TypeProto? Type { get; set; }

    public string Doc { get; set; } = "";

    public static ValueInfoProto Read(WireScanner fields)
    {
        var value = new ValueInfoProto();
        while (fields.Read())
        {
            switch (fields.Field)
            {
                case NameField: value.Name = fields.Text(); break;
                case TypeField: value.Type = TypeProto.Read(fields.Message()); break;
                case DocField: value.Doc = fields.Text(); break;
            }
        }

        return value;
    }

    public void Write(WireWriter writer)
    {
        writer.Text(NameField, Name);
        if (Type is not null) writer.Message(TypeField, Type.Write);
        writer.TextUnlessEmpty(DocField, Doc);
    }
}
