using System.Runtime.InteropServices;
using Gradus.Formats;

namespace Gradus.Onnx;

/// <summary>From one element type to another.</summary>
internal static class TypeOperators
{
    public static readonly OnnxOperator[] Rows =
    [
        new("Cast", 6, static call => Cast(call.X, TypeOf(call, "to", DType.Float32))) { Refuses = static call => Refusal(call, "to") },
        new("CastLike", 15, static call => Cast(call.X, call.Y.DType)),
        new("BitCast", 26, static call => BitCast(call)) { Refuses = static call => Refusal(call, "to") },
    ];

    /// <summary>A setting that is an element type.</summary>
    public static DType TypeOf(OnnxCall call, string attribute, DType otherwise) =>
        call.Has(attribute) ? ((OnnxDataType)call.Int(attribute)).Held() ?? throw call.Fault(Refusal(call, attribute)!) : otherwise;

    /// <summary>Why an element type that a setting names is not supported; null where it is.</summary>
    public static string? Refusal(OnnxCall call, string attribute) =>
        call.Has(attribute) && (OnnxDataType)call.Int(attribute) is var type && type.Held() is null ? $"elements of type {type.Word()}" : null;

    private static Tensor Cast(Tensor x, DType type) => type == DType.Bool && x.DType != DType.Bool ? x.NotEqual(0.0) : x.To(type);

    // Elements of one size, read as another type.
    private static Tensor BitCast(OnnxCall call)
    {
        var (x, type) = (call.X.Detach(), TypeOf(call, "to", call.X.DType));
        if (type.Size != x.DType.Size) throw call.Fault($"{x.Describe()} as {type.ShortName}, whose elements have another size");
        return (x.DType, type) switch
        {
            var (from, to) when from == to => x,
            (DType.Float32, DType.Int32) => Read<float, int>(x),
            (DType.Int32, DType.Float32) => Read<int, float>(x),
            (DType.Float64, DType.Int64) => Read<double, long>(x),
            (DType.Int64, DType.Float64) => Read<long, double>(x),
            (DType.Float16, DType.BFloat16) => Read<Half, BFloat16>(x),
            _ => Read<BFloat16, Half>(x),
        };
    }

    private static Tensor Read<TFrom, TTo>(Tensor x) where TFrom : unmanaged where TTo : unmanaged =>
        Tensor.From<TTo>(MemoryMarshal.Cast<TFrom, TTo>(x.ToArray<TFrom>()).ToArray(), x.Shape);
}
