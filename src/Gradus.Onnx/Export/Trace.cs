namespace Gradus.Onnx;

/// <summary>All that was evaluated in one run, with every value that appeared.</summary>
internal sealed class Trace
{
    private readonly Dictionary<Tensor, int> _numbers = new(SameValue.Instance);
    private readonly Dictionary<Storage, int> _versions = new(ReferenceEqualityComparer.Instance);
    private readonly List<Tensor> _values = [];

    /// <summary>What was evaluated, in its order.</summary>
    public List<TraceStep> Steps { get; } = [];

    /// <summary>Every value, at its number.</summary>
    public IReadOnlyList<Tensor> Values => _values;

    /// <summary>Values whose elements other code than operators read, and the module that it happened in.</summary>
    public List<(int Value, string Path)> Reads { get; } = [];

    /// <summary>The numbers of what went in.</summary>
    public int[] Inputs { get; set; } = [];

    /// <summary>The numbers of what came out.</summary>
    public int[] Outputs { get; set; } = [];

    /// <summary>The number of a value, which it gets where it has none yet.</summary>
    /// <exception cref="GradusException">The value was changed in place since it was first seen.</exception>
    public int Number(Tensor tensor)
    {
        RequireUnchanged(tensor);
        if (_numbers.TryGetValue(tensor, out var number)) return number;
        // What is kept belongs to no scope, so that a layer that ends does not free it.
        using var suspension = TensorScope.Suspend();
        var kept = Tensor.Over(tensor, tensor.Layout);
        kept.Own(null);
        _numbers.Add(kept, _values.Count);
        _values.Add(kept);
        return _values.Count - 1;
    }

    /// <summary>Whether a value has a number already.</summary>
    public bool Knows(Tensor tensor) => _numbers.ContainsKey(tensor);

    private void RequireUnchanged(Tensor tensor)
    {
        var storage = tensor.Storage;
        if (_versions.TryAdd(storage, storage.Version) || _versions[storage] == storage.Version) return;
        throw new GradusException(
            $"onnx: {tensor.Describe()} was changed in place by {storage.LastChange} while the module ran; a graph has no such step. " +
            "Compute a new tensor instead.");
    }

    /// <summary>Two tensors are one value if they are the same elements of the same memory.</summary>
    private sealed class SameValue : IEqualityComparer<Tensor>
    {
        public static readonly SameValue Instance = new();

        public bool Equals(Tensor? x, Tensor? y) =>
            ReferenceEquals(x!.Storage, y!.Storage) && x.DType == y.DType && x.Layout.Offset == y.Layout.Offset && x.Shape == y.Shape &&
            x.Layout.Strides.SequenceEqual(y.Layout.Strides);

        public int GetHashCode(Tensor tensor) => HashCode.Combine(
            System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(tensor.Storage), tensor.Layout.Offset, tensor.Shape.GetHashCode());
    }
}
