namespace Gradus.Nn.Tests.Layers.Specs;

internal static class PaddingSpecs
{
    public static readonly Dictionary<string, ModuleSpec> All = new()
    {
        ["ZeroPad1d"] = ModuleSpec.Of(static () => new ZeroPad1d(1, 2), [2, 2, 4], [2, 2, 7], "ZeroPad1d(1, 2)"),
        ["ZeroPad2d"] = ModuleSpec.Of(static () => new ZeroPad2d(1), [1, 2, 3, 4], [1, 2, 5, 6], "ZeroPad2d(1, 1, 1, 1)"),
        ["ReflectionPad1d"] = ModuleSpec.Of(static () => new ReflectionPad1d(1, 2), [2, 2, 4], [2, 2, 7], "ReflectionPad1d(1, 2)"),
        ["ReflectionPad2d"] = ModuleSpec.Of(static () => new ReflectionPad2d(1), [1, 2, 3, 4], [1, 2, 5, 6], "ReflectionPad2d(1, 1, 1, 1)"),
        ["ReplicationPad1d"] = ModuleSpec.Of(static () => new ReplicationPad1d(1, 2), [2, 2, 4], [2, 2, 7], "ReplicationPad1d(1, 2)"),
        ["ReplicationPad2d"] = ModuleSpec.Of(static () => new ReplicationPad2d(1), [1, 2, 3, 4], [1, 2, 5, 6], "ReplicationPad2d(1, 1, 1, 1)"),
        ["CircularPad1d"] = ModuleSpec.Of(static () => new CircularPad1d(1, 2), [2, 2, 4], [2, 2, 7], "CircularPad1d(1, 2)"),
        ["CircularPad2d"] = ModuleSpec.Of(static () => new CircularPad2d(1), [1, 2, 3, 4], [1, 2, 5, 6], "CircularPad2d(1, 1, 1, 1)"),
        ["ConstantPad1d"] = ModuleSpec.Of(static () => new ConstantPad1d(1, 2, 0.5), [2, 2, 4], [2, 2, 7], "ConstantPad1d(1, 2, value 0.5)"),
        ["ConstantPad2d"] = ModuleSpec.Of(
            static () => new ConstantPad2d(1, 0, 2, -1, 0.5), [1, 2, 3, 4], [1, 2, 4, 5], "ConstantPad2d(1, 0, 2, -1, value 0.5)"),
        ["ZeroPad3d"] = ModuleSpec.Of(
            static () => new ZeroPad3d((1, 0), (1, 1), (0, 1)), [1, 2, 2, 3, 2], [1, 2, 3, 5, 3], "ZeroPad3d((1, 0), (1, 1), (0, 1))"),
        ["ReflectionPad3d"] = ModuleSpec.Of(
            static () => new ReflectionPad3d((1, 0), (1, 1), (0, 1)), [1, 2, 2, 3, 2], [1, 2, 3, 5, 3], "ReflectionPad3d((1, 0), (1, 1), (0, 1))"),
        ["ReplicationPad3d"] = ModuleSpec.Of(
            static () => new ReplicationPad3d((1, 0), (1, 1), (0, 1)), [1, 2, 2, 3, 2], [1, 2, 3, 5, 3], "ReplicationPad3d((1, 0), (1, 1), (0, 1))"),
        ["CircularPad3d"] = ModuleSpec.Of(
            static () => new CircularPad3d((1, 0), (1, 1), (0, 1)), [1, 2, 2, 3, 2], [1, 2, 3, 5, 3], "CircularPad3d((1, 0), (1, 1), (0, 1))"),
        ["ConstantPad3d"] = ModuleSpec.Of(
            static () => new ConstantPad3d(1, 0.5), [1, 2, 2, 3, 2], [1, 2, 4, 5, 4], "ConstantPad3d((1, 1), (1, 1), (1, 1), value 0.5)"),
    };
}
