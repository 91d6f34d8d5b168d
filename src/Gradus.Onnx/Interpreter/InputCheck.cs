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
            for (var axis = 0; isFit && axis < sizes.Count; axis++) isFit = sizes[axis].Size is not { } size || IsFree(axis, size) || size == given.Shape[axis];
        }

        if (!isFit) throw new GradusException($"input {OnnxValue.Of(declared)} is expected, got {given.Describe()}.");
    }

    // Sizes of 0 and below stand for any, where programs had no name for them. So does a first axis of 1: files are written with one sample, and most
    // of their graphs take more.
    private static bool IsFree(int axis, long size) => size <= 0 || (axis == 0 && size == 1);
}
