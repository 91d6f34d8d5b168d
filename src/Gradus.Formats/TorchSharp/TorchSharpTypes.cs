namespace Gradus.Formats;

/// <summary>The numbers of element types in TorchSharp's files, which are those of PyTorch's <c>ScalarType</c>.</summary>
internal static class TorchSharpTypes
{
    private static readonly (int Code, string Word, ElementType Type)[] Codes =
    [
        (0, "uint8", ElementType.UInt8), (1, "int8", ElementType.Int8), (2, "int16", ElementType.Int16), (3, "int32", ElementType.Int32),
        (4, "int64", ElementType.Int64), (5, "float16", ElementType.Float16), (6, "float32", ElementType.Float32), (7, "float64", ElementType.Float64),
        (11, "bool", ElementType.Bool), (15, "bfloat16", ElementType.BFloat16),
    ];

    /// <summary>The type of a code; null for one that a tensor cannot hold, or that is none.</summary>
    public static (string Word, ElementType Type)? Of(long code)
    {
        foreach (var known in Codes)
        {
            if (known.Code == code) return (known.Word, known.Type);
        }

        return null;
    }

    /// <summary>The code of a tensor's type.</summary>
    public static int CodeOf(DType dtype) => Codes.First(known => known.Type == Elements.Of(dtype)).Code;
}
