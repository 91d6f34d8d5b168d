using System.Numerics;
using System.Runtime.CompilerServices;

namespace Gradus;

/// <summary>An input of a node: what fed it, and the shape and type of what it was fed.</summary>
/// <param name="Source">The node whose output this is, or null for a constant.</param>
/// <param name="Output">Which output of it.</param>
/// <param name="Shape">The value's shape.</param>
/// <param name="DType">The value's element type.</param>
public readonly record struct NodeInput(Node? Source, int Output, Shape Shape, DType DType)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(NodeInput), PrintMembers);
}

/// <summary>A vertex of the computation graph, as data: the operator that made a value, its arguments, and the nodes it was made from.</summary>
/// <remarks>
/// A leaf (a tensor that requires a gradient) has no operator. Nodes exist only where a gradient may flow. The graph is the one that back-propagation walks:
/// start from <see cref="Tensor.Node"/> and follow <see cref="Inputs"/>.
/// </remarks>
public abstract class Node
{
    [ThreadStatic]
    private static bool t_savedAreConstants;

    private readonly Reads _reads;
    private readonly NodeValue[]? _many;
    private FewValues _few;
    private NodeHold? _hold;
    private bool _isReleased;
    private bool _hasLetGo;
    private int _references = 1;
    private NodeExtras? _extras;
    private Tensor?[]? _laterGradients;
    private Tensor? _gradient;
    private GradientSlot? _kept;
    private BackwardPass? _visitor;

    private protected Node(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs, Reads reads)
    {
        InputCount = inputs.Length;
        OutputCount = outputs.Length;
        _reads = reads;
        var count = inputs.Length + outputs.Length;
        if (count > FewValues.Length) _many = new NodeValue[count];
        for (var index = 0; index < inputs.Length; index++)
        {
            var tensor = inputs[index];
            HoldsMemory |= Put(index, tensor, ReadsExtensions.OfInput(index)) || tensor.Node is { HoldsMemory: true };
            Values[index].Source = tensor.Node;
            Values[index].Output = (ushort)tensor.OutputIndex;
        }

        for (var index = 0; index < outputs.Length; index++) HoldsMemory |= Put(inputs.Length + index, outputs[index], ReadsExtensions.OfOutput(index));
        if (!HoldsMemory) return;
        foreach (ref readonly var value in Values)
        {
            value.Source?.AddReference();
            value.Saved?.AddReference();
        }
    }

    /// <summary>The operator, or null for a leaf.</summary>
    public abstract Op? Op { get; }

    /// <summary>The operator's name, <c>matmul</c>; <c>leaf</c> for a leaf.</summary>
    public string OpName => Op?.Name ?? "leaf";

    /// <summary>The operator's arguments, or null if it takes none.</summary>
    public abstract object? Arguments { get; }

    /// <summary>The user's name of the value, where one was given.</summary>
    public string? Name { get; internal set; }

    /// <summary>What the value was computed from, in the operator's order.</summary>
    public IReadOnlyList<NodeInput> Inputs => Extras.Inputs ??= ListInputs();

    /// <summary>The operator's arguments by name: (<c>axis</c>, 1). Empty if it takes none.</summary>
    public IReadOnlyList<OperatorArgument> NamedArguments => Arguments switch
    {
        IOperatorArguments arguments => arguments.Named,
        Shape shape => [new("shape", shape)],
        DType type => [new("dtype", type)],
        int axis => [new("axis", axis)],
        double slope => [new("slope", slope)],
        _ => [],
    };

    /// <summary>
    /// The line of the program that evaluated the operator, <c>Train.cs:42 in Main</c>; null unless that happened inside an <see cref="Anomaly"/> stretch.
    /// </summary>
    public string? Location => ExtrasOrNull?.Location;

    /// <summary>Whether this is a leaf: a tensor that requires a gradient and was not computed from others that do.</summary>
    public bool IsLeaf => Op is null;

    /// <summary>The number of values the operator gave.</summary>
    public int OutputCount { get; }

    /// <summary>Bytes kept for the backward pass by this node; 0 once it has run.</summary>
    public long SavedBytes
    {
        get
        {
            var bytes = 0L;
            foreach (ref readonly var value in Values)
            {
                if (value.Saved is not null) bytes += (long)value.Layout.Count * value.DType.Size;
            }

            return bytes;
        }
    }

