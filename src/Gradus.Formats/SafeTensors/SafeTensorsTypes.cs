namespace Gradus.Formats;

/// <summary>The format's words for element types.</summary>
internal static class SafeTensorsTypes
{
    /// <summary>Bits an element takes, or 0 for a word that the format does not know.</summary>
    public static int BitsOf(string word) => word switch
    {
        "F4" => 4,
        "F6_E2M3" or "F6_E3M2" => 6,
        "BOOL" or "U8" or "I8" or "F8_E5M2" or "F8_E4M3" or "F8_E8M0" => 8,
        "I16" or "U16" or "F16" or "BF16" => 16,
        "I32" or "U32" or "F32" => 32,
        "I64" or "U64" or "F64" or "C64" => 64,
        _ => 0,
    };

    /// <summary>How to read the elements into a tensor, or null if a tensor cannot hold them.</summary>
    public static ElementType? ElementOf(string word) => word switch
    {
        "BOOL" => ElementType.Bool,
        "U8" => ElementType.UInt8,
        "I8" => ElementType.Int8,
        "I16" => ElementType.Int16,
        "U16" => ElementType.UInt16,
        "I32" => ElementType.Int32,
        "I64" => ElementType.Int64,
        "F16" => ElementType.Float16,
        "BF16" => ElementType.BFloat16,
        "F32" => ElementType.Float32,
        "F64" => ElementType.Float64,
        _ => null,
    };

    /// <summary>The word for a tensor's element type.</summary>
    public static string WordFor(DType dtype) => dtype switch
    {
        DType.Bool => "BOOL",
        DType.Int32 => "I32",
        DType.Int64 => "I64",
        DType.Float16 => "F16",
        DType.BFloat16 => "BF16",
        DType.Float32 => "F32",
        _ => "F64",
    };

    /// <summary>Where a type stands in the file: wide ones first, so that each tensor is aligned; among equals, the reference implementation's order.</summary>
    public static int RankOf(DType dtype) => dtype switch
    {
        DType.Int64 => 0,
        DType.Float64 => 1,
        DType.Float32 => 2,
        DType.Int32 => 3,
        DType.BFloat16 => 4,
        DType.Float16 => 5,
        _ => 6,
    };
}
