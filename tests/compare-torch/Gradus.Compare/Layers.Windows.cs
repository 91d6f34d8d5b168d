using Gradus.Nn;

namespace Gradus.Compare;

/// <summary>Layers whose windows go over lines and images.</summary>
internal static partial class Layers
{
    private static void Windows()
    {
        Plain("Conv1d", static a => new Conv1d(a.Int("in"), a.Int("out"), a.Int("kernel"), Convolution(a, a.Int)));
        Plain("Conv1d.PaddingMode", static a => new Conv1d(a.Int("in"), a.Int("out"), a.Int("kernel"), Convolution(a, a.Int)));
        Plain("Conv2d", static a => new Conv2d(a.Int("in"), a.Int("out"), a.Size("kernel"), Convolution(a, a.Size)));
        Plain("Conv2d.PaddingMode", static a => new Conv2d(a.Int("in"), a.Int("out"), a.Size("kernel"), Convolution(a, a.Size)));
        Plain("Conv2d.AnySize", static a => new Conv2d(a.Int("out"), a.Size("kernel"), Convolution(a, a.Size)));
        Plain("ConvTranspose1d", static a => new ConvTranspose1d(a.Int("in"), a.Int("out"), a.Int("kernel"), Transposed(a, a.Int)));
        Plain("ConvTranspose2d", static a => new ConvTranspose2d(a.Int("in"), a.Int("out"), a.Size("kernel"), Transposed(a, a.Size)));
        Plain("DepthwiseConv1d", static a => new DepthwiseConv1d(a.Int("in"), a.Int("kernel"), Depthwise(a, a.Int)));
        Plain("DepthwiseConv2d", static a => new DepthwiseConv2d(a.Int("in"), a.Size("kernel"), Depthwise(a, a.Size)));
        Plain("SeparableConv1d", static a => new SeparableConv1d(a.Int("out"), a.Int("kernel"), Depthwise(a, a.Int)));
        Plain("SeparableConv2d", static a => new SeparableConv2d(a.Int("out"), a.Size("kernel"), Depthwise(a, a.Size)));
        Plain("MaxPool1d", static a => new MaxPool1d(a.Int("kernel"), Given(a, "stride"), a.Int("padding"), a.Int("dilation")));
        Plain("MaxPool2d", static a => new MaxPool2d(a.Size("kernel"), a.Has("stride") ? a.Size("stride") : null, a.Size("padding"), a.Size("dilation")));
        Plain("AvgPool1d", static a => new AvgPool1d(a.Int("kernel"), Given(a, "stride"), a.Int("padding"), a.Flag("count")));
        Plain("AvgPool2d", static a => new AvgPool2d(a.Size("kernel"), a.Has("stride") ? a.Size("stride") : null, a.Size("padding"), a.Flag("count")));
        Plain("LpPool1d", static a => new LpPool1d(a.Number("p"), a.Int("kernel"), Given(a, "stride")));
        Plain("LpPool2d", static a => new LpPool2d(a.Number("p"), a.Size("kernel"), a.Has("stride") ? a.Size("stride") : null));
        Plain("MaxPool1d.CeilMode", static a =>
            new MaxPool1d(a.Int("kernel"), Given(a, "stride"), a.Int("padding"), a.Int("dilation")) { CeilMode = true });
        Plain("MaxPool2d.CeilMode", static a =>
            new MaxPool2d(a.Size("kernel"), a.Has("stride") ? a.Size("stride") : null, a.Size("padding"), a.Size("dilation")) { CeilMode = true });
        Plain("AvgPool1d.CeilMode", static a =>
            new AvgPool1d(a.Int("kernel"), Given(a, "stride"), a.Int("padding"), a.Flag("count")) { CeilMode = true });
        Plain("AvgPool2d.CeilMode", static a =>
            new AvgPool2d(a.Size("kernel"), a.Has("stride") ? a.Size("stride") : null, a.Size("padding"), a.Flag("count")) { CeilMode = true });
        Plain("LpPool1d.CeilMode", static a => new LpPool1d(a.Number("p"), a.Int("kernel"), Given(a, "stride")) { CeilMode = true });
        Plain("LpPool2d.CeilMode", static a => new LpPool2d(a.Number("p"), a.Size("kernel"), a.Has("stride") ? a.Size("stride") : null) { CeilMode = true });
        Plain("AdaptiveAvgPool1d", static a => new AdaptiveAvgPool1d(a.Int("size")));
        Plain("AdaptiveAvgPool2d", static a => new AdaptiveAvgPool2d(a.Size("size")));
        Plain("AdaptiveMaxPool1d", static a => new AdaptiveMaxPool1d(a.Int("size")));
        Plain("AdaptiveMaxPool2d", static a => new AdaptiveMaxPool2d(a.Size("size")));
        Plain("GlobalAvgPool", static _ => new GlobalAvgPool());
        Plain("GlobalMaxPool", static _ => new GlobalMaxPool());
        Called("MaxUnpool1d", static a => new MaxUnpool1d(a.Int("kernel"), Given(a, "stride"), a.Int("padding")), static (layer, x, a) =>
        {
            var (values, index) = x[0].MaxPool1dWithIndex(a.Int("kernel"), Given(a, "stride"), a.Int("padding"));
            return [layer.Forward((values, index, a.Flag("size") ? x[0].Shape[2] : null))];
        });
        Called("MaxUnpool2d", static a => new MaxUnpool2d(a.Size("kernel"), a.Has("stride") ? a.Size("stride") : null, a.Size("padding")),
            static (layer, x, a) =>
            {
                var (values, index) = x[0].MaxPool2dWithIndex(a.Size("kernel"), a.Has("stride") ? a.Size("stride") : null, a.Size("padding"));
                return [layer.Forward((values, index, a.Flag("size") ? new Size2(x[0].Shape[2], x[0].Shape[3]) : null))];
            });
    }

