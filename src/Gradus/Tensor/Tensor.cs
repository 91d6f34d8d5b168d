using System.Diagnostics;

namespace Gradus;

/// <summary>An array of numbers with any number of axes, and a vertex of the computation graph.</summary>
/// <remarks>
/// A tensor's values do not change, except through the few calls that say so (<see cref="CopyFrom"/>, <see cref="Fill"/>, an optimizer's step). It need not be
/// disposed: its memory is used again when the collector finds it dropped, and much of it sooner. A tensor may be read from several threads at once.
/// </remarks>
[DebuggerDisplay("{DebugText,nq}")]
public sealed partial class Tensor : IFormattable
{
    private Storage? _storage;
    private Lease? _lease;
    private string? _name;

    private Tensor(Storage storage, Layout layout, DType dtype)
    {
        _storage = storage;
        Layout = layout;
        DType = dtype;
    }

    /// <summary>The type of the elements.</summary>
    public DType DType { get; }

    /// <summary>The sizes of the axes.</summary>
    public Shape Shape => Layout.Shape;

    /// <summary>The number of axes.</summary>
    public int Rank => Layout.Rank;

    /// <summary>The number of elements.</summary>
    public long Count => Layout.Count;

    /// <summary>The name given with <see cref="Named"/>, if any.</summary>
    public string? Name => _name;

    /// <summary>The vertex of the computation graph that this tensor is, or null if no gradient can reach it.</summary>
    public Node? Node { get; private set; }

    /// <summary>Which output of <see cref="Node"/> this tensor is.</summary>
    public int OutputIndex { get; private set; }

    /// <summary>Whether the elements lie in row-major order without gaps.</summary>
    public bool IsContiguous => Layout.IsDense;

    internal Layout Layout { get; }

    internal Storage Storage
    {
        get
        {
            if (_storage is null) Errors.ThrowFreed("tensor");
            return _storage;
        }
    }

    internal Meta Meta => new(Layout, DType);

    /// <summary>Names the tensor, for messages and drawings.</summary>
    /// <returns>The same tensor.</returns>
    public Tensor Named(string name)
    {
        _name = name;
        if (Node is { } node && OutputIndex == 0) node.Name = name;
        return this;
    }

    /// <summary>Marks the tensor as one whose gradient is wanted: a leaf of the graph, where <see cref="Grad"/> gathers.</summary>
    /// <returns>The same tensor.</returns>
    /// <exception cref="GradusException">The elements are not floating point.</exception>
    public Tensor RequireGrad()
    {
        if (!DType.IsFloat) throw new GradusException($"requireGrad: {Describe()} has no gradient; only floating-point tensors do. Convert it with To(DType.Float32).");
        Node ??= new LeafNode(this) { Name = _name };
        return this;
    }

    /// <summary>The gradient that backward passes left here: of a leaf, or of any tensor after <see cref="RetainGrad"/>. Null if none arrived. Setting null clears it.</summary>
    /// <exception cref="GradusException">The gradient given has another shape or type, or the tensor has no place for one.</exception>
    public Tensor? Grad
    {
        get => Node?.Kept.Show();
        set
        {
            if (Node is null)
            {
                if (value is null) return;
                throw new GradusException($"grad: {Describe()} does not require a gradient. Call RequireGrad() first.");
            }

            if (value is not null && (value.Shape != Shape || value.DType != DType)) throw new GradusException($"grad: expected {DType.ShortName}{Shape}, got {value.Describe()}.");
            Node.Kept.Replace(value);
        }
    }

    /// <summary>Keeps the gradient that reaches this tensor, though it is not a leaf.</summary>
    /// <returns>The same tensor.</returns>
    /// <exception cref="GradusException">No gradient can reach it.</exception>
    public Tensor RetainGrad()
    {
        if (Node is null) throw new GradusException($"retainGrad: {Describe()} is not part of a graph.");
        if (OutputIndex != 0) throw new GradusException("retainGrad: only the first output of an operator can retain its gradient.");
        Node.RetainsGradient = true;
        return this;
    }

