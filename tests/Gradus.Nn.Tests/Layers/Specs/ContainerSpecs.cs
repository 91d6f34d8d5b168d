namespace Gradus.Nn.Tests.Layers.Specs;

internal static class ContainerSpecs
{
    public static readonly Dictionary<string, ModuleSpec> All = new()
    {
        ["Sequential"] = ModuleSpec.Of(
            static () => new Sequential(new Linear(3, 5), new Tanh(), new Linear(5, 2)), [4, 3], [4, 2],
            "Sequential(\n  0: Linear(3 → 5)\n  1: Tanh()\n  2: Linear(5 → 2)\n)"),
        ["ModuleList"] = ModuleSpec.Of(
            static () => new ModuleList<Linear>(new Linear(3, 2), new Linear(2, 1)), static (layer, x) => layer[1].Forward(layer[0].Forward(x[0])), [[4, 3]],
            [4, 1], "ModuleList(\n  0: Linear(3 → 2)\n  1: Linear(2 → 1)\n)"),
        ["ModuleDict"] = ModuleSpec.Of(
            static () => new ModuleDict<Linear>(("Left", new Linear(3, 2)), ("right", new Linear(2))),
            static (layer, x) => layer["Left"].Forward(x[0]) * layer["right"].Forward(x[0]), [[4, 3]], [4, 2],
            "ModuleDict(\n  Left: Linear(3 → 2)\n  right: Linear(3 → 2)\n)"),
        ["ParameterList"] = ModuleSpec.Of(
            static () => new ParameterList(new Parameter([3], Init.Ones), new Parameter([3], Init.Normal())), static (layer, x) => (x[0] * layer[0]) + layer[1],
            [[4, 3]], [4, 3], "ParameterList([3], [3])"),
        ["ParameterDict"] = ModuleSpec.Of(
            static () => new ParameterDict(("Scale", new Parameter([3], Init.Ones)), ("shift", new Parameter([1], Init.Normal()))),
            static (layer, x) => (x[0] * layer["Scale"]) + layer["shift"], [[4, 3]], [4, 3], "ParameterDict(Scale [3], shift [1])"),
    };
}
