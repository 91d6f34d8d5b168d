using Gradus.Formats;
using Gradus.Operators;

namespace Gradus.Onnx;

/// <summary>Convolutions, pooling and sliding windows.</summary>
internal static class WindowRows
{
    public static readonly ExportRow[] All =
    [
        ExportRow.Of(Ops.Conv2d, static (call, options) => call.One("Conv", [
            .. Windows(call.Shape(1)[2], call.Shape(1)[3], options.Stride, options.Padding, options.Dilation), Attributes.Int("group", options.Groups)])),
        ExportRow.Sized(Ops.ConvTranspose2d, ConvTranspose),
        ExportRow.Of(Ops.MaxPool2d, static (call, args) => call.One("MaxPool", Windows(args))),
        ExportRow.Of(Ops.MaxPool2dIndex, static (call, args) =>
        {
            // ONNX counts places over the whole tensor, Gradus within a plane.
            var plane = (long)call.Fixed(2) * call.Fixed(3);
            var both = call.AddMany("MaxPool", [call[0]], 2, Windows(args));
            call.Give(call.Add("Mod", [both[1], call.Constant(Tensor.Scalar(plane))]));
        }),
        ExportRow.Of(Ops.AvgPool2d, static (call, args) => call.One("AveragePool", [
            .. Windows(args.Kernel.Height, args.Kernel.Width, args.Stride, args.Padding, null),
            Attributes.Int("count_include_pad", args.CountPadding ? 1 : 0)])),
        ExportRow.Of(Ops.Unfold, Unfold),
        ExportRow.Sized(Ops.OverlapAdd, static (call, first, _) => OverlapAdd(call, first)),
    ];

    private static AttributeProto[] Windows(PoolArgs args) => Windows(args.Kernel.Height, args.Kernel.Width, args.Stride, args.Padding, args.Dilation);

    private static AttributeProto[] Windows(int height, int width, Size2 stride, Size2 padding, Size2? dilation)
    {
        AttributeProto[] windows =
        [
            Attributes.Ints("kernel_shape", height, width),
            Attributes.Ints("strides", stride.Height, stride.Width),
            Attributes.Ints("pads", padding.Height, padding.Width, padding.Height, padding.Width),
        ];
        return dilation is { } apart ? [.. windows, Attributes.Ints("dilations", apart.Height, apart.Width)] : windows;
    }

    private static void ConvTranspose(ExportCall call, ConvAdjointArgs args, ConvAdjointArgs other)
    {
        var (options, weight) = (args.Options, call.Shape(1));
        var (stride, padding, dilation) = (options.Stride, options.Padding, options.Dilation);
        // What the size has beyond that of the windows.
        long More(int axis, int step, int cut, int apart) =>
            call.OutputSizes()[axis].First - (((call.Fixed(axis) - 1) * step) - (2 * cut) + (apart * (weight[axis] - 1)) + 1);
        call.One("ConvTranspose", [
            .. Windows(weight[2], weight[3], stride, padding, dilation), Attributes.Int("group", options.Groups),
            Attributes.Ints("output_padding", More(2, stride.Height, padding.Height, dilation.Height), More(3, stride.Width, padding.Width, dilation.Width))]);
    }

    // Positions of all windows are picked at once; those within a window then go to the end.
    private static void Unfold(ExportCall call, UnfoldArgs args)
    {
        var windows = args.Windows(call.Fixed(args.Axis));
        var places = new long[(long)windows * args.Size];
        for (var place = 0; place < places.Length; place++)
            places[place] = ((long)(place / args.Size) * args.Step) + ((long)(place % args.Size) * args.Dilation);
        var picked = call.Add("Gather", [call[0], call.Constant(Tensor.From(places, [windows, args.Size]))], Attributes.Int("axis", args.Axis));
        int[] order = [.. Enumerable.Range(0, call.Rank() + 1).Where(axis => axis != args.Axis + 1), args.Axis + 1];
        call.Give(order[^1] == order.Length - 1 ? picked : call.Transpose(picked, order));
    }

    // A product with a matrix that has a 1 wherever a position of a window falls on one of the result.
    private static void OverlapAdd(ExportCall call, OverlapArgs args)
    {
        var (axis, size, step, dilation) = args.Windows;
        var (windows, length, last) = (call.Fixed(axis), args.Shape[axis], call.Rank() - 1);
        if (!call.OutputSizes()[axis].IsFixed) throw call.Fault("adds up windows along the batch, for which ONNX has no operator");
        var ones = new double[(long)windows * size * length];
        for (var place = 0; place < windows * size; place++)
            ones[((long)place * length) + ((long)(place / size) * step) + ((long)(place % size) * dilation)] = 1;
        var onto = call.Constant(Tensor.From(ones, [windows * size, length]).To(call.Type()));

        int[] order = [.. Enumerable.Range(0, last).Where(other => other != axis), axis, last];
        Extent[] ordered = [.. order.Select(other => call.Sizes()[other])];
        var flat = call.Reshape(call.Transpose(call[0], order), ordered, [.. ordered[..^2], windows * size]);
        int[] back = [.. Enumerable.Range(0, last).Select(other => other == axis ? last - 1 : other > axis ? other - 1 : other)];
        call.Give(call.Transpose(call.Add("MatMul", [flat, onto]), back));
    }
}
