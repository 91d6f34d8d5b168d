namespace Gradus.Formats;

/// <summary>A type of elements in PyTorch's files.</summary>
/// <param name="Word">PyTorch's word: <c>float32</c>.</param>
/// <param name="Size">Bytes of an element.</param>
/// <param name="Element">How the elements are read into a tensor; null where a tensor cannot hold them.</param>
internal sealed record TorchType(string Word, int Size, ElementType? Element)
{
    /// <summary>Bytes of no type, which the tensors over them give one.</summary>
    public static readonly TorchType Untyped = new("untyped", 1, null);

    // The class of a storage, and the type that torch.dtype calls so.
    private static readonly (string? Class, TorchType Type)[] Types =
    [
        ("DoubleStorage", new("float64", 8, ElementType.Float64)),
        ("FloatStorage", new("float32", 4, ElementType.Float32)),
        ("HalfStorage", new("float16", 2, ElementType.Float16)),
        ("BFloat16Storage", new("bfloat16", 2, ElementType.BFloat16)),
        ("LongStorage", new("int64", 8, ElementType.Int64)),
        ("IntStorage", new("int32", 4, ElementType.Int32)),
        ("ShortStorage", new("int16", 2, ElementType.Int16)),
        ("CharStorage", new("int8", 1, ElementType.Int8)),
        ("ByteStorage", new("uint8", 1, ElementType.UInt8)),
        ("BoolStorage", new("bool", 1, ElementType.Bool)),
        (null, new("uint16", 2, ElementType.UInt16)),
        (null, new("uint32", 4, null)),
        (null, new("uint64", 8, null)),
        (null, new("complex32", 4, null)),
        ("ComplexFloatStorage", new("complex64", 8, null)),
        ("ComplexDoubleStorage", new("complex128", 16, null)),
        ("QInt8Storage", new("qint8", 1, null)),
        ("QUInt8Storage", new("quint8", 1, null)),
        ("QInt32Storage", new("qint32", 4, null)),
        ("QUInt4x2Storage", new("quint4x2", 1, null)),
        ("QUInt2x4Storage", new("quint2x4", 1, null)),
        (null, new("float8_e4m3fn", 1, null)),
        (null, new("float8_e5m2", 1, null)),
        (null, new("float8_e4m3fnuz", 1, null)),
        (null, new("float8_e5m2fnuz", 1, null)),
        (null, new("float8_e8m0fnu", 1, null)),
        ("UntypedStorage", Untyped),
    ];

    private static readonly Dictionary<string, TorchType> ByClass =
        Types.Where(static entry => entry.Class is not null).ToDictionary(static entry => entry.Class!, static entry => entry.Type, StringComparer.Ordinal);

    private static readonly Dictionary<string, TorchType> ByWord =
        Types.ToDictionary(static entry => entry.Type.Word, static entry => entry.Type, StringComparer.Ordinal);

    /// <summary>The type that a class of storages holds; null for a class that is not known.</summary>
    public static TorchType? OfClass(PickleGlobal type) =>
        type.Module is "torch" or "torch.cuda" or "torch.storage" ? ByClass.GetValueOrDefault(type.Name) : null;

    /// <summary>The type that a torch.dtype names; null for one that is not known.</summary>
    public static TorchType? OfWord(PickleGlobal dtype) => dtype.Module == "torch" ? ByWord.GetValueOrDefault(dtype.Name) : null;

    /// <summary>The class of the storage of a tensor that is written.</summary>
    public static string ClassOf(DType dtype) => Types.First(entry => entry.Class is not null && entry.Type.Element == Elements.Of(dtype)).Class!;
}
