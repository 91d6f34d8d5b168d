namespace Gradus.Nn.Tests.Layers.Specs;

internal static class ShapeSpecs
{
    public static readonly Dictionary<string, ModuleSpec> All = new()
    {
        ["Flatten"] = ModuleSpec.Of(static () => new Flatten(), [2, 3, 4], [2, 12], "Flatten()"),
        ["Flatten of two axes"] = ModuleSpec.Of(static () => new Flatten(0, 1), [2, 3, 4], [6, 4], "Flatten(0, 1)"),
        ["Unflatten"] = ModuleSpec.Of(static () => new Unflatten(1, 3, -1), [2, 12], [2, 3, 4], "Unflatten(1, [3,-1])"),
        ["PixelShuffle"] = ModuleSpec.Of(static () => new PixelShuffle(2), [1, 8, 2, 3], [1, 2, 4, 6], "PixelShuffle(2)"),
        ["PixelUnshuffle"] = ModuleSpec.Of(static () => new PixelUnshuffle(2), [1, 2, 4, 6], [1, 8, 2, 3], "PixelUnshuffle(2)"),
        ["ChannelShuffle"] = ModuleSpec.Of(static () => new ChannelShuffle(2), [1, 4, 2, 2], [1, 4, 2, 2], "ChannelShuffle(2)"),
        ["Unfold"] = ModuleSpec.Of(static () => new Unfold(2), [1, 2, 3, 4], [1, 8, 6], "Unfold(2×2, stride 1)"),
        ["Fold"] = ModuleSpec.Of(static () => new Fold((3, 4), 2), [1, 8, 6], [1, 2, 3, 4], "Fold(3×4, 2×2, stride 1)"),
        ["Upsample"] = ModuleSpec.Of(static () => new Upsample(2), [1, 2, 1, 2, 3], [1, 2, 2, 4, 6], "Upsample(2)"),
        ["Upsample of images"] = ModuleSpec.Of(static () => new Upsample(1.5, InterpolationMode.Cubic), [1, 2, 2, 4], [1, 2, 3, 6], "Upsample(1.5, cubic)"),
        ["Upsample of lines"] = ModuleSpec.Of(
            static () => new Upsample(2, InterpolationMode.Linear, alignCorners: true), [1, 2, 3], [1, 2, 6], "Upsample(2, linear, corners aligned)"),
    };
}
