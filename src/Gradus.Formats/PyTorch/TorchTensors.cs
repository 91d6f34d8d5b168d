namespace Gradus.Formats;

/// <summary>
/// Tensors from the arguments of PyTorch's functions that rebuild them. Whether a tensor lies within its storage is checked here, by numbers alone.
/// </summary>
internal static class TorchTensors
{
    /// <summary>(storage, offset, sizes, strides, whether it needs a gradient, hooks, metadata), of which the first four must be there.</summary>
    public static TorchTensor OfStorage(object[] arguments, PickleSource place)
    {
        if (arguments is not [TorchStorage storage, long offset, object[] sizes, object[] strides, ..])
            throw Malformed(arguments, "(storage, offset, sizes, strides, …)", place);
        return Of(storage, storage.Type, offset, sizes, strides, arguments.Length > 6 ? arguments[6] : null, place);
    }

    /// <summary>(bytes, offset, sizes, strides, whether it needs a gradient, hooks, type, metadata).</summary>
    public static TorchTensor OfBytes(object[] arguments, PickleSource place)
    {
        if (arguments is not [TorchStorage storage, long offset, object[] sizes, object[] strides, _, _, PickleGlobal dtype, ..])
            throw Malformed(arguments, "(storage, offset, sizes, strides, requires_grad, hooks, dtype, …)", place);
        var type = TorchType.OfWord(dtype) ?? new TorchType(PlainText.Quote(dtype.ToString()), 1, null);
        return Of(storage, type, offset, sizes, strides, arguments.Length > 7 ? arguments[7] : null, place);
    }

    private static TorchTensor Of(
        TorchStorage storage, TorchType type, long offset, object[] sizes, object[] strides, object? metadata, PickleSource place)
    {
        if (sizes.Length != strides.Length) throw place.Refuse($"a tensor of {sizes.Length} axes has {strides.Length} strides");
        if (sizes.Length > Shape.MaxRank) throw place.Refuse($"a tensor of {sizes.Length} axes; at most {Shape.MaxRank} are read");
        var (shape, steps) = (Numbers(sizes, "sizes", place), Numbers(strides, "strides", place));
        if (offset < 0) throw place.Refuse($"a tensor begins at element {offset} of its storage");
        var count = (Int128)1;
        var last = (Int128)offset;
        foreach (var (size, step) in shape.Zip(steps))
        {
            if (size > int.MaxValue) throw place.Refuse($"a tensor has an axis of {size}; at most {int.MaxValue} are read");
            if ((count *= size) > long.MaxValue / sizeof(double)) throw place.Refuse("a tensor has more elements than any memory holds");
            last += (Int128)Math.Max(size - 1, 0) * step;
        }

        var held = (Int128)storage.Count * storage.Type.Size;
        if (count > 0 && (last + 1) * type.Size > held)
        {
            throw place.Refuse(
                $"a tensor [{string.Join(",", shape)}] of {count} elements reaches to element {last} of its storage, which has {held / type.Size}");
        }

        return new TorchTensor(storage, type, offset + (storage.Start * storage.Type.Size / type.Size), shape, steps) { Fault = FaultOf(metadata) };
    }

    // Marks of a view that shows its elements with another sign.
    private static string? FaultOf(object? metadata) =>
        metadata is PickleDict { Items.Count: > 0 } marks && marks.Items.Values.Contains(true)
            ? "a tensor whose elements are shown negated or conjugated"
            : null;

    private static long[] Numbers(object[] items, string what, PickleSource place)
    {
        var numbers = new long[items.Length];
        for (var at = 0; at < items.Length; at++)
        {
            numbers[at] = items[at] is long number
                ? number
                : throw place.Refuse($"the {what} of a tensor hold {PickleText.KindOf(items[at])}, expected whole numbers");
            if (number < 0) throw place.Refuse($"the {what} of a tensor hold {number}; none may be negative");
        }

        return numbers;
    }

    private static InvalidDataException Malformed(object[] arguments, string expected, PickleSource place) =>
        place.Refuse($"a tensor is made of ({string.Join(", ", arguments.Take(8).Select(PickleText.KindOf))}), expected {expected}");
}
