using System.Numerics;
using System.Runtime.InteropServices;

namespace Gradus;

/// <summary>An input of a node: what fed it, and the shape and type of what it was fed.</summary>
/// <param name="Source">The node whose output this is, or null for a constant.</param>
/// <param name="Output">Which output of it.</param>
/// <param name="Shape">The value's shape.</param>
/// <param name="DType">The value's element type.</param>
public readonly record struct NodeInput(Node? Source, int Output, Shape Shape, DType DType);

/// <summary>A vertex of the computation graph, as data: the operator that made a value, its arguments, and the nodes it was made from.</summary>
/// <remarks>
/// A leaf (a tensor that requires a gradient) has no operator. Nodes exist only where a gradient may flow. The graph is the one that back-propagation walks:
/// start from <see cref="Tensor.Node"/> and follow <see cref="Inputs"/>.
/// </remarks>
public abstract class Node
{
    private readonly NodeInput[] _inputs;
    private readonly Reads _reads;
    private SavedTensor[]? _saved;
    private int _references = 1;
    private Tensor?[]? _laterGradients;
    private Tensor? _gradient;
    private GradientSlot? _kept;
    private object? _visitor;

    private protected Node(NodeInput[] inputs, Meta[] outputs, Reads reads, SavedTensor[]? saved)
    {
        _inputs = inputs;
        Outputs = outputs;
        _reads = reads;
        _saved = saved;
        HoldsMemory = Holds(inputs, saved);
        if (!HoldsMemory) return;
        foreach (var input in inputs) input.Source?.AddReference();
        if (saved is null) return;
        foreach (var tensor in saved) tensor.Storage.AddReference();
    }

    /// <summary>The operator, or null for a leaf.</summary>
    public abstract Op? Op { get; }

    /// <summary>The operator's arguments, or null if it takes none.</summary>
    public abstract object? Arguments { get; }

    /// <summary>The user's name of the value, where one was given.</summary>
    public string? Name { get; internal set; }

    /// <summary>What the value was computed from, in the operator's order.</summary>
    public IReadOnlyList<NodeInput> Inputs => _inputs;

    /// <summary>Whether this is a leaf: a tensor that requires a gradient and was not computed from others that do.</summary>
    public bool IsLeaf => Op is null;

    /// <summary>The number of values the operator gave.</summary>
    public int OutputCount => Outputs.Length;

    /// <summary>Bytes kept for the backward pass by this node; 0 once it has run.</summary>
    public long SavedBytes
    {
        get
        {
            var bytes = 0L;
            foreach (var tensor in _saved ?? []) bytes += (long)tensor.Layout.Count * tensor.DType.Size;
            return bytes;
        }
    }

    /// <summary>The shape of an output.</summary>
    public Shape OutputShape(int output = 0) => Outputs[output].Shape;

    /// <summary>The element type of an output.</summary>
    public DType OutputDType(int output = 0) => Outputs[output].DType;

    /// <inheritdoc/>
    public override string ToString() => $"{Name ?? Op?.Name ?? "leaf"}: {string.Join(", ", Outputs)}";

    internal Meta[] Outputs { get; }

    /// <summary>Whether pooled memory hangs on this node or on those below it, so that references to it are counted.</summary>
    internal bool HoldsMemory { get; }

    /// <summary>Whether to keep the gradient that reaches this node.</summary>
    internal bool RetainsGradient { get; set; }

    /// <summary>The gradient kept here: of a leaf, or where <see cref="Tensor.RetainGrad"/> asked for it.</summary>
    internal GradientSlot Kept => _kept ?? Interlocked.CompareExchange(ref _kept, new GradientSlot(), null) ?? _kept;

    /// <summary>Marks the node as being walked over by a pass, unless another is there. Returns the one that was there, or null.</summary>
    internal object? Enter(object pass) => Interlocked.CompareExchange(ref _visitor, pass, null);

    /// <summary>Takes the mark away.</summary>
    internal void Leave() => _visitor = null;

    /// <summary>Takes the gradient that has gathered for an output, leaving none.</summary>
    internal Tensor? TakeGradient(int output)
    {
        ref var slot = ref GradientOf(output);
        var gradient = slot;
        slot = null;
        return gradient;
    }

    /// <summary>Where the gradient of an output gathers during a pass.</summary>
    internal ref Tensor? GradientOf(int output)
    {
        if (output == 0) return ref _gradient;
        _laterGradients ??= new Tensor?[OutputCount];
        return ref _laterGradients[output];
    }

