namespace Gradus;

/// <summary>A hot operator of several inputs and outputs, in one pass forward and one backward: layer norm, an LSTM, attention.</summary>
/// <remarks>
/// Its <see cref="Spec"/> is the same function as Tensor arithmetic: the specification, the oracle of the tests, and what is differentiated when a graph of the
/// backward pass is wanted. The kernel may keep workspaces, such as a row's mean, for its backward: outputs that the user never sees and that are not
/// computed when nothing is recorded.
/// </remarks>
internal sealed class FusedOp<TArgs>(string name) : Op<TArgs>(name)
{
    /// <summary>How many results the user sees.</summary>
    public int Outputs { get; init; } = 1;

    /// <summary>Shapes and types of the results and, after them, of the workspaces.</summary>
    public required Func<Meta[], TArgs, Meta[]> Infer { get; init; }

    /// <summary>The kernel: reads the inputs (dense), writes the results and, unless they are empty, the workspaces.</summary>
    public required Action<Operand[], TArgs, Operand[]> Run { get; init; }

    /// <summary>The same function as Tensor arithmetic.</summary>
    public required Func<Tensor[], TArgs, Tensor[]> Spec { get; init; }

    /// <summary>The fused derivative: writes the gradients of the inputs that are wanted.</summary>
    public required Action<FusedGradients<TArgs>> Backward { get; init; }

    /// <summary>Which inputs have a gradient; unset, all that are floating point. An index or a mask has none.</summary>
    public Func<int, bool> IsDifferentiable { get; init; } = static _ => true;

    /// <summary>
    /// Whether <see cref="Backward"/> reads the results; its workspaces are kept in any case. Results that are not kept are freed with the user's tensor.
    /// </summary>
    public bool KeepsResults { get; init; } = true;

    internal override bool IsJoint => true;

    public Tensor Apply(ReadOnlySpan<Tensor> inputs, TArgs args) => ApplyAll(inputs, args)[0];

    public Tensor[] ApplyAll(ReadOnlySpan<Tensor> given, TArgs args)
    {
        var inputs = given.ToArray();
        var kept = PromoteAll(inputs);
        var metas = Infer(Array.ConvertAll(inputs, static input => input.Meta), args);
        var records = WillRecord(inputs);
        var outputs = Array.ConvertAll(records ? metas : metas[..Outputs], static meta => Tensor.Allocate(meta));
        Execute(inputs, outputs, args);
        Finish(inputs, args, outputs.AsSpan(), Outputs);
        // The node holds the workspaces now; nobody else will.
        foreach (var workspace in outputs.AsSpan(Outputs)) workspace.End();
        var results = outputs[..Outputs];
        if (kept is { } type) Narrow(results, type);
        return results;
    }

    internal override Tensor?[] DifferentiateAll(Node node, ReadOnlySpan<Tensor?> gradients, ReadOnlySpan<bool> wanted, bool recording)
    {
        var typed = (Node<TArgs>)node;
        return recording ? DifferentiateSpec(typed, gradients, wanted) : DifferentiateFused(typed, gradients, wanted);
    }

    internal override Tensor[] Replay(Node node, Tensor[] inputs) => ApplyAll(inputs, ((Node<TArgs>)node).Args);

    internal override bool HasSpec => true;

    internal override Tensor[] ReplaySpec(Node node, Tensor[] inputs) => Spec(inputs, ((Node<TArgs>)node).Args);

    protected override Rule<TArgs>? RuleOf(int input) => null;

    private protected override Reads ReadsFor(ReadOnlySpan<Tensor> inputs, int outputs)
    {
        var reads = Reads.None;
        for (var input = 0; input < inputs.Length; input++) reads |= ReadsExtensions.OfInput(input);
        for (var output = KeepsResults ? 0 : Outputs; output < outputs; output++) reads |= ReadsExtensions.OfOutput(output);
        return reads;
    }

    protected override void InferAll(ReadOnlySpan<Tensor> inputs, TArgs args, Span<Meta> outputs) =>
        throw new InvalidOperationException("A fused operator infers by itself.");

    protected override void Invoke(ReadOnlySpan<Tensor> inputs, TArgs args, ReadOnlySpan<Tensor> outputs) =>
        throw new InvalidOperationException("A fused operator runs by itself.");

    private void Execute(Tensor[] inputs, Tensor[] outputs, TArgs args)
    {
        using var mode = GradMode.Disable();
        var dense = Array.ConvertAll(inputs, static input => input.Contiguous());
        Pin([.. dense, .. outputs], operands => Run(operands[..inputs.Length], args, operands[inputs.Length..]));
        GC.KeepAlive(inputs);
    }