    /// <summary>The shape of an output.</summary>
    public Shape OutputShape(int output = 0) => Output(output).Layout.Shape;

    /// <summary>The element type of an output.</summary>
    public DType OutputDType(int output = 0) => Output(output).DType;

    /// <inheritdoc/>
    public override string ToString() => $"{Name ?? Op?.Name ?? "leaf"}: {string.Join(", ", Values[InputCount..].ToArray())}";

    /// <summary>The number of values that went in.</summary>
    internal int InputCount { get; }

    /// <summary>Whether pooled memory hangs on this node or on those below it, so that references to it are counted.</summary>
    internal bool HoldsMemory { get; }

    /// <summary>What few nodes have, made when first asked for.</summary>
    internal NodeExtras Extras => _extras ?? Interlocked.CompareExchange(ref _extras, new NodeExtras(), null) ?? _extras;

    /// <summary>What few nodes have; null for most.</summary>
    internal NodeExtras? ExtrasOrNull => _extras;

    /// <summary>The gradient kept here: of a leaf, or where <see cref="Tensor.RetainGrad"/> asked for it.</summary>
    internal GradientSlot Kept => _kept ?? Interlocked.CompareExchange(ref _kept, new GradientSlot(), null) ?? _kept;

    /// <summary>Where the gradient of an output is kept.</summary>
    internal GradientSlot KeptAt(int output)
    {
        if (output == 0) return Kept;
        if (Extras.RetainedAt(output) is { } slot) return slot;
        Extras.Retain(output, new GradientSlot());
        return Extras.RetainedAt(output)!;
    }

    /// <summary>Marks the node as being walked over by a pass, unless another is there. Returns the one that was there, or null.</summary>
    internal BackwardPass? Enter(BackwardPass pass) => Interlocked.CompareExchange(ref _visitor, pass, null);

    /// <summary>Whether the node bears this pass's mark, so that the gradients gathered here are its own.</summary>
    internal bool IsVisitedBy(BackwardPass pass) => _visitor == pass;

    /// <summary>Takes the mark away.</summary>
    internal void Leave() => _visitor = null;

    /// <summary>A value that went in, and the node it came from.</summary>
    internal ref readonly NodeValue Input(int input) => ref Values[..InputCount][input];

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

    /// <summary>Whether a value was kept, or would have been before the backward pass released it.</summary>
    internal bool Saves(Reads value) => (_reads & value) != 0;

    /// <summary>Whether saved values come back as parts of the graph, so that what is computed from them can be differentiated with respect to them.</summary>
    internal static bool ConnectsSaved => GradMode.IsEnabled && !t_savedAreConstants;

    /// <summary>
    /// A stretch in which saved values come back as constants, though operations are recorded: a rule is then differentiated with respect to its gradient
    /// alone.
    /// </summary>
    internal static SavedAsConstants RestoreConstants(bool constants = true) => new(constants);

    /// <summary>A saved value, as a tensor; connected to the graph if operations are being recorded.</summary>
    internal Tensor Restore(Reads value)
    {
        if ((_reads & value) == 0) throw new InvalidOperationException($"The rule of {Op!.Name} reads {value}, which it does not declare.");
        var bit = BitOperations.TrailingZeroCount((uint)value);
        var isOutput = bit >= ReadsExtensions.FirstOutput;
        ref readonly var kept = ref isOutput ? ref Output(bit - ReadsExtensions.FirstOutput) : ref Input(bit);
        if (kept.Saved is not { } storage) throw Consumed();
        if (storage.Version != kept.Version)
        {
            throw new GradusException($"backward: {Op!.Name} saved its {WordFor(value)} ({kept}), and {storage.LastChange} changed it afterwards. " +
                "Make the change after Backward, or on a Clone().");
        }

        var tensor = Tensor.Over(storage, kept.Layout, kept.DType);
        if (ConnectsSaved)
        {
            if (isOutput) tensor.SetNode(this, bit - ReadsExtensions.FirstOutput, isFirstHolder: false);
            else if (kept.Source is { } source) tensor.SetNode(source, kept.Output, isFirstHolder: false);
        }

        tensor.Own(TensorScope.Current);
        return tensor;
    }

    /// <summary>The value of an input, where it was kept for the backward pass and not changed since; else null.</summary>
    internal Tensor? KeptInput(int input)
    {
        ref readonly var value = ref Input(input);
        return value.Saved is { } storage && storage.Version == value.Version ? See(storage, value.Layout, value.DType) : null;
    }

