namespace Gradus.Onnx;

/// <summary>A constant of an ONNX file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its element type as ONNX calls it: <c>float</c>, <c>int64</c>.</param>
/// <param name="Sizes">Its sizes.</param>
/// <param name="IsExternal">Whether its numbers are in a file beside the model.</param>
public sealed record OnnxConstant(string Name, string Type, IReadOnlyList<long> Sizes, bool IsExternal)
{
    /// <summary>How many numbers it has.</summary>
    public long Count => (long)Sizes.Aggregate((Int128)1, static (product, size) => Int128.Clamp(product * size, 0, long.MaxValue));

    /// <inheritdoc/>
    public override string ToString() => $"{PlainText.Quote(Name)} {Type}[{string.Join(", ", Sizes)}]";
}
