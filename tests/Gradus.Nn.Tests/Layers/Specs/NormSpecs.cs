namespace Gradus.Nn.Tests.Layers.Specs;

internal static class NormSpecs
{
    public static readonly Dictionary<string, ModuleSpec> All = new()
    {
        ["BatchNorm1d"] = ModuleSpec.Of(static () => new BatchNorm1d(3), [4, 3], [4, 3], "BatchNorm1d(3)") with { DiffersInTraining = true },
        ["BatchNorm1d of any size"] = ModuleSpec.Of(static () => new BatchNorm1d(), [4, 3, 2], [4, 3, 2], "BatchNorm1d(3)") with { DiffersInTraining = true },
        ["BatchNorm2d"] = ModuleSpec.Of(static () => new BatchNorm2d(2), [3, 2, 2, 3], [3, 2, 2, 3], "BatchNorm2d(2)") with { DiffersInTraining = true },
        ["BatchNorm3d"] = ModuleSpec.Of(static () => new BatchNorm3d(), [2, 2, 2, 2, 2], [2, 2, 2, 2, 2], "BatchNorm3d(2)") with { DiffersInTraining = true },
        ["LayerNorm"] = ModuleSpec.Of(static () => new LayerNorm(3), [4, 3], [4, 3], "LayerNorm(3, ε 1E-05)"),
        ["LayerNorm of any size"] = ModuleSpec.Of(static () => new LayerNorm(), [4, 3], [4, 3], "LayerNorm(3, ε 1E-05)"),
        ["LayerNorm of several axes"] = ModuleSpec.Of(static () => new LayerNorm([3, 2]), [4, 3, 2], [4, 3, 2], "LayerNorm(3×2, ε 1E-05)"),
        ["RmsNorm"] = ModuleSpec.Of(static () => new RmsNorm(3), [4, 3], [4, 3], "RmsNorm(3)"),
        ["RmsNorm of any size"] = ModuleSpec.Of(static () => new RmsNorm(), [4, 3], [4, 3], "RmsNorm(3)"),
        ["GroupNorm"] = ModuleSpec.Of(static () => new GroupNorm(4, 2), [2, 4, 3], [2, 4, 3], "GroupNorm(4, 2 groups)"),
        ["GroupNorm of any size"] = ModuleSpec.Of(static () => new GroupNorm(2), [2, 4, 3, 2], [2, 4, 3, 2], "GroupNorm(4, 2 groups)"),
        ["InstanceNorm1d"] = ModuleSpec.Of(static () => new InstanceNorm1d(2), [2, 2, 4], [2, 2, 4], "InstanceNorm1d(2, not affine)"),
        ["InstanceNorm2d"] = ModuleSpec.Of(static () => new InstanceNorm2d(affine: true), [2, 2, 3, 3], [2, 2, 3, 3], "InstanceNorm2d(2)"),
        ["InstanceNorm3d"] = ModuleSpec.Of(
            static () => new InstanceNorm3d(2, affine: true), [2, 2, 2, 2, 2], [2, 2, 2, 2, 2], "InstanceNorm3d(2)"),
        ["InstanceNorm1d with running statistics"] = ModuleSpec.Of(
            static () => new InstanceNorm1d(affine: true, trackRunningStatistics: true), [2, 2, 4], [2, 2, 4], "InstanceNorm1d(2, running statistics)") with
        { DiffersInTraining = true },
        ["LocalResponseNorm"] = ModuleSpec.Of(
            static () => new LocalResponseNorm(2, 0.5), [2, 4, 3], [2, 4, 3], "LocalResponseNorm(2, alpha 0.5, beta 0.75, k 1)"),
    };
}
