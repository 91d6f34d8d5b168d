using System.Runtime.InteropServices;

namespace Gradus;

/// <summary>One walk over the graph, from the heads back to the leaves: the chain rule.</summary>
/// <remarks>
/// Nodes are visited so that each comes after all that were computed from it; the gradients that reach a node along its several paths are added before its
/// rules run. Iterative: a chain of 100,000 nodes takes no more stack than one. Unrecorded, every temporary is freed as soon as its rule is done.
/// </remarks>
internal sealed partial class BackwardPass : IDisposable
{
    private readonly bool _recording;
    private readonly bool _retainGraph;
    private readonly List<Node> _order;
    private readonly TensorScope? _temporaries;
    private Dictionary<(Node Node, int Output), int>? _targets;
    private Tensor?[]? _captured;

    // Concurrent passes may share leaves. The gradient of a leaf that bears another pass's mark is gathered here and not on it.
    private Dictionary<Node, Tensor?>? _atSharedLeaves;
    private bool _stopAtTargets;
    private HashSet<Node>? _wanted;

    private BackwardPass(bool recording, bool retainGraph, ReadOnlySpan<Tensor> targets)
    {
        _recording = recording;
        _retainGraph = retainGraph;
        _order = t_order ?? [];
        t_order = null;
        _temporaries = recording ? null : TensorScope.ForTemporaries();
        if (targets.IsEmpty) return;
        _targets = [];
        _captured = new Tensor?[targets.Length];
        for (var index = 0; index < targets.Length; index++) _targets.TryAdd((targets[index].Node!, targets[index].OutputIndex), index);
    }

    /// <summary>Adds the gradients of the heads to the leaves.</summary>
    public static void Accumulate(ReadOnlySpan<Tensor> heads, ReadOnlySpan<Tensor?> gradients, bool createGraph, bool retainGraph)
    {
        using var mode = GradMode.Set(createGraph);
        using var pass = new BackwardPass(createGraph, retainGraph, []);
        pass.Run(heads, gradients);
    }

    /// <summary>Adds the gradients of the heads to the targets, and to nothing else.</summary>
    public static void AccumulateInto(
        ReadOnlySpan<Tensor> heads, ReadOnlySpan<Tensor?> gradients, ReadOnlySpan<Tensor> targets, bool createGraph, bool retainGraph)
    {
        using var mode = GradMode.Set(createGraph);
        var pass = new BackwardPass(createGraph, retainGraph, targets);
        using (pass) pass.Run(heads, gradients);
        foreach (var ((node, output), index) in pass._targets!)
        {
            if (pass._captured![index] is not { } gradient) continue;
            node.KeptAt(output).Add(gradient, createGraph);
            if (node.IsLeaf && node.ExtrasOrNull is { } extras) CallAfterwards(extras);
        }
    }

    /// <summary>The gradients of the heads with respect to the targets, and nothing else; null where a head does not depend on a target.</summary>
    /// <remarks>With <paramref name="stopAtTargets"/> nothing below a target is looked at: for a part of a graph that another pass is walking over.</remarks>
    public static Tensor?[] Collect(
        ReadOnlySpan<Tensor> heads, ReadOnlySpan<Tensor?> gradients, ReadOnlySpan<Tensor> targets,
        bool createGraph, bool retainGraph, bool stopAtTargets = false)
    {
        using var mode = GradMode.Set(createGraph);
        var pass = new BackwardPass(createGraph, retainGraph, targets) { _stopAtTargets = stopAtTargets };
        using (pass) pass.Run(heads, gradients);

        var results = new Tensor?[targets.Length];
        for (var index = 0; index < results.Length; index++)
        {
            // A target named twice is captured once.
            results[index] = pass._captured![pass._targets![(targets[index].Node!, targets[index].OutputIndex)]];
        }

        if (!createGraph)
        {
            foreach (var gradient in pass._captured!) gradient?.Own(TensorScope.Current);
        }

        return results;
    }

