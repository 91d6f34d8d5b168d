namespace Gradus.Onnx;

/// <summary>Where windows lie along the axes of places of a tensor [samples, channels, …].</summary>
/// <param name="Kernel">Positions of a window.</param>
/// <param name="Stride">How far apart windows begin.</param>
/// <param name="Dilation">How far apart the positions of a window are.</param>
/// <param name="Before">Places of padding before the first.</param>
/// <param name="After">Places of padding behind the last.</param>
/// <param name="Extra">Places behind those, where the last window would end otherwise: with <c>ceil_mode</c>.</param>
internal sealed record WindowGeometry(int[] Kernel, int[] Stride, int[] Dilation, int[] Before, int[] After, int[] Extra)
{
    /// <summary>Whether the padding before and behind is the same, as the kernels of tensors have it.</summary>
    public bool IsSymmetric => Before.AsSpan().SequenceEqual(After) && Before.All(static pad => pad >= 0) && Extra.All(static extra => extra == 0);

    public bool IsDilated => Dilation.Any(static dilation => dilation != 1);

    /// <summary>How many places a window spans along an axis.</summary>
    public int Span(int axis) => ((Kernel[axis] - 1) * Dilation[axis]) + 1;

    /// <summary>Reads the settings of a node.</summary>
    /// <param name="call">The node.</param>
    /// <param name="sizes">The sizes of the input's axes of places.</param>
    /// <param name="kernel">The sizes of a window.</param>
    public static WindowGeometry Of(OnnxCall call, ReadOnlySpan<int> sizes, ReadOnlySpan<int> kernel)
    {
        var rank = sizes.Length;
        if (rank == 0 || kernel.Length != rank) throw call.Fault($"a window of {kernel.Length} axes over {rank} axes of places");
        var (stride, dilation) = (Each(call, "strides", rank, 1), Each(call, "dilations", rank, 1));
        var pads = call.Ints("pads") is { Length: > 0 } given ? call.Sizes(given) : new int[2 * rank];
        if (pads.Length != 2 * rank) throw call.Fault($"{pads.Length} pads for {rank} axes, expected two of each");
        var geometry = new WindowGeometry(kernel.ToArray(), stride, dilation, pads[..rank], pads[rank..], new int[rank]);
        for (var axis = 0; axis < rank; axis++)
        {
            if (kernel[axis] < 1 || stride[axis] < 1 || dilation[axis] < 1) throw call.Fault("a kernel, stride or dilation below 1");
            geometry.Settle(call, axis, sizes[axis]);
        }

        return geometry;
    }

    /// <summary>A setting with a number for each axis.</summary>
    public static int[] Each(OnnxCall call, string attribute, int rank, int otherwise)
    {
        if (call.Ints(attribute) is not { Length: > 0 } given) return [.. Enumerable.Repeat(otherwise, rank)];
        return given.Length == rank ? call.Sizes(given) : throw call.Fault($"{attribute} has {given.Length} numbers, expected {rank}");
    }

    private void Settle(OnnxCall call, int axis, int size)
    {
        var (span, stride) = (Span(axis), Stride[axis]);
        switch (call.Text("auto_pad", "NOTSET"))
        {
            case "NOTSET" or "":
                break;
            case "VALID":
                Before[axis] = After[axis] = 0;
                break;
            case "SAME_UPPER" or "SAME_LOWER":
                // As many windows as strides fit, the odd place of padding behind or before.
                var count = (size + stride - 1) / stride;
                var total = Math.Max(0, ((count - 1) * stride) + span - size);
                Before[axis] = call.Text("auto_pad") == "SAME_UPPER" ? total / 2 : total - (total / 2);
                After[axis] = total - Before[axis];
                break;
            case var other:
                throw call.Fault($"auto_pad {PlainText.Quote(other)}");
        }

        var padded = (long)size + Before[axis] + After[axis];
        // The number of windows of an auto_pad is its own, whichever way sizes are rounded.
        var roundsUp = call.Flag("ceil_mode") && (call.Text("auto_pad", "NOTSET") is "NOTSET" or "");
        if (padded < span && !(roundsUp && padded > 0)) throw call.Fault($"a window of {span} places over {padded}");
        if (!roundsUp) return;
        var windows = Math.Max(0, (padded - span + stride - 1) / stride) + 1;
        // A window that would begin in the padding behind is none.
        if (windows > 1 && (windows - 1) * stride >= size + Before[axis]) windows--;
        Extra[axis] = (int)Math.Max(0, ((windows - 1) * stride) + span - padded);
    }

    /// <summary>The input with its padding, from which windows are cut.</summary>
    public Tensor Pad(Tensor x, double value, bool withExtra = true)
    {
        var widths = new (int Before, int After)[x.Rank];
        for (var axis = 0; axis < Kernel.Length; axis++)
            widths[x.Rank - Kernel.Length + axis] = (Before[axis], After[axis] + (withExtra ? Extra[axis] : 0));
        return widths.All(static width => width == (0, 0)) ? x : x.Pad(widths, PadMode.Constant, value);
    }

    /// <summary>All windows of an input that is padded: [samples, channels, windows…] → [samples, channels, windows…, positions…].</summary>
    public Tensor Windows(Tensor padded)
    {
        var first = padded.Rank - Kernel.Length;
        for (var axis = 0; axis < Kernel.Length; axis++)
        {
            padded = padded.Unfold(first + axis, Span(axis), Stride[axis]);
            if (Dilation[axis] != 1) padded = padded.Slice(-1, 0, Kernel[axis], Dilation[axis]);
        }

        return padded;
    }
}
