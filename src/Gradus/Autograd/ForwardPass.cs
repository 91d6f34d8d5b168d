namespace Gradus;

/// <summary>
/// One walk over a recorded graph from inputs to outputs: forward mode. Each node pushes the tangents of its inputs, ẋ = dx/dt, to its output.
/// </summary>
/// <remarks>
/// No row says how. An elementwise rule is diagonal and so its own transpose: it is applied to the tangent. A linear row is applied to the tangent itself, a
/// bilinear one to the tangent of each input in turn. A fused row pushes through its specification. Any other rule is linear in the gradient it is given, and
/// differentiating it with respect to that gives its transpose.
/// </remarks>
internal sealed class ForwardPass
{
    private readonly Dictionary<(Node Node, int Output), Tensor> _tangents = [];
    private readonly bool _recording;
    private readonly TensorScope? _temporaries;

    private ForwardPass(bool recording)
    {
        _recording = recording;
        _temporaries = recording ? null : TensorScope.ForTemporaries();
    }

    /// <summary>The tangents of the outputs, given those of the inputs; null where an output does not depend on an input.</summary>
    /// <param name="outputs">Tensors of the graph.</param>
    /// <param name="inputs">Tensors of the graph, leaves or not; tangents of what they were computed from are not looked at.</param>
    /// <param name="tangents">A tangent for each input, shaped like it.</param>
    /// <param name="createGraph">Whether the results can be differentiated.</param>
    public static Tensor?[] Push(IReadOnlyList<Tensor> outputs, IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> tangents, bool createGraph)
    {
        using var mode = GradMode.Set(createGraph);
        using var constants = Node.RestoreConstants(!createGraph);
        var pass = new ForwardPass(createGraph);
        var results = new Tensor?[outputs.Count];
        try
        {
            pass.Run(outputs, inputs, tangents);
            for (var index = 0; index < results.Length; index++)
            {
                if (outputs[index].Node is { } node && pass._tangents.TryGetValue((node, outputs[index].OutputIndex), out var tangent))
                {
                    results[index] = pass.Alias(tangent);
                }
            }
        }
        finally
        {
            if (!createGraph)
            {
                foreach (var tangent in pass._tangents.Values) tangent.Free();
            }

            pass._temporaries?.Dispose();
        }

        if (!createGraph)
        {
            foreach (var result in results) result?.Own(TensorScope.Current);
        }

        return results;
    }

    private void Run(IReadOnlyList<Tensor> outputs, IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> tangents)
    {
        for (var index = 0; index < inputs.Count; index++) Add(inputs[index].Node!, inputs[index].OutputIndex, Alias(tangents[index]));
        var boundary = _tangents.Keys.Select(static key => key.Node).ToHashSet();
        foreach (var node in Graph.Of([.. outputs], boundary).Nodes)
        {
            if (node.IsLeaf || boundary.Contains(node) || Gather(node) is not { } arrived) continue;
            if (node.IsConsumed) throw node.Consumed();
            using (new OperatorObserver.Pause())
            {
                if (node.Op!.IsJoint) PushJointly(node, arrived);
                else if (PushOne(node, arrived) is { } tangent) Add(node, 0, Keep(Fit(tangent, node)));
            }

            _temporaries?.Clear();
        }
    }

    private Tensor?[]? Gather(Node node)
    {
        Tensor?[]? arrived = null;
        for (var input = 0; input < node.InputCount; input++)
        {
            ref readonly var value = ref node.Input(input);
            if (value.Source is null || !_tangents.TryGetValue((value.Source, value.Output), out var tangent)) continue;
            (arrived ??= new Tensor?[node.InputCount])[input] = tangent;
        }

        return arrived;
    }

    private Tensor? PushOne(Node node, Tensor?[] arrived) => node.Op!.Kind switch
    {
        OpKind.Elementwise => SumOver(arrived, (input, tangent) => PushElementwise(node, input, tangent)),
        OpKind.Linear => node.Op.Replay(node, [.. arrived.Select((tangent, input) => tangent ?? Rest(node, input))])[0],
        OpKind.Bilinear => PushBilinear(node, arrived),
        _ => SumOver(arrived, (input, tangent) => Transpose(node, input, tangent)),
    };

    private static Tensor? SumOver(Tensor?[] arrived, Func<int, Tensor, Tensor?> push)
    {
        Tensor? sum = null;
        for (var input = 0; input < arrived.Length; input++)
        {
            if (arrived[input] is not { } tangent || push(input, tangent) is not { } share) continue;
            sum = sum is null ? share : sum + share;
        }

        return sum;
    }

    private Tensor? PushElementwise(Node node, int input, Tensor tangent)
    {
        var isWhole = tangent.Shape == node.OutputShape();
        var spread = Fit(tangent, node);
        // A fast rule writes into the input's shape, which must then be the output's.
        return node.Op!.Differentiate(node, input, spread, _recording || !isWhole) is { } share ? Fit(share, node) : null;
    }