    /// <summary>The gradients of a head at outputs of nodes on its graph, which stays as it is. Nothing stands for those that none reached.</summary>
    public static Dictionary<(Node Node, int Output), Tensor> CollectAt(Tensor head, IReadOnlyList<(Node Node, int Output)> places, Tensor? seed = null)
    {
        using var mode = GradMode.Disable();
        var pass = new BackwardPass(recording: false, retainGraph: true, []) { _targets = [], _captured = new Tensor?[places.Count] };
        for (var index = 0; index < places.Count; index++) pass._targets.Add(places[index], index);
        using (pass) pass.Run([head], [seed ?? Tensor.Ones(head.Shape, head.DType)]);
        var gradients = new Dictionary<(Node, int), Tensor>();
        for (var index = 0; index < places.Count; index++)
        {
            if (pass._captured[index] is not { } gradient) continue;
            gradient.Own(TensorScope.Current);
            gradients.Add(places[index], gradient);
        }

        return gradients;
    }

    public void Dispose()
    {
        foreach (var node in _order)
        {
            for (var output = 0; output < node.OutputCount; output++)
            {
                // Only left where the walk was broken off, or where no rule wanted it.
                if (TakeGradient(node, output) is { } gradient && !_recording) gradient.Free();
            }

            if (node.IsVisitedBy(this)) node.Leave();
        }

        _temporaries?.Dispose();
        Recycle(_order);
    }

    private void Run(ReadOnlySpan<Tensor> heads, ReadOnlySpan<Tensor?> gradients)
    {
        foreach (var head in heads) Discover(head.Node!);
        for (var index = 0; index < heads.Length; index++)
        {
            var head = heads[index];
            var seed = gradients[index] is { } given ? Alias(given) : Keep(Tensor.Ones(head.Shape, head.DType));
            Deposit(head.Node!, head.OutputIndex, seed);
        }

        if (_targets is not null) _wanted = FindWanted();
        for (var index = _order.Count - 1; index >= 0; index--)
        {
            if (_wanted is null || _wanted.Contains(_order[index])) Visit(_order[index]);
        }

        // A pass to a few targets leaves parts of the graph that may still be walked.
        if (_retainGraph || _wanted is not null) return;
        // Inputs first: each still has a holder, its outputs, until the heads let go of all of them in one walk.
        foreach (var node in _order)
        {
            if (!node.IsLeaf) node.EndHold();
        }
    }

    private void Visit(Node node)
    {
        var gradients = new Gradients(node.OutputCount);
        for (var output = 0; output < node.OutputCount; output++)
        {
            if (TakeGradient(node, output) is { } gradient) gradients[output] = Arrive(node, output, gradient);
        }

        // Another pass is at a boundary's own operator, or the boundary is a leaf.
        var isBoundary = _stopAtTargets && IsTarget(node);
        if (gradients.IsAny && !node.IsLeaf && !isBoundary)
        {
            if (node.IsConsumed) throw node.Consumed();
            if (node.Op!.IsJoint) PropagateJointly(node, gradients.AsSpan());
            else if (gradients[0] is { } gradient) Propagate(node, gradient);
        }

        if (!_recording)
        {
            foreach (var gradient in gradients.AsSpan()) gradient?.Free();
        }

        if (!_retainGraph && !isBoundary) node.ReleaseSaved();
    }

    private void Propagate(Node node, Tensor gradient)
    {
        for (var input = 0; input < node.InputCount; input++)
        {
            if (!IsWanted(node, input) || Differentiate(node, input, gradient) is not { } share) continue;
            Pass(node, input, share);
            _temporaries?.Clear();
        }
    }

    private Tensor? Differentiate(Node node, int input, Tensor gradient)
    {
        if (!OperatorObserver.IsAny) return node.Op!.Differentiate(node, input, gradient, _recording);
        Tensor? share;
        using (new OperatorObserver.Pause()) share = node.Op!.Differentiate(node, input, gradient, _recording);
        if (share is not null) OperatorObserver.NotifyGradient(node, input, [gradient], share);
        return share;
    }