    private Tensor?[] DifferentiateFused(Node<TArgs> node, ReadOnlySpan<Tensor?> gradients, ReadOnlySpan<bool> wanted)
    {
        var inputs = node.InputCount;
        var operands = new List<Tensor>();
        Place Put(Tensor? tensor)
        {
            if (tensor is null) return default;
            operands.Add(tensor);
            return new Place(operands.Count);
        }

        var places = new Place[inputs + node.OutputCount + Outputs + inputs];
        var next = 0;
        for (var input = 0; input < inputs; input++) places[next++] = Put(node.Restore(ReadsExtensions.OfInput(input)).Contiguous());
        for (var output = 0; output < node.OutputCount; output++)
        {
            places[next++] = output >= Outputs || KeepsResults ? Put(node.Restore(ReadsExtensions.OfOutput(output))) : default;
        }

        for (var output = 0; output < Outputs; output++)
        {
            if (gradients[output] is { } gradient) RequireGradient(node, output, gradient);
            places[next++] = Put(gradients[output]?.Contiguous());
        }

        var results = new Tensor?[inputs];
        for (var input = 0; input < inputs; input++)
        {
            if (wanted[input] && IsDifferentiable(input)) results[input] = Tensor.Allocate(new Meta(node.Input(input).Shape, node.Input(input).DType));
            places[next++] = Put(results[input]);
        }

        Pin(operands, pinned =>
        {
            var all = Array.ConvertAll(places, place => place.In(pinned));
            Backward(new FusedGradients<TArgs>(all, inputs, node.OutputCount, Outputs, node.Args));
        });
        foreach (var result in results) result?.Own(TensorScope.Current);
        return results;
    }

    /// <summary>The gradients by differentiating the specification, so that they can be differentiated again.</summary>
    private Tensor?[] DifferentiateSpec(Node<TArgs> node, ReadOnlySpan<Tensor?> gradients, ReadOnlySpan<bool> wanted)
    {
        // Each input becomes a node of its own: the same tensor may be given twice, and its two gradients are wanted apart.
        var inputs = new Tensor[node.InputCount];
        for (var input = 0; input < inputs.Length; input++)
        {
            var restored = node.Restore(ReadsExtensions.OfInput(input));
            inputs[input] = restored.Node is null ? restored : Ops.Identity.Apply(restored, default);
        }

        var outputs = Spec(inputs, node.Args);
        var heads = new List<Tensor>();
        var seeds = new List<Tensor?>();
        for (var output = 0; output < outputs.Length; output++)
        {
            if (gradients[output] is not { } gradient || outputs[output].Node is null) continue;
            heads.Add(outputs[output]);
            seeds.Add(gradient);
        }

        var targets = new List<int>();
        for (var input = 0; input < inputs.Length; input++)
        {
            if (wanted[input] && inputs[input].Node is not null && IsDifferentiable(input)) targets.Add(input);
        }

        var results = new Tensor?[inputs.Length];
        var collected = BackwardPass.Collect(
            [.. heads], [.. seeds], targets.Select(target => inputs[target]).ToArray(), createGraph: true, retainGraph: true, stopAtTargets: true);
        for (var index = 0; index < targets.Count; index++) results[targets[index]] = collected[index];
        return results;
    }

    /// <summary>Where in the list of pinned operands a value is; 0 for none.</summary>
    private readonly record struct Place(int Position)
    {
        public Operand In(Operand[] pinned) => Position == 0 ? default : pinned[Position - 1];
    }
}

/// <summary>What a fused derivative reads and writes. Operands that are absent are empty: gradients that did not arrive, results that are not wanted.</summary>
internal readonly struct FusedGradients<TArgs>(Operand[] all, int inputs, int kept, int outputs, TArgs args)
{
    public TArgs Args => args;

    /// <summary>How many inputs there were.</summary>
    public int Inputs => inputs;

    /// <summary>An input of the forward pass.</summary>
    public Operand Input(int input) => all[input];

    /// <summary>A result or, after those, a workspace of the forward pass.</summary>
    public Operand Output(int output) => all[inputs + output];

    /// <summary>The gradient of a result.</summary>
    public Operand Gradient(int output) => all[inputs + kept + output];

    /// <summary>Where the gradient of an input goes.</summary>
    public Operand Result(int input) => all[inputs + kept + outputs + input];
}
