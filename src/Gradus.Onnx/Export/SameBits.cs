using Gradus.Formats;

namespace Gradus.Onnx;

/// <summary>Whether tensors hold the same elements, bit by bit.</summary>
internal static class SameBits
{
    /// <summary>Whether two tensors have the same shape and bits.</summary>
    public static bool Are(Tensor first, Tensor second) =>
        first.Shape == second.Shape && first.DType == second.DType && (IsSamePlace(first, second) || Of(first).AsSpan().SequenceEqual(Of(second)));

    /// <summary>The elements in row-major order, as bytes.</summary>
    public static byte[] Of(Tensor tensor)
    {
        using var stream = new MemoryStream();
        Elements.Write(stream, tensor.Contiguous());
        return stream.ToArray();
    }

    private static bool IsSamePlace(Tensor first, Tensor second) =>
        ReferenceEquals(first.Storage, second.Storage) && first.Layout.Offset == second.Layout.Offset &&
        first.Layout.Strides.SequenceEqual(second.Layout.Strides);
}