    private void PropagateJointly(Node node, ReadOnlySpan<Tensor?> gradients)
    {
        var flags = new bool[node.InputCount];
        for (var input = 0; input < flags.Length; input++) flags[input] = IsWanted(node, input);
        Tensor?[] shares;
        using (new OperatorObserver.Pause()) shares = node.Op!.DifferentiateAll(node, gradients, flags, _recording);
        for (var input = 0; input < flags.Length; input++)
        {
            if (!flags[input] || shares[input] is not { } share) continue;
            if (OperatorObserver.IsAny) OperatorObserver.NotifyGradient(node, input, gradients, share);
            Pass(node, input, share);
        }

        _temporaries?.Clear();
    }

    private void Pass(Node node, int input, Tensor share)
    {
        ref readonly var edge = ref node.Input(input);
        Deposit(edge.Source!, edge.Output, Keep(Project(share, edge, node)));
    }

    private bool IsWanted(Node node, int input) => node.Input(input).Source is { } source && (_wanted is null || _wanted.Contains(source));

    /// <summary>Brings a gradient to the shape and type of the value it belongs to: sums over what was broadcast.</summary>
    internal static Tensor Project(Tensor gradient, in NodeValue input, Node node)
    {
        if (gradient.DType != input.DType) gradient = gradient.To(input.DType);
        return gradient.Shape == input.Shape ? gradient : gradient.SumTo(input.Shape, node.Op!.Name);
    }

    /// <summary>
    /// Makes a result of the engine the pass's own, so that it outlives the rule that computed it. A small one is the collector's and may be in several hands.
    /// </summary>
    private Tensor Keep(Tensor tensor) => _temporaries is null || !tensor.HoldsMemory || _temporaries.Take(tensor) ? tensor : Alias(tensor);

    private Tensor Alias(Tensor tensor) => _recording ? tensor : Tensor.Over(tensor, tensor.Layout);

    private Tensor? TakeGradient(Node node, int output)
    {
        if (node.IsVisitedBy(this)) return node.TakeGradient(output);
        return _atSharedLeaves!.Remove(node, out var gradient) ? gradient : null;
    }

    private void Deposit(Node node, int output, Tensor gradient)
    {
        ref var slot = ref GradientOf(node, output);
        slot = slot is null ? gradient : Sum(slot, gradient);
    }

    private ref Tensor? GradientOf(Node node, int output)
    {
        if (node.IsVisitedBy(this)) return ref node.GradientOf(output);
        return ref CollectionsMarshal.GetValueRefOrAddDefault(_atSharedLeaves!, node, out _);
    }

    private Tensor Sum(Tensor left, Tensor right)
    {
        if (_recording) return left + right;
        if (left.Storage.IsSole && left.Layout.IsDense)
        {
            Ops.Add.Execute([left, right], [left], default);
            right.Free();
            return left;
        }

        var sum = Tensor.Allocate(left.Meta.Fresh(left.DType));
        Ops.Add.Execute([left, right], [sum], default);
        left.Free();
        right.Free();
        return sum;
    }

    /// <summary>The gradients of a node's outputs; nearly every node has one output, which then takes no array.</summary>
    private ref struct Gradients
    {
        private readonly Tensor?[]? _all;
        private Tensor? _only;

        public Gradients(int outputs) => _all = outputs > 1 ? new Tensor?[outputs] : null;

        public bool IsAny { get; private set; }

        [System.Diagnostics.CodeAnalysis.UnscopedRef]
        public ReadOnlySpan<Tensor?> AsSpan() => _all ?? new ReadOnlySpan<Tensor?>(in _only);

        public Tensor? this[int output]
        {
            get => _all is null ? _only : _all[output];
            set
            {
                if (_all is null) _only = value;
                else _all[output] = value;
                IsAny |= value is not null;
            }
        }
    }
}