    private static void Paddings()
    {
        Plain("ZeroPad1d", static a => a.Ints("widths") is var w ? new ZeroPad1d(w[0], w[1]) : null!);
        Plain("ZeroPad2d", static a => a.Ints("widths") is var w ? new ZeroPad2d(w[0], w[1], w[2], w[3]) : null!);
        Plain("ZeroPad3d", static a => a.Ints("widths") is var w ? new ZeroPad3d((w[0], w[1]), (w[2], w[3]), (w[4], w[5])) : null!);
        Plain("ConstantPad1d", static a => a.Ints("widths") is var w ? new ConstantPad1d(w[0], w[1], a.Number("value")) : null!);
        Plain("ConstantPad2d", static a => a.Ints("widths") is var w ? new ConstantPad2d(w[0], w[1], w[2], w[3], a.Number("value")) : null!);
        Plain("ConstantPad3d", static a => a.Ints("widths") is var w ? new ConstantPad3d((w[0], w[1]), (w[2], w[3]), (w[4], w[5]), a.Number("value")) : null!);
        Plain("ReflectionPad1d", static a => a.Ints("widths") is var w ? new ReflectionPad1d(w[0], w[1]) : null!);
        Plain("ReflectionPad2d", static a => a.Ints("widths") is var w ? new ReflectionPad2d(w[0], w[1], w[2], w[3]) : null!);
        Plain("ReflectionPad3d", static a => a.Ints("widths") is var w ? new ReflectionPad3d((w[0], w[1]), (w[2], w[3]), (w[4], w[5])) : null!);
        Plain("ReplicationPad1d", static a => a.Ints("widths") is var w ? new ReplicationPad1d(w[0], w[1]) : null!);
        Plain("ReplicationPad2d", static a => a.Ints("widths") is var w ? new ReplicationPad2d(w[0], w[1], w[2], w[3]) : null!);
        Plain("ReplicationPad3d", static a => a.Ints("widths") is var w ? new ReplicationPad3d((w[0], w[1]), (w[2], w[3]), (w[4], w[5])) : null!);
        Plain("CircularPad1d", static a => a.Ints("widths") is var w ? new CircularPad1d(w[0], w[1]) : null!);
        Plain("CircularPad2d", static a => a.Ints("widths") is var w ? new CircularPad2d(w[0], w[1], w[2], w[3]) : null!);
        Plain("CircularPad3d", static a => a.Ints("widths") is var w ? new CircularPad3d((w[0], w[1]), (w[2], w[3]), (w[4], w[5])) : null!);
    }
}