    /// <summary>The value of an output, where it was kept for the backward pass and not changed since; else null.</summary>
    internal virtual Tensor? KeptOutput(int output)
    {
        ref readonly var value = ref Output(output);
        return value.Saved is { } storage && storage.Version == value.Version ? See(storage, value.Layout, value.DType) : null;
    }

    /// <summary>A constant over memory that may be given back at any time; null if it was.</summary>
    private protected static Tensor? See(Storage storage, Layout layout, DType dtype)
    {
        if (!storage.TryAddReference()) return null;
        var tensor = Tensor.Over(storage, layout, dtype);
        storage.Release();
        tensor.Own(TensorScope.Current);
        return tensor;
    }

    /// <summary>Frees what was kept for the backward pass.</summary>
    internal void ReleaseSaved()
    {
        if ((_reads == Reads.None && Op is not { HoldsState: true }) || (HoldsMemory ? Interlocked.Exchange(ref _isReleased, true) : _isReleased)) return;
        _isReleased = true;
        foreach (ref var value in Values)
        {
            if (HoldsMemory) value.Saved?.Release();
            value.Saved = null;
        }

        if (Op is { HoldsState: true } op) op.ReleaseState(this);
    }

    /// <summary>Takes over a reference to this node, for a tensor of the user's. The first such hold can be ended from here.</summary>
    internal NodeHold Hold()
    {
        var hold = new NodeHold(this);
        _hold ??= hold;
        return hold;
    }

    /// <summary>Ends the hold of a tensor: a backward pass has freed all that hung on this node.</summary>
    internal void EndHold() => Interlocked.Exchange(ref _hold, null)?.End();

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
            // A tensor whose hold a pass has ended may be used once more, and its node die twice.
            if (Interlocked.Exchange(ref node._hasLetGo, true)) continue;
            node.ReleaseSaved();
            foreach (ref readonly var value in node.Values)
            {
                if (value.Source is { HoldsMemory: true } source && Interlocked.Decrement(ref source._references) == 0) dead.Push(source);
            }
        }
    }

    /// <summary>Whether the values that the rules need are gone.</summary>
    internal bool IsConsumed => _isReleased;

    internal GradusException Consumed() => new(
        $"backward: the graph through {Op!.Name} was walked before and the values it needs were freed. " +
        "Pass retainGraph: true to the first Backward, or compute the loss again.");

    // The inputs and, after them, the outputs.
    private Span<NodeValue> Values => (_many ?? (Span<NodeValue>)_few)[..(InputCount + OutputCount)];

    internal ref readonly NodeValue Output(int output) => ref Values[InputCount..][output];

    /// <summary>Notes a value, and keeps it if it is read. Returns whether pooled memory is now held.</summary>
    private bool Put(int index, Tensor tensor, Reads bit)
    {
        ref var value = ref Values[index];
        value.Layout = tensor.Layout;
        value.DType = tensor.DType;
        if ((_reads & bit) == 0) return false;
        value.Saved = tensor.Storage;
        value.Version = tensor.Storage.Version;
        return value.Saved.IsPooled;
    }

    private NodeInput[] ListInputs()
    {
        var list = new NodeInput[InputCount];
        for (var index = 0; index < list.Length; index++)
        {
            ref readonly var value = ref Values[index];
            list[index] = new NodeInput(value.Source, value.Output, value.Layout.Shape, value.DType);
        }

        return list;
    }

    private static string WordFor(Reads value) => value switch
    {
        Reads.X => "first input",
        Reads.Y => "second input",
        Reads.Z => "third input",
        < Reads.Out => $"input {BitOperations.TrailingZeroCount((uint)value) + 1}",
        _ => "output",
    };

    internal readonly ref struct SavedAsConstants
    {
        private readonly bool _before;

        public SavedAsConstants(bool constants)
        {
            _before = t_savedAreConstants;
            t_savedAreConstants = constants;
        }

        public void Dispose() => t_savedAreConstants = _before;
    }

    // Nearly every node has at most two inputs and one output: they lie in the node itself, a graph of small operators being mostly objects.
    [InlineArray(Length)]
    private struct FewValues
    {
        public const int Length = 3;

        private NodeValue _first;
    }
}
