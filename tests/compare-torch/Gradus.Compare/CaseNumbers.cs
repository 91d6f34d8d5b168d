using System.Globalization;
using Gradus.Nn;

namespace Gradus.Compare;

/// <summary>The numbers of one case in the files of all.</summary>
internal sealed class CaseNumbers(string prefix, IReadOnlyDictionary<string, Tensor> given, IDictionary<string, Tensor> results)
{
    /// <summary>The state that a layer begins with, by name.</summary>
    public IReadOnlyDictionary<string, Tensor> State()
    {
        var from = $"{prefix}.state.";
        return given.Where(entry => entry.Key.StartsWith(from, StringComparison.Ordinal))
            .ToDictionary(entry => entry.Key[from.Length..], static entry => entry.Value);
    }

    /// <summary>The inputs, in order.</summary>
    public IEnumerable<Tensor> Inputs()
    {
        for (var index = 0; given.TryGetValue(Key("input", index), out var input); index++) yield return input;
    }

    /// <summary>What the gradients begin with at an output, or null where it has none.</summary>
    public Tensor? Seed(int index) => given.GetValueOrDefault(Key("seed", index));

    /// <summary>Keeps outputs, or the gradients of inputs that have some.</summary>
    public void Put(string what, Tensor[] tensors)
    {
        for (var index = 0; index < tensors.Length; index++)
        {
            if (what == "output") results.Add(Key(what, index), Plain(tensors[index]));
            else if (tensors[index].Grad is { } gradient) results.Add(Key(what, index), Plain(gradient));
        }
    }

    /// <summary>Keeps a tensor.</summary>
    public void Put(string what, Tensor tensor) => results.Add($"{prefix}.{what}", Plain(tensor));

    /// <summary>Keeps the state of a module.</summary>
    public void PutState(Module module)
    {
        foreach (var (name, tensor) in module.State()) Put($"after.{name}", tensor);
    }

    private static Tensor Plain(Tensor tensor) => tensor.Detach().To(DType.Float64).Contiguous().Clone();

    private string Key(string what, int index) => string.Create(CultureInfo.InvariantCulture, $"{prefix}.{what}.{index}");
}