    /// <summary>A saved value, as a tensor; connected to the graph if operations are being recorded.</summary>
    internal Tensor Restore(Reads value)
    {
        if ((_reads & value) == 0) throw new InvalidOperationException($"The rule of {Op!.Name} reads {value}, which it does not declare.");
        if (_saved is not { } all) throw Consumed();
        ref readonly var saved = ref all[BitOperations.PopCount((uint)(_reads & (value - 1)))];
        if (saved.Storage.Version != saved.Version)
        {
            throw new GradusException($"backward: {Op!.Name} saved its {WordFor(value)} ({saved.DType.ShortName}{saved.Layout.Shape}), and {saved.Storage.LastChange} changed it afterwards. " +
                "Make the change after Backward, or on a Clone().");
        }

        var bit = BitOperations.TrailingZeroCount((uint)value);
        var isOutput = bit >= ReadsExtensions.FirstOutput;
        var index = isOutput ? bit - ReadsExtensions.FirstOutput : bit;
        var tensor = Tensor.Over(saved);
        if (GradMode.IsEnabled)
        {
            if (isOutput) tensor.SetNode(this, index, isFirstHolder: false);
            else if (_inputs[index].Source is { } source) tensor.SetNode(source, _inputs[index].Output, isFirstHolder: false);
        }

        tensor.Own(TensorScope.Current);
        return tensor;
    }

    /// <summary>Frees what was kept for the backward pass.</summary>
    internal void ReleaseSaved()
    {
        if (Interlocked.Exchange(ref _saved, null) is not { } saved || !HoldsMemory) return;
        foreach (var tensor in saved) tensor.Storage.Release();
    }

    internal void AddReference()
    {
        if (HoldsMemory) Interlocked.Increment(ref _references);
    }

    /// <summary>One holder less. The last one frees what is saved here and lets go of the nodes below, however long the chain.</summary>
    internal void Release()
    {
        if (!HoldsMemory || Interlocked.Decrement(ref _references) != 0) return;
        var dead = new Stack<Node>();
        dead.Push(this);
        while (dead.TryPop(out var node))
        {
            node.ReleaseSaved();
            foreach (var input in node._inputs)
            {
                if (input.Source is { HoldsMemory: true } source && Interlocked.Decrement(ref source._references) == 0) dead.Push(source);
            }
        }
    }

    /// <summary>Whether the values that the rules need are gone.</summary>
    internal bool IsConsumed => _reads != Reads.None && _saved is null;

    internal GradusException Consumed() => new(
        $"backward: the graph through {Op!.Name} was walked before and the values it needs were freed. Pass retainGraph: true to the first Backward, or compute the loss again.");

    private static bool Holds(NodeInput[] inputs, SavedTensor[]? saved)
    {
        foreach (var input in inputs)
        {
            if (input.Source is { HoldsMemory: true }) return true;
        }

        if (saved is null) return false;
        foreach (var tensor in saved)
        {
            if (tensor.Storage.IsPooled) return true;
        }

        return false;
    }

    private static string WordFor(Reads value) => value switch
    {
        Reads.X => "first input",
        Reads.Y => "second input",
        Reads.Z => "third input",
        < Reads.Out => $"input {BitOperations.TrailingZeroCount((uint)value) + 1}",
        _ => "output",
    };
}

/// <summary>A value kept for the backward pass, with the version it had.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SavedTensor(Storage Storage, Layout Layout, DType DType, int Version);

/// <summary>The node of an operator with arguments of type <typeparamref name="TArgs"/>.</summary>
internal sealed class Node<TArgs> : Node
{
    private readonly Op<TArgs> _op;

    public Node(Op<TArgs> op, TArgs args, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs, Reads reads)
        : base(NodeParts.Inputs(inputs), NodeParts.Outputs(outputs), reads, NodeParts.Save(inputs, outputs, reads))
    {
        _op = op;
        Args = args;
    }

    public override Op Op => _op;

    public override object? Arguments => typeof(TArgs) == typeof(None) ? null : Args;

    public TArgs Args { get; }
}

/// <summary>The node of a tensor that requires a gradient.</summary>
internal sealed class LeafNode(Meta value) : Node([], [value], Reads.None, null)
{
    public override Op? Op => null;

    public override object? Arguments => null;
}

/// <summary>What a node keeps of the tensors it was made from and with.</summary>
internal static class NodeParts
{
    public static NodeInput[] Inputs(ReadOnlySpan<Tensor> inputs)
    {
        var edges = new NodeInput[inputs.Length];
        for (var index = 0; index < edges.Length; index++)
        {
            var tensor = inputs[index];
            edges[index] = new NodeInput(tensor.Node, tensor.OutputIndex, tensor.Shape, tensor.DType);
        }

        return edges;
    }

    public static Meta[] Outputs(ReadOnlySpan<Tensor> outputs)
    {
        var metas = new Meta[outputs.Length];
        for (var index = 0; index < metas.Length; index++) metas[index] = outputs[index].Meta;
        return metas;
    }

    public static SavedTensor[]? Save(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs, Reads reads)
    {
        if (reads == Reads.None) return null;
        var saved = new SavedTensor[BitOperations.PopCount((uint)reads)];
        var count = 0;
        for (var rest = (uint)reads; rest != 0; rest &= rest - 1)
        {
            var bit = BitOperations.TrailingZeroCount(rest);
            var tensor = bit < ReadsExtensions.FirstOutput ? inputs[bit] : outputs[bit - ReadsExtensions.FirstOutput];
            saved[count++] = new SavedTensor(tensor.Storage, tensor.Layout, tensor.DType, tensor.Storage.Version);
        }

        return saved;
    }
}