    private static Tensor? PushBilinear(Node node, Tensor?[] arrived)
    {
        var op = node.Op!;
        var addend = arrived.Length > 2 ? arrived[2] : null;
        Tensor[] With(int input)
        {
            var inputs = new Tensor[arrived.Length];
            inputs[input] = arrived[input]!;
            inputs[1 - input] = node.Restore(ReadsExtensions.OfInput(1 - input));
            if (inputs.Length > 2) inputs[2] = addend ?? Rest(node, 2);
            addend = null;
            return inputs;
        }

        Tensor? sum = null;
        for (var input = 0; input < 2; input++)
        {
            if (arrived[input] is null) continue;
            var share = op.Replay(node, With(input))[0];
            sum = sum is null ? share : sum + share;
        }

        if (addend is null) return sum;
        return Transpose(node, 2, addend, recording: GradMode.IsEnabled);
    }

    private Tensor? Transpose(Node node, int input, Tensor tangent) => Transpose(node, input, tangent, _recording);

    /// <summary>J·ẋ from a rule g ↦ Jᵀ·g, which is linear in g: the derivative of ⟨Jᵀ·g, ẋ⟩ with respect to g.</summary>
    private static Tensor? Transpose(Node node, int input, Tensor tangent, bool recording)
    {
        using var mode = GradMode.Set(true);
        var probe = Tensor.Zeros(node.OutputShape(), node.OutputDType()).RequireGrad();
        if (node.Op!.Differentiate(node, input, probe, recording: true) is not { } share) return null;
        share = BackwardPass.Project(share, node.Input(input), node);
        return share.Node is null ? null : BackwardPass.Collect([share], [tangent], [probe], recording, recording, stopAtTargets: true)[0];
    }

    private void PushJointly(Node node, Tensor?[] arrived)
    {
        var tangents = node.Op!.HasSpec ? PushSpec(node, arrived) : TransposeJointly(node, arrived);
        for (var output = 0; output < tangents.Length; output++)
        {
            if (tangents[output] is { } tangent) Add(node, output, Keep(tangent));
        }
    }

    private Tensor?[] PushSpec(Node node, Tensor?[] arrived)
    {
        using var mode = GradMode.Set(true);
        var inputs = new Tensor[arrived.Length];
        for (var input = 0; input < inputs.Length; input++)
        {
            var restored = node.Restore(ReadsExtensions.OfInput(input));
            if (restored.Node is not null) inputs[input] = Ops.Identity.Apply(restored, default);
            else inputs[input] = arrived[input] is null ? restored : restored.Detach().RequireGrad();
        }

        var outputs = node.Op!.ReplaySpec(node, inputs);
        var wanted = Enumerable.Range(0, inputs.Length).Where(input => arrived[input] is not null).ToArray();
        return Push(outputs, [.. wanted.Select(input => inputs[input])], [.. wanted.Select(input => arrived[input]!)], _recording);
    }

    private Tensor?[] TransposeJointly(Node node, Tensor?[] arrived)
    {
        using var mode = GradMode.Set(true);
        var probes = Enumerable.Range(0, node.OutputCount)
            .Select(output => node.OutputDType(output).IsFloat
                ? Tensor.Zeros(node.OutputShape(output), node.OutputDType(output)).RequireGrad()
                : null)
            .ToArray();
        var shares = node.Op!.DifferentiateAll(node, probes, [.. arrived.Select(static tangent => tangent is not null)], recording: true);
        List<Tensor> heads = [], seeds = [];
        for (var input = 0; input < arrived.Length; input++)
        {
            if (arrived[input] is not { } tangent || shares[input] is not { Node: not null } share) continue;
            heads.Add(BackwardPass.Project(share, node.Input(input), node));
            seeds.Add(tangent);
        }

        var targets = probes.OfType<Tensor>().ToArray();
        if (heads.Count == 0) return [];
        var collected = BackwardPass.Collect([.. heads], [.. seeds], targets, _recording, _recording, stopAtTargets: true);
        var results = new Tensor?[probes.Length];
        for (var output = 0; output < probes.Length; output++)
        {
            if (probes[output] is { } probe) results[output] = collected[Array.IndexOf(targets, probe)];
        }

        return results;
    }

    /// <summary>An input that has no tangent: an index as it is, zeros for what a linear row takes beside the tangents.</summary>
    private static Tensor Rest(Node node, int input)
    {
        var bit = ReadsExtensions.OfInput(input);
        return node.InputCount <= 2 && node.Saves(bit) ? node.Restore(bit) : Tensor.Zeros(node.Input(input).Shape, node.Input(input).DType);
    }

    private static Tensor Fit(Tensor tangent, Node node)
    {
        if (tangent.DType != node.OutputDType()) tangent = tangent.To(node.OutputDType());
        return tangent.Shape == node.OutputShape() ? tangent : tangent.Expand(node.OutputShape().AsSpan());
    }

    private void Add(Node node, int output, Tensor tangent)
    {
        // An input that is named twice has the sum of its tangents.
        if (_tangents.TryGetValue((node, output), out var before)) tangent = Keep(before + tangent);
        _tangents[(node, output)] = tangent;
    }

    private Tensor Keep(Tensor tensor) => _temporaries is null || !tensor.HoldsMemory || _temporaries.Take(tensor) ? tensor : Alias(tensor);

    private Tensor Alias(Tensor tensor) => _recording ? tensor : Tensor.Over(tensor, tensor.Layout);
}
