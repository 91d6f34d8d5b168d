using Gradus.Formats;

namespace Gradus.Onnx;

/// <summary>Whether an input is what the file says it is.</summary>
internal static class InputCheck
{
    /// <exception cref="GradusException">Element type, rank or a size differs.</exception>
    public static void Require(ValueInfoProto declared, Tensor given)
    {
        if (declared.Type is not { } type) return;
        var isFit = type.ElementType.Held() is not { } dtype || dtype == given.DType;
        if (type.Shape is { } sizes)
        {
            isFit &= sizes.Count == given.Rank;
            // Sizes of 0 and below stand for any, where programs had no name for them.
            for (var axis = 0; isFit && axis < sizes.Count; axis++) isFit = sizes[axis].Size is not { } size || size <= 0 || size == given.Shape[axis];
        }

        if (!isFit) throw new GradusException($"onnx: input {OnnxValue.Of(declared)} is expected, got {given.Describe()}.");
    }
}
