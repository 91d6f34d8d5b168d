namespace Gradus.Formats;

/// <summary>From ONNX's element types to those of tensors, and back.</summary>
internal static class OnnxDataTypes
{
    /// <summary>The element type of a tensor that holds it; null where none does.</summary>
    public static DType? Held(this OnnxDataType type) => type switch
    {
        OnnxDataType.Bool => DType.Bool,
        OnnxDataType.Int32 => DType.Int32,
        OnnxDataType.Int64 => DType.Int64,
        OnnxDataType.Float16 => DType.Float16,
        OnnxDataType.BFloat16 => DType.BFloat16,
        OnnxDataType.Float => DType.Float32,
        OnnxDataType.Double => DType.Float64,
        _ => null,
    };

    /// <summary>How ONNX numbers a tensor's element type.</summary>
    public static OnnxDataType ToOnnx(this DType type) => type switch
    {
        DType.Bool => OnnxDataType.Bool,
        DType.Int32 => OnnxDataType.Int32,
        DType.Int64 => OnnxDataType.Int64,
        DType.Float16 => OnnxDataType.Float16,
        DType.BFloat16 => OnnxDataType.BFloat16,
        DType.Float32 => OnnxDataType.Float,
        _ => OnnxDataType.Double,
    };

    /// <summary>ONNX's word for it: <c>float16</c>.</summary>
    public static string Word(this OnnxDataType type) => Enum.IsDefined(type) ? type.ToString().ToLowerInvariant() : $"type {(int)type}";
}
