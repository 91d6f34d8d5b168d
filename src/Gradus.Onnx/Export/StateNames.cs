using Gradus.Nn;

namespace Gradus.Onnx;

/// <summary>The paths of a module's parameters and buffers by their values.</summary>
internal sealed class StateNames
{
    private readonly Dictionary<Storage, (string Name, Tensor Whole)> _names = new(ReferenceEqualityComparer.Instance);

    public StateNames(Module? root)
    {
        if (root is null) return;
        foreach (var (name, parameter) in root.NamedParameters())
        {
            if (parameter.HasValue) Add(name, parameter.Value);
        }

        foreach (var (name, buffer) in root.NamedBuffers())
        {
            if (buffer.Sizes.Known is not null) Add(name, buffer.Value);
        }
    }

    /// <summary>All paths.</summary>
    public IEnumerable<string> All => _names.Values.Select(static entry => entry.Name);

    /// <summary>The path of a value; null where it is no parameter or buffer, or a part of one.</summary>
    public string? Find(Tensor value) =>
        _names.TryGetValue(value.Storage, out var found) && found.Whole.Shape == value.Shape && found.Whole.Layout.Strides.SequenceEqual(value.Layout.Strides)
            ? found.Name
            : null;

    private void Add(string name, Tensor value) => _names.TryAdd(value.Storage, (name, value));
}
