namespace Gradus.Formats;

/// <summary>The version of the operators of a domain.</summary>
/// <param name="Domain">The domain; empty for ONNX's own.</param>
/// <param name="Version">The version.</param>
internal readonly record struct OperatorSetId(string Domain, long Version)
{
    private const int DomainField = 1, VersionField = 2;

    public static OperatorSetId Read(WireScanner fields)
    {
        var (domain, version) = ("", 0L);
        while (fields.Read())
        {
            if (fields.Field == DomainField) domain = fields.Text();
            else if (fields.Field == VersionField) version = (long)fields.Number;
        }

        return new OperatorSetId(domain, version);
    }

    public void Write(WireWriter writer)
    {
        writer.Text(DomainField, Domain);
        writer.Whole(VersionField, Version);
    }
}
