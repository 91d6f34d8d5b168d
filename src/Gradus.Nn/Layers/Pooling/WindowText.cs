using System.Globalization;

namespace Gradus.Nn;

/// <summary>As the windows of a pooling are printed: <c>2×2, stride 2, padding 1</c>.</summary>
internal static class WindowText
{
    /// <summary>Those of lines; a stride that is the kernel's size is not said.</summary>
    public static string Of(int kernel, int stride, int padding, int dilation) => string.Create(
        CultureInfo.InvariantCulture,
        $"{kernel}{(stride != kernel ? $", stride {stride}" : "")}" +
        $"{(padding == 0 ? "" : $", padding {padding}")}{(dilation == 1 ? "" : $", dilation {dilation}")}");

    /// <summary>Those of images.</summary>
    public static string Of(Size2 kernel, Size2 stride, Size2 padding, Size2 dilation) =>
        new PoolArgs(kernel, stride, padding, dilation, CountPadding: false).ToString();

    /// <summary>Those of volumes.</summary>
    public static string Of(Size3 kernel, Size3 stride, Size3 padding, Size3 dilation) =>
        $"{kernel}, stride {stride.ToShortString()}" +
        (padding == 0 ? "" : $", padding {padding.ToShortString()}") +
        (dilation == 1 ? "" : $", dilation {dilation.ToShortString()}");
}
