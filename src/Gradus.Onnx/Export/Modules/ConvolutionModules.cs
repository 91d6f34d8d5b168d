using Gradus.Formats;
using Gradus.Nn;

namespace Gradus.Onnx;

/// <summary>Convolutions of lines and volumes, which Gradus computes by those of images.</summary>
internal static class ConvolutionModules
{
    public static readonly ModuleRow Conv = ModuleRow.Of<Conv, Tensor>(
        static (conv, input) => conv.PaddingMode == PadMode.Constant ? [input] : null,
        static (call, conv) => Write(call, "Conv", conv.Form, conv.Form.Groups, conv.Weight, conv.Bias));

    public static readonly ModuleRow Depthwise = ModuleRow.Of<DepthwiseConv, Tensor>(
        static (conv, input) => conv.Form.PaddingMode == PadMode.Constant ? [input] : null,
        static (call, conv) => Write(call, "Conv", conv.Form, call.Fixed(1), conv.Weight, conv.Bias));

    // ONNX has no output padding from a stride on.
    public static readonly ModuleRow ConvTranspose = ModuleRow.Of<ConvTranspose, Tensor>(
        static (conv, input) => IsBelow(conv.OutputPadding, conv.Form.Volume.Stride) ? [input] : null,
        static (call, conv) => Write(
            call, "ConvTranspose", conv.Form, conv.Form.Groups, conv.Weight, conv.Bias, Attributes.Ints("output_padding", Of(conv.Form, conv.OutputPadding))));

    private static void Write(
        ExportCall call, string op, ConvForm form, int groups, Parameter weight, Parameter? bias, params AttributeProto[] more)
    {
        long[] padding = Of(form, form.Volume.Padding);
        call.Give(call.Add(
            op, [call[0], call.State(weight.Value), bias is null ? "" : call.State(bias.Value)],
            [
                Attributes.Ints("strides", Of(form, form.Volume.Stride)), Attributes.Ints("pads", [.. padding, .. padding]),
                Attributes.Ints("dilations", Of(form, form.Volume.Dilation)), Attributes.Int("group", groups), .. more,
            ]));
    }

    private static bool IsBelow(Size3 size, Size3 limit) => size.Depth < limit.Depth && size.Height < limit.Height && size.Width < limit.Width;

    private static long[] Of(ConvForm form, Size3 size) => ((long[])[size.Depth, size.Height, size.Width])[^form.Axes..];
}
