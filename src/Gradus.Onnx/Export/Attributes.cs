using Gradus.Formats;

namespace Gradus.Onnx;

/// <summary>Settings of nodes.</summary>
internal static class Attributes
{
    public static AttributeProto Int(string name, long value) => new() { Name = name, Kind = AttributeKind.Int, Int = value };

    public static AttributeProto Float(string name, double value) => new() { Name = name, Kind = AttributeKind.Float, Float = (float)value };

    public static AttributeProto Text(string name, string value) => new() { Name = name, Kind = AttributeKind.String, String = value };

    public static AttributeProto Ints(string name, params ReadOnlySpan<long> values)
    {
        var attribute = new AttributeProto { Name = name, Kind = AttributeKind.Ints };
        foreach (var value in values) attribute.Ints.Add(value);
        return attribute;
    }

    public static AttributeProto Strings(string name, params IEnumerable<string> values)
    {
        var attribute = new AttributeProto { Name = name, Kind = AttributeKind.Strings };
        attribute.Strings.AddRange(values);
        return attribute;
    }
}
