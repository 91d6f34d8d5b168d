using Gradus.Formats;

namespace Gradus.Onnx;

/// <summary>What goes into a model or comes out of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DType">Its element type; null where the file does not say it.</param>
/// <param name="Sizes">Its sizes, each a number, a name such as <c>batch</c>, or <c>?</c>; null where not even their number is said.</param>
public sealed record OnnxValue(string Name, DType? DType, IReadOnlyList<string>? Sizes)
{
    internal static OnnxValue Of(ValueInfoProto value) =>
        new(value.Name, value.Type?.ElementType.Held(), value.Type?.Shape?.Select(static size => size.ToString()).ToArray());

    /// <summary>Written as in messages: <c>input f32[batch, 3, 32, 32]</c>.</summary>
    public override string ToString() => $"{Name} {DType?.ShortName ?? "?"}{(Sizes is null ? "" : $"[{string.Join(", ", Sizes)}]")}";
}
