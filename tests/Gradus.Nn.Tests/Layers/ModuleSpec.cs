namespace Gradus.Nn.Tests.Layers;

/// <summary>All that the checks have to know of a layer.</summary>
/// <param name="Make">A fresh one.</param>
/// <param name="Input">The shape of an input.</param>
/// <param name="Output">The shape of the output that belongs to it.</param>
/// <param name="Text">How it prints.</param>
internal sealed record ModuleSpec(Func<Module<Tensor, Tensor>> Make, Shape Input, Shape Output, string Text)
{
    /// <summary>A spec for every layer, by its name.</summary>
    public static readonly IReadOnlyDictionary<string, ModuleSpec> All = new Dictionary<string, ModuleSpec>
    {
        ["Linear"] = new(static () => new Linear(3, 4), [2, 3], [2, 4], "Linear(3 → 4)"),
        ["Linear of sequences"] = new(static () => new Linear(3, 4, bias: false), [2, 5, 3], [2, 5, 4], "Linear(3 → 4, no bias)"),
        ["Flatten"] = new(static () => new Flatten(), [2, 3, 4], [2, 12], "Flatten()"),
        ["Dropout"] = new(static () => new Dropout(0.5), [2, 3], [2, 3], "Dropout(0.5)"),
        ["Relu"] = new(static () => new Relu(), [2, 3], [2, 3], "Relu()"),
        ["Sigmoid"] = new(static () => new Sigmoid(), [2, 3], [2, 3], "Sigmoid()"),
        ["Tanh"] = new(static () => new Tanh(), [2, 3], [2, 3], "Tanh()"),
        ["Softmax"] = new(static () => new Softmax(), [2, 3], [2, 3], "Softmax()"),
        ["Sequential"] = new(static () => new Sequential(new Linear(3, 5), new Tanh(), new Linear(5, 2)), [4, 3], [4, 2], "Sequential(\n  0: Linear(3 → 5)\n  1: Tanh()\n  2: Linear(5 → 2)\n)"),
    };
}
