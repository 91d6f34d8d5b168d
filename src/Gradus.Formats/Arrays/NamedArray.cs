namespace Gradus.Formats;

/// <summary>An array of a file.</summary>
/// <param name="Type">How its elements lie in the file.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Bytes">Unsigned bytes as they are; null for other elements.</param>
/// <param name="Numbers">Other elements; null for bytes.</param>
internal sealed record NamedArray(ElementType Type, Shape Shape, byte[]? Bytes, Tensor? Numbers)
{
    /// <summary>Whether the elements are whole numbers or booleans.</summary>
    public bool IsWhole => Type is ElementType.Bool or ElementType.UInt8 or ElementType.Int8 or ElementType.UInt16 or ElementType.Int16
        or ElementType.Int32 or ElementType.Int64;
}
