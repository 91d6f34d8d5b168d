using Gradus.Formats;

namespace Gradus.Onnx;

/// <summary>Tensors of which a file keeps the elements that are not zero.</summary>
internal static class SparseTensors
{
    // A few bytes of a file may ask for any size.
    private const long MostElements = 1 << 26;

    /// <exception cref="InvalidDataException">The parts do not fit each other.</exception>
    public static Tensor ToDense(SparseTensorProto message, string file)
    {
        InvalidDataException Fault(string what) => new($"{file}: sparse constant '{PlainText.Quote(message.Values?.Name ?? "")}': {what}.");
        if (message.Values is null || message.Indices is null) throw Fault("values or indices are missing");
        if (message.Sizes.Count > Shape.MaxRank || message.Sizes.Exists(static size => size is < 0 or > int.MaxValue)) throw Fault("sizes out of range");
        var count = message.Sizes.Aggregate((Int128)1, static (product, size) => product * size);
        if (count > MostElements) throw Fault($"{count} elements, expected {MostElements} at most");
        var (values, indices) = (message.Values.ToTensor(), message.Indices.ToTensor());
        if (indices.DType != DType.Int64 || values.Rank != 1 || indices.Rank is not (1 or 2) || indices.Shape[0] != values.Shape[0])
            throw Fault($"values {values.Describe()} at {indices.Describe()}");
        if (indices.Rank == 2 && indices.Shape[1] != message.Sizes.Count) throw Fault($"indices {indices.Describe()} of {message.Sizes.Count} axes");
        var flat = indices.Rank == 1 ? indices : Flatten(indices, message.Sizes);
        if (flat.AsSpan<long>().ContainsAnyExceptInRange(0, (long)count - 1)) throw Fault("an index is out of range");
        return Tensor.Zeros([(int)count], values.DType).Scatter(0, flat, values).Reshape([.. message.Sizes.Select(static size => (int)size)]);
    }

    private static Tensor Flatten(Tensor indices, List<long> sizes)
    {
        var flat = Tensor.Zeros([indices.Shape[0]], DType.Int64);
        // An index outside of its own axis must not fall into the next.
        for (var axis = 0; axis < sizes.Count; axis++)
        {
            var along = indices.Select(1, axis).Contiguous();
            if (sizes[axis] == 0 || along.AsSpan<long>().ContainsAnyExceptInRange(0, sizes[axis] - 1)) return Tensor.Full([indices.Shape[0]], -1L, DType.Int64);
            flat = (flat * sizes[axis]) + along;
        }

        return flat;
    }
}
