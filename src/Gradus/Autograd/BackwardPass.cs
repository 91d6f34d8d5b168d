namespace Gradus;

/// <summary>One walk over the graph, from the heads back to the leaves: the chain rule.</summary>
/// <remarks>
/// Nodes are visited so that each comes after all that were computed from it; the gradients that reach a node along its several paths are added before its rules run.
/// Iterative: a chain of 100,000 nodes takes no more stack than one. Unrecorded, every temporary is freed as soon as its rule is done.
/// </remarks>
internal sealed class BackwardPass : IDisposable
{
    private readonly bool _recording;
    private readonly bool _retainGraph;
    private readonly List<Node> _order = [];
    private readonly TensorScope? _temporaries;
    private readonly Dictionary<(Node Node, int Output), int>? _targets;
    private readonly Tensor?[]? _captured;

    // Leaves are shared between the graphs of concurrent passes, so what a pass knows of them is kept here and not on them.
    private readonly HashSet<Node> _leaves = [];
    private readonly Dictionary<Node, Tensor> _atLeaves = [];
    private bool _stopAtTargets;
    private HashSet<Node>? _wanted;

    private BackwardPass(bool recording, bool retainGraph, ReadOnlySpan<Tensor> targets)
    {
        _recording = recording;
        _retainGraph = retainGraph;
        _temporaries = recording ? null : new TensorScope();
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

    /// <summary>The gradients of the heads with respect to the targets, and nothing else; null where a head does not depend on a target.</summary>
    /// <remarks>With <paramref name="stopAtTargets"/> nothing below a target is looked at: for a part of a graph that another pass is walking over.</remarks>
    public static Tensor?[] Collect(ReadOnlySpan<Tensor> heads, ReadOnlySpan<Tensor?> gradients, ReadOnlySpan<Tensor> targets, bool createGraph, bool retainGraph, bool stopAtTargets = false)
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

    public void Dispose()
    {
        foreach (var node in _order)
        {
            node.Leave();
            for (var output = 0; output < node.OutputCount; output++)
            {
                // Only left where the walk was broken off, or where no rule wanted it.
                if (node.TakeGradient(output) is { } gradient && !_recording) gradient.End();
            }
        }

        _temporaries?.Dispose();
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
    }

    /// <summary>Appends a node and all below it in an order in which each comes after its inputs.</summary>
    private void Discover(Node head)
    {
        if (!Enter(head)) return;
        var path = new Stack<(Node Node, int Next)>();
        path.Push((head, 0));
        try
        {
            while (path.TryPeek(out var step))
            {
                var (node, next) = step;
                var inputs = _stopAtTargets && IsTarget(node) ? [] : (NodeInput[])node.Inputs;
                while (next < inputs.Length && (inputs[next].Source is not { } candidate || !Enter(candidate))) next++;
                path.Pop();
                if (next == inputs.Length)
                {
                    _order.Add(node);
                    continue;
                }

                path.Push((node, next + 1));
                path.Push((inputs[next].Source!, 0));
            }
        }
        finally
        {
            // Only left where the walk met another thread's: what this one had entered must be free for the next.
            foreach (var (node, _) in path) node.Leave();
        }
    }

    private bool IsTarget(Node node)
    {
        for (var output = 0; output < node.OutputCount; output++)
        {
            if (_targets!.ContainsKey((node, output))) return true;
        }

        return false;
    }

    private bool Enter(Node node)
    {
        if (node.IsLeaf) return _leaves.Add(node);
        var visitor = node.Enter(this);
        if (visitor is null) return true;
        if (ReferenceEquals(visitor, this)) return false;
        throw new GradusException($"backward: another pass is walking over the same {node.Op!.Name} node. Graphs that share more than leaves must be walked one after the other.");
    }

    /// <summary>The nodes from which a target can be reached: no other needs a gradient.</summary>
    private HashSet<Node> FindWanted()
    {
        HashSet<Node> wanted = [.. _targets!.Keys.Select(static key => key.Node)];
        foreach (var node in _order)
        {
            foreach (var input in node.Inputs)
            {
                if (input.Source is { } source && wanted.Contains(source)) wanted.Add(node);
            }
        }

        return wanted;
    }

    private void Visit(Node node)
    {
        var gradients = new Gradients(node.OutputCount);
        for (var output = 0; output < node.OutputCount; output++)
        {
            if (TakeGradient(node, output) is { } gradient) gradients[output] = Arrive(node, output, gradient);
        }

        if (gradients.IsAny && !node.IsLeaf)
        {
            if (node.IsConsumed) throw node.Consumed();
            if (node.Op!.IsJoint) PropagateJointly(node, gradients.AsSpan());
            else if (gradients[0] is { } gradient) Propagate(node, gradient);
        }

        if (!_recording)
        {
            foreach (var gradient in gradients.AsSpan()) gradient?.End();
        }

        if (!_retainGraph) node.ReleaseSaved();
    }

    /// <summary>Keeps a gradient where it is asked for. Returns it, or null where it goes no further.</summary>
    private Tensor? Arrive(Node node, int output, Tensor gradient)
    {
        if (_targets is not null && _targets.TryGetValue((node, output), out var target)) _captured![target] = Alias(gradient);
        if (node.IsLeaf)
        {
            if (_targets is not null) return gradient;
            node.Kept.Add(gradient, _recording);
            return null;
        }

        if (node.RetainsGradient && output == 0 && _targets is null) node.Kept.Add(Alias(gradient), _recording);
        return gradient;
    }

    private void Propagate(Node node, Tensor gradient)
    {
        for (var input = 0; input < node.Inputs.Count; input++)
        {
            if (!IsWanted(node, input) || node.Op!.Differentiate(node, input, gradient, _recording) is not { } share) continue;
            Pass(node, input, share);
            _temporaries?.Clear();
        }
    }

    private void PropagateJointly(Node node, ReadOnlySpan<Tensor?> gradients)
    {
        var flags = new bool[node.Inputs.Count];
        for (var input = 0; input < flags.Length; input++) flags[input] = IsWanted(node, input);
        var shares = node.Op!.DifferentiateAll(node, gradients, flags, _recording);
        for (var input = 0; input < flags.Length; input++)
        {
            if (flags[input] && shares[input] is { } share) Pass(node, input, share);
        }

        _temporaries?.Clear();
    }

    private void Pass(Node node, int input, Tensor share)
    {
        var edge = node.Inputs[input];
        Deposit(edge.Source!, edge.Output, Keep(Project(share, edge, node)));
    }

    private bool IsWanted(Node node, int input) => node.Inputs[input].Source is { } source && (_wanted is null || _wanted.Contains(source));

    /// <summary>Brings a gradient to the shape and type of the value it belongs to: sums over what was broadcast.</summary>
    private static Tensor Project(Tensor gradient, NodeInput input, Node node)
    {
        if (gradient.DType != input.DType) gradient = gradient.To(input.DType);
        return gradient.Shape == input.Shape ? gradient : gradient.SumTo(input.Shape, node.Op!.Name);
    }

    /// <summary>Makes a result of the engine the pass's own, so that it outlives the rule that computed it.</summary>
    private Tensor Keep(Tensor tensor) => _temporaries is null || _temporaries.Take(tensor) ? tensor : Alias(tensor);

    private Tensor Alias(Tensor tensor) => _recording ? tensor : Tensor.Over(tensor, tensor.Layout);

    private Tensor? TakeGradient(Node node, int output)
    {
        if (!node.IsLeaf) return node.TakeGradient(output);
        return _atLeaves.Remove(node, out var gradient) ? gradient : null;
    }

    private void Deposit(Node node, int output, Tensor gradient)
    {
        if (node.IsLeaf)
        {
            _atLeaves[node] = _atLeaves.TryGetValue(node, out var before) ? Sum(before, gradient) : gradient;
            return;
        }

        ref var slot = ref node.GradientOf(output);
        slot = slot is null ? gradient : Sum(slot, gradient);
    }

    private Tensor Sum(Tensor left, Tensor right)
    {
        if (_recording) return left + right;
        if (left.Storage.IsSole && left.Layout.IsDense)
        {
            Ops.Add.Execute([left, right], [left], default);
            right.End();
            return left;
        }

        var sum = Tensor.Allocate(left.Meta.Fresh(left.DType));
        Ops.Add.Execute([left, right], [sum], default);
        left.End();
        right.End();
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
