using System.Globalization;

namespace Gradus.Nn;

/// <summary>What the one-dimensional windows have in common.</summary>
internal static class Lines
{
    /// <summary>As a pooling layer is printed: <c>3, stride 2, padding 1</c>.</summary>
    public static string Describe(int kernel, int? stride, int padding, int dilation) => string.Create(
        CultureInfo.InvariantCulture,
        $"{kernel}{(stride is { } step && step != kernel ? $", stride {step}" : "")}" +
        $"{(padding == 0 ? "" : $", padding {padding}")}{(dilation == 1 ? "" : $", dilation {dilation}")}");
}
