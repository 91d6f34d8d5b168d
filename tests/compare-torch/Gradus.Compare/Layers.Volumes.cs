using Gradus.Nn;

namespace Gradus.Compare;

/// <summary>Layers whose windows go over volumes.</summary>
internal static partial class Layers
{
    private static void Volumes()
    {
        Plain("Conv3d", static a => new Conv3d(a.Int("in"), a.Int("out"), a.Volume("kernel"), Convolution(a, a.Volume)));
        Plain("Conv3d.PaddingMode", static a => new Conv3d(a.Int("in"), a.Int("out"), a.Volume("kernel"), Convolution(a, a.Volume)));
        Plain("Conv3d.AnySize", static a => new Conv3d(a.Int("out"), a.Volume("kernel"), Convolution(a, a.Volume)));
        Plain("ConvTranspose3d", static a => new ConvTranspose3d(a.Int("in"), a.Int("out"), a.Volume("kernel"), Transposed(a, a.Volume)));
        Plain("DepthwiseConv3d", static a => new DepthwiseConv3d(a.Int("in"), a.Volume("kernel"), Depthwise(a, a.Volume)));
        Plain("SeparableConv3d", static a => new SeparableConv3d(a.Int("out"), a.Volume("kernel"), Depthwise(a, a.Volume)));
        Plain("MaxPool3d", static a => new MaxPool3d(a.Volume("kernel"), Stride(a), a.Volume("padding"), a.Volume("dilation")));
        Plain("MaxPool3d.CeilMode", static a =>
            new MaxPool3d(a.Volume("kernel"), Stride(a), a.Volume("padding"), a.Volume("dilation")) { CeilMode = true });
        Plain("AvgPool3d", static a => new AvgPool3d(a.Volume("kernel"), Stride(a), a.Volume("padding"), a.Flag("count")));
        Plain("AvgPool3d.CeilMode", static a => new AvgPool3d(a.Volume("kernel"), Stride(a), a.Volume("padding"), a.Flag("count")) { CeilMode = true });
        Plain("LpPool3d", static a => new LpPool3d(a.Number("p"), a.Volume("kernel"), Stride(a)));
        Plain("LpPool3d.CeilMode", static a => new LpPool3d(a.Number("p"), a.Volume("kernel"), Stride(a)) { CeilMode = true });
        Plain("AdaptiveAvgPool3d", static a => new AdaptiveAvgPool3d(a.Volume("size")));
        Plain("AdaptiveMaxPool3d", static a => new AdaptiveMaxPool3d(a.Volume("size")));
        Called("MaxUnpool3d", static a => new MaxUnpool3d(a.Volume("kernel"), Stride(a), a.Volume("padding")), static (layer, x, a) =>
        {
            var (values, index) = x[0].MaxPool3dWithIndex(a.Volume("kernel"), Stride(a), a.Volume("padding"));
            return [layer.Forward((values, index, a.Flag("size") ? new Size3(x[0].Shape[2], x[0].Shape[3], x[0].Shape[4]) : null))];
        });
    }

    private static Size3? Stride(OperationArguments a) => a.Has("stride") ? a.Volume("stride") : null;
}
