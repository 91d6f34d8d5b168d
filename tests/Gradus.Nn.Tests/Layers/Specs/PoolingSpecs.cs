namespace Gradus.Nn.Tests.Layers.Specs;

internal static class PoolingSpecs
{
    public static readonly Dictionary<string, ModuleSpec> All = new()
    {
        ["MaxPool1d"] = ModuleSpec.Of(static () => new MaxPool1d(3, 2, padding: 1), [2, 2, 7], [2, 2, 4], "MaxPool1d(3, stride 2, padding 1)"),
        ["MaxPool2d"] = ModuleSpec.Of(static () => new MaxPool2d(2), [2, 2, 4, 5], [2, 2, 2, 2], "MaxPool2d(2×2, stride 2)"),
        ["AvgPool1d"] = ModuleSpec.Of(
            static () => new AvgPool1d(2, padding: 1, countPadding: false), [2, 2, 5], [2, 2, 3], "AvgPool1d(2, padding 1, padding not counted)"),
        ["AvgPool2d"] = ModuleSpec.Of(static () => new AvgPool2d((2, 3), stride: 1), [1, 2, 4, 5], [1, 2, 3, 3], "AvgPool2d(2×3, stride 1)"),
        ["LpPool1d"] = ModuleSpec.Of(static () => new LpPool1d(2, 3, stride: 2), [2, 2, 7], [2, 2, 3], "LpPool1d(2, 3, stride 2)"),
        ["LpPool2d"] = ModuleSpec.Of(static () => new LpPool2d(3, 2), [1, 2, 4, 5], [1, 2, 2, 2], "LpPool2d(3, 2×2, stride 2)"),
        ["MaxUnpool1d"] = ModuleSpec.Of(
            static () => new MaxUnpool1d(2), static (layer, x) => layer.Forward((x[0], x[1], null)),
            [ModuleSpec.Draw([1, 2, 2]), Tensor.From<long>([0, 3, 1, 2], [1, 2, 2])], [1, 2, 4], "MaxUnpool1d(2)"),
        ["MaxUnpool2d"] = ModuleSpec.Of(
            static () => new MaxUnpool2d(2, stride: 1), static (layer, x) => layer.Forward((x[0], x[1], (3, 4))),
            [ModuleSpec.Draw([1, 1, 2, 2]), Tensor.From<long>([0, 3, 9, 11], [1, 1, 2, 2])], [1, 1, 3, 4],
            "MaxUnpool2d(2×2, stride 1)"),
        ["AdaptiveAvgPool1d"] = ModuleSpec.Of(static () => new AdaptiveAvgPool1d(3), [2, 2, 7], [2, 2, 3], "AdaptiveAvgPool1d(3)"),
        ["AdaptiveAvgPool2d"] = ModuleSpec.Of(static () => new AdaptiveAvgPool2d((2, 3)), [1, 2, 5, 4], [1, 2, 2, 3], "AdaptiveAvgPool2d(2×3)"),
        ["AdaptiveMaxPool1d"] = ModuleSpec.Of(static () => new AdaptiveMaxPool1d(3), [2, 2, 7], [2, 2, 3], "AdaptiveMaxPool1d(3)"),
        ["AdaptiveMaxPool2d"] = ModuleSpec.Of(static () => new AdaptiveMaxPool2d((2, 3)), [1, 2, 5, 4], [1, 2, 2, 3], "AdaptiveMaxPool2d(2×3)"),
        ["AdaptiveMaxPool2d of a divisor"] = ModuleSpec.Of(static () => new AdaptiveMaxPool2d(2), [1, 2, 4, 4], [1, 2, 2, 2], "AdaptiveMaxPool2d(2×2)"),
        ["MaxPool3d"] = ModuleSpec.Of(static () => new MaxPool3d((1, 2, 2), 2), [1, 2, 3, 4, 2], [1, 2, 2, 2, 1], "MaxPool3d(1×2×2, stride 2)"),
        ["MaxPool2d with sizes rounded up"] = ModuleSpec.Of(
            static () => new MaxPool2d(2) { CeilMode = true }, [1, 2, 3, 5], [1, 2, 2, 3], "MaxPool2d(2×2, stride 2, sizes rounded up)"),
        ["AvgPool3d"] = ModuleSpec.Of(
            static () => new AvgPool3d(2, 1, padding: 1, countPadding: false), [1, 2, 2, 1, 2], [1, 2, 3, 2, 3],
            "AvgPool3d(2×2×2, stride 1, padding 1, padding not counted)"),
        ["AvgPool3d with sizes rounded up"] = ModuleSpec.Of(
            static () => new AvgPool3d(2) { CeilMode = true }, [1, 1, 3, 2, 3], [1, 1, 2, 1, 2], "AvgPool3d(2×2×2, stride 2, sizes rounded up)"),
        ["LpPool3d"] = ModuleSpec.Of(static () => new LpPool3d(2, 2), [1, 2, 2, 4, 2], [1, 2, 1, 2, 1], "LpPool3d(2, 2×2×2, stride 2)"),
        ["MaxUnpool3d"] = ModuleSpec.Of(
            static () => new MaxUnpool3d(2), static (layer, x) => layer.Forward((x[0], x[1], null)),
            [ModuleSpec.Draw([1, 1, 1, 1, 2]), Tensor.From<long>([0, 14], [1, 1, 1, 1, 2])], [1, 1, 2, 2, 4], "MaxUnpool3d(2×2×2, stride 2)"),
        ["AdaptiveAvgPool3d"] = ModuleSpec.Of(
            static () => new AdaptiveAvgPool3d((2, 3, 1)), [1, 2, 3, 4, 2], [1, 2, 2, 3, 1], "AdaptiveAvgPool3d(2×3×1)"),
        ["AdaptiveMaxPool3d"] = ModuleSpec.Of(
            static () => new AdaptiveMaxPool3d((2, 3, 1)), [1, 2, 3, 4, 2], [1, 2, 2, 3, 1], "AdaptiveMaxPool3d(2×3×1)"),
        ["GlobalAvgPool"] = ModuleSpec.Of(static () => new GlobalAvgPool(), [2, 3, 4], [2, 3], "GlobalAvgPool()"),
        ["GlobalAvgPool of volumes"] = ModuleSpec.Of(static () => new GlobalAvgPool(), [2, 3, 4, 2, 2], [2, 3], "GlobalAvgPool()"),
        ["GlobalMaxPool"] = ModuleSpec.Of(static () => new GlobalMaxPool(), [2, 3, 2, 2, 2], [2, 3], "GlobalMaxPool()"),
    };
}
