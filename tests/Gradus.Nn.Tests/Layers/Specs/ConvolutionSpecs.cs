namespace Gradus.Nn.Tests.Layers.Specs;

internal static class ConvolutionSpecs
{
    public static readonly Dictionary<string, ModuleSpec> All = new()
    {
        ["Conv1d"] = ModuleSpec.Of(
            static () => new Conv1d(2, 3, 3, new() { Stride = 2, Padding = 1 }), [2, 2, 7], [2, 3, 4], "Conv1d(2 → 3, 3, stride 2, padding 1)"),
        ["Conv1d of any size"] = ModuleSpec.Of(static () => new Conv1d(4, 3, new() { Groups = 2 }), [2, 2, 7], [2, 4, 5], "Conv1d(2 → 4, 3, 2 groups)"),
        ["Conv2d"] = ModuleSpec.Of(static () => new Conv2d(2, 3, (3, 2), new() { Padding = 1 }), [2, 2, 4, 5], [2, 3, 4, 6], "Conv2d(2 → 3, 3×2, padding 1)"),
        ["Conv2d of any size"] = ModuleSpec.Of(
            static () => new Conv2d(4, 3, new() { Groups = 2, Bias = false }), [1, 2, 4, 5], [1, 4, 2, 3], "Conv2d(2 → 4, 3×3, 2 groups, no bias)"),
        ["Conv2d with a padding that reflects"] = ModuleSpec.Of(
            static () => new Conv2d(2, 3, 3, new() { Stride = 2, Padding = 1, PaddingMode = PadMode.Reflect }), [1, 2, 3, 4], [1, 3, 2, 2],
            "Conv2d(2 → 3, 3×3, stride 2, padding 1, padding reflected)"),
        ["Conv3d"] = ModuleSpec.Of(
            static () => new Conv3d(2, 3, (2, 3, 1), new() { Padding = (0, 1, 0) }), [2, 2, 3, 3, 2], [2, 3, 2, 3, 2], "Conv3d(2 → 3, 2×3×1, padding 0×1×0)"),
        ["Conv3d of any size"] = ModuleSpec.Of(
            static () => new Conv3d(4, 2, new() { Stride = 2, Groups = 2, Bias = false }), [1, 2, 4, 3, 2], [1, 4, 2, 1, 1],
            "Conv3d(2 → 4, 2×2×2, stride 2, 2 groups, no bias)"),
        ["Conv3d with a circular padding"] = ModuleSpec.Of(
            static () => new Conv3d(1, 2, 2, new() { Padding = 1, PaddingMode = PadMode.Circular }), [1, 1, 2, 2, 3], [1, 2, 3, 3, 4],
            "Conv3d(1 → 2, 2×2×2, padding 1, padding circular)"),
        ["ConvTranspose1d"] = ModuleSpec.Of(
            static () => new ConvTranspose1d(2, 4, 3, new() { Stride = 2, OutputPadding = 1, Groups = 2 }), [2, 2, 3], [2, 4, 8],
            "ConvTranspose1d(2 → 4, 3, stride 2, 2 groups, output padding 1)"),
        ["ConvTranspose1d of any size"] = ModuleSpec.Of(static () => new ConvTranspose1d(3, 2), [2, 2, 3], [2, 3, 4], "ConvTranspose1d(2 → 3, 2)"),
        ["ConvTranspose2d"] = ModuleSpec.Of(
            static () => new ConvTranspose2d(2, 3, 3, new() { Stride = 2, Padding = 1 }), [1, 2, 3, 3], [1, 3, 5, 5],
            "ConvTranspose2d(2 → 3, 3×3, stride 2, padding 1)"),
        ["ConvTranspose2d of any size"] = ModuleSpec.Of(
            static () => new ConvTranspose2d(3, 2, new() { Bias = false }), [1, 2, 2, 3], [1, 3, 3, 4], "ConvTranspose2d(2 → 3, 2×2, no bias)"),
        ["ConvTranspose3d"] = ModuleSpec.Of(
            static () => new ConvTranspose3d(2, 4, 2, new() { Stride = 2, Padding = (1, 0, 0), OutputPadding = (0, 0, 1), Groups = 2 }),
            [1, 2, 2, 2, 1], [1, 4, 2, 4, 3], "ConvTranspose3d(2 → 4, 2×2×2, stride 2, padding 1×0×0, 2 groups, output padding 0×0×1)"),
        ["ConvTranspose3d of any size"] = ModuleSpec.Of(
            static () => new ConvTranspose3d(3, 2, new() { Bias = false }), [1, 2, 1, 2, 2], [1, 3, 2, 3, 3], "ConvTranspose3d(2 → 3, 2×2×2, no bias)"),
        ["DepthwiseConv1d"] = ModuleSpec.Of(
            static () => new DepthwiseConv1d(2, 3, new() { Multiplier = 2 }), [2, 2, 5], [2, 4, 3], "DepthwiseConv1d(2 → 4, 3)"),
        ["DepthwiseConv2d"] = ModuleSpec.Of(
            static () => new DepthwiseConv2d(3, new() { Padding = 1, Bias = false }), [1, 2, 3, 4], [1, 2, 3, 4],
            "DepthwiseConv2d(2 → 2, 3×3, padding 1, no bias)"),
        ["DepthwiseConv3d"] = ModuleSpec.Of(
            static () => new DepthwiseConv3d(2, new() { Multiplier = 2, Bias = false }), [1, 2, 3, 2, 3], [1, 4, 2, 1, 2],
            "DepthwiseConv3d(2 → 4, 2×2×2, no bias)"),
        ["SeparableConv1d"] = ModuleSpec.Of(
            static () => new SeparableConv1d(3, 2), [2, 2, 4], [2, 3, 3],
            "SeparableConv1d(\n  depthwise: DepthwiseConv1d(2 → 2, 2, no bias)\n  pointwise: Conv1d(2 → 3, 1)\n)"),
        ["SeparableConv3d"] = ModuleSpec.Of(
            static () => new SeparableConv3d(3, 2), [1, 2, 2, 3, 3], [1, 3, 1, 2, 2],
            "SeparableConv3d(\n  depthwise: DepthwiseConv3d(2 → 2, 2×2×2, no bias)\n  pointwise: Conv3d(2 → 3, 1×1×1)\n)"),
        ["SeparableConv2d"] = ModuleSpec.Of(
            static () => new SeparableConv2d(2, 3, 2), [1, 2, 3, 4], [1, 3, 2, 3],
            "SeparableConv2d(\n  depthwise: DepthwiseConv2d(2 → 2, 2×2, no bias)\n  pointwise: Conv2d(2 → 3, 1×1)\n)"),
    };
}