    /// <summary>Computes the gradients of this tensor with respect to every leaf it depends on and adds them to the leaves' <see cref="Grad"/>.</summary>
    /// <param name="gradient">The gradient to begin with, shaped like this tensor; left out, 1, for a tensor that is a single number.</param>
    /// <param name="createGraph">Whether the gradients can be differentiated again.</param>
    /// <param name="retainGraph">Whether the graph can be walked again; follows <paramref name="createGraph"/> unless said otherwise.</param>
    /// <remarks>Passes on several threads may run at once if their graphs share leaves only; the order in which they add to a shared leaf is then theirs.</remarks>
    /// <exception cref="GradusException">The tensor is not part of a graph, or the gradient does not fit.</exception>
    public void Backward(Tensor? gradient = null, bool createGraph = false, bool? retainGraph = null) => Autograd.Backward([this], [gradient], createGraph, retainGraph);

    /// <summary>The same values, cut off from the graph: no gradient flows through the result.</summary>
    public Tensor Detach()
    {
        var tensor = Over(this, Layout);
        tensor.Own(TensorScope.Current);
        return tensor;
    }

    /// <summary>Type and shape, and the name if there is one: <c>f32[2,3] 'x'</c>.</summary>
    internal string Describe() => _name is null ? DType.ShortName + Shape : $"{DType.ShortName}{Shape} '{_name}'";

    /// <summary>A tensor over memory of its own, undefined at first; the caller must give it an owner.</summary>
    internal static Tensor Allocate(Meta meta) => new(Storage.Allocate((long)meta.Layout.Count * meta.DType.Size), meta.Layout, meta.DType);

    /// <summary>A tensor over the memory of another; the caller must give it an owner.</summary>
    internal static Tensor Over(Tensor tensor, Layout layout)
    {
        tensor.Storage.AddReference();
        return new Tensor(tensor.Storage, layout, tensor.DType);
    }

    /// <summary>A tensor over memory kept for the backward pass; the caller must give it an owner.</summary>
    internal static Tensor Over(Storage saved, Layout layout, DType dtype)
    {
        saved.AddReference();
        return new Tensor(saved, layout, dtype);
    }

    /// <summary>What <c>fixed</c> pins: the first byte of the storage, from which <see cref="See"/> finds the first element.</summary>
    internal ref byte GetPinnableReference() => ref Storage.Origin;

    internal unsafe Operand See(byte* origin) => new(origin + (Layout.Offset * DType.Size), Layout, DType);

    /// <summary>Makes this tensor an output of a node.</summary>
    internal void SetNode(Node node, int output, bool isFirstHolder)
    {
        if (!isFirstHolder) node.AddReference();
        Node = node;
        OutputIndex = output;
        if (_name is not null) node.Name ??= _name;
    }

    /// <summary>Whether pooled memory hangs on this tensor, so that somebody must free it.</summary>
    internal bool HoldsMemory => Storage.IsPooled || Node is { HoldsMemory: true };

    /// <summary>Says who frees this tensor: a scope, or, with none, the collector.</summary>
    internal void Own(TensorScope? scope)
    {
        if (scope is not null) scope.Add(this);
        else if (HoldsMemory) _lease ??= new Lease(Storage, Node);
    }

    /// <summary>Frees the memory that hangs on this tensor, if the engine is done with it. A small tensor is left to the collector, since the engine passes it around without counting.</summary>
    internal void Free()
    {
        if (HoldsMemory) End();
    }

    /// <summary>Frees this tensor now.</summary>
    internal void End()
    {
        if (Interlocked.Exchange(ref _storage, null) is not { } storage) return;
        if (_lease is not null)
        {
            _lease.End();
            return;
        }

        storage.Release();
        Node?.Release();
    }
}
