namespace Gradus.Onnx;

/// <summary>Tensors made larger at their borders, or smaller.</summary>
internal static class Padding
{
    public static Tensor Pad(OnnxCall call, long[] widths, double value, long[]? axes)
    {
        var x = call.X;
        var places = axes is null ? [.. Enumerable.Range(0, x.Rank)] : call.Axes(axes, x.Rank);
        if (widths.Length != 2 * places.Length) throw call.Fault($"{widths.Length} widths for {places.Length} axes, expected two of each");
        var pads = new (int Before, int After)[x.Rank];
        for (var index = 0; index < places.Length; index++)
        {
            var (before, after) = (call.Size(widths[index]), call.Size(widths[index + places.Length]));
            // A negative width cuts off.
            x = Crop(call, x, places[index], Math.Max(0, -(long)before), Math.Max(0, -(long)after));
            pads[places[index]] = (Math.Max(0, before), Math.Max(0, after));
        }

        return call.Text("mode", "constant") switch
        {
            "constant" when x.DType == DType.Bool => x.To(DType.Int32).Pad(pads, PadMode.Constant, value).To(DType.Bool),
            "constant" when !x.DType.IsFloat && call.Optional(2) is { Count: > 0 } whole => x.Pad(pads, PadMode.Constant, call.Wholes(whole)[0]),
            "constant" => x.Pad(pads, PadMode.Constant, value),
            "reflect" => Chosen(x, pads, static (place, size) => Math.Abs(Modulo(place + size - 1, Math.Max(1, 2 * (size - 1))) - (size - 1))),
            "edge" => x.Pad(pads, PadMode.Replicate),
            "wrap" => Chosen(x, pads, Modulo),
            var other => throw call.Fault($"mode {PlainText.Quote(other)}, expected constant, reflect, edge or wrap"),
        };
    }

    /// <summary>What a tensor is padded with.</summary>
    public static double ValueOf(OnnxCall call) => call.Optional(2) is { Count: > 0 } value ? value.To(DType.Float64).Reshape().Item() : 0;

    // Which place of the axis each of the result is, however wide the padding.
    private static Tensor Chosen(Tensor x, (int Before, int After)[] pads, Func<int, int, int> choose)
    {
        for (var axis = 0; axis < pads.Length; axis++)
        {
            var ((before, after), size) = (pads[axis], x.Shape[axis]);
            if (before == 0 && after == 0) continue;
            if (size == 0) throw new GradusException($"axis {axis} has no places to repeat.");
            long[] places = [.. Enumerable.Range(-before, before + size + after).Select(place => (long)choose(place, size))];
            x = x.IndexSelect(axis, Tensor.From(places, [places.Length]));
        }

        return x;
    }

    private static int Modulo(int place, int size) => ((place % size) + size) % size;

    public static Tensor CenterCropPad(OnnxCall call)
    {
        var (x, sizes) = (call.X, call.Sizes(call.RequiredWholes(1)));
        var axes = call.Ints("axes") is { } given ? call.Axes(given, x.Rank) : [.. Enumerable.Range(0, x.Rank)];
        for (var index = 0; index < axes.Length; index++)
        {
            var (axis, difference) = (axes[index], sizes[index] - x.Shape[axes[index]]);
            if (difference < 0) x = x.Slice(axis, -difference / 2, sizes[index]);
            else if (difference > 0) x = x.Pad(axis, difference / 2, difference - (difference / 2));
        }

        return x;
    }

    private static Tensor Crop(OnnxCall call, Tensor x, int axis, long before, long after)
    {
        if (before == 0 && after == 0) return x;
        var length = x.Shape[axis] - before - after;
        if (length < 0) throw call.Fault($"{before} and {after} cut off of axis {axis} of {x.Describe()}");
        return x.Slice(axis, (int)before, (int)length);
    }
}
