using System.Diagnostics;

namespace Gradus;

/// <summary>An array of numbers with any number of axes, and a vertex of the computation graph.</summary>
/// <remarks>
/// A tensor's values do not change, except through the few calls that say so (<see cref="CopyFrom"/>, <see cref="Fill(double)"/>, an optimizer's step). It need
/// not be disposed: its memory is used again when the collector finds it dropped, and much of it sooner. A tensor may be read from several threads at once.
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
            if (_storage is null) Errors.ThrowFreed("tensor", this);
            return _storage;
        }
    }

    /// <summary>Whether a scope that has ended took the memory.</summary>
    internal bool IsFreed => _storage is null;

    /// <summary>Whether that was the scope of a layer, of which the user knows nothing.</summary>
    internal bool IsFreedByLayer => _lease == Lease.EndedByLayer;

    internal Meta Meta => new(Layout, DType);

    /// <summary>Names the tensor, for messages and drawings.</summary>
    /// <returns>The same tensor.</returns>
    public Tensor Named(string name)
    {
        _name = name;
        if (Node is { } node && OutputIndex == 0) node.Name = name;
        return this;
    }

    /// <summary>Type and shape, and the name if there is one: <c>f32[2,3] 'x'</c>.</summary>
    internal string Describe() => _name is null ? DType.ShortName + Shape : $"{DType.ShortName}{Shape} '{_name}'";

    /// <summary>A tensor over memory of its own, undefined at first, in row-major order; the caller must give it an owner.</summary>
    internal static Tensor Allocate(Meta meta)
    {
        // The layout of a part of a larger memory would reach beyond this one.
        var layout = meta.Layout is { IsDense: true, Offset: 0 } ? meta.Layout : Layout.Dense(meta.Shape);
        return new(Storage.Allocate((long)layout.Count * meta.DType.Size), layout, meta.DType);
    }

    /// <summary>A tensor over the memory of another; the caller must give it an owner.</summary>
    internal static Tensor Over(Tensor tensor, Layout layout) => Over(tensor.Storage, layout, tensor.DType);

    /// <summary>A tensor over memory kept for the backward pass; the caller must give it an owner.</summary>
    internal static Tensor Over(Storage saved, Layout layout, DType dtype)
    {
        if (!layout.IsWithin(saved.Length, dtype.Size)) Errors.ThrowOutside(layout, dtype, saved.Length);
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

    /// <summary>
    /// Frees the memory that hangs on this tensor, if the engine is done with it. A small tensor is left to the collector, since the engine passes it around
    /// without counting.
    /// </summary>
    internal void Free()
    {
        if (HoldsMemory) End();
    }

    /// <summary>Frees this tensor now, since the network that computed it has read it.</summary>
    internal void EndByLayer()
    {
        End();
        _lease = Lease.EndedByLayer;
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
