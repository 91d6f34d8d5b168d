using System.Numerics;

namespace Gradus;

/// <summary>A hot operator of several inputs and outputs, in one pass forward and one backward: layer norm, an LSTM, attention.</summary>
/// <remarks>
/// A row is a class of its own, in a file with its method: the names of its inputs and outputs, <see cref="Infer"/>, <see cref="Spec"/>, <see cref="Run"/> and
/// <see cref="Backward"/>. Spec is the same function as Tensor arithmetic: the specification, the oracle of the tests, and what is differentiated when a graph
/// of the backward pass is wanted. The kernel may keep workspaces, such as a row's mean, for its backward: outputs that the user never sees and that are not
/// computed when nothing is recorded.
/// </remarks>
/// <typeparam name="TArgs">The arguments.</typeparam>
/// <typeparam name="TInput">The names of the inputs, in their order.</typeparam>
/// <typeparam name="TOutput">The names of the results and, after them, of the workspaces.</typeparam>
internal abstract class FusedOp<TArgs, TInput, TOutput>(string name) : FusedOp<TArgs>(name) where TInput : unmanaged, Enum where TOutput : unmanaged, Enum
{
    /// <summary>
    /// The inputs whose values <see cref="Backward"/> reads. It knows the shapes of all. Since the specification takes all of them, they are kept in any case.
    /// </summary>
    public required TInput[] ReadsInputs { get; init; }

    /// <summary>The results and workspaces that <see cref="Backward"/> reads: only they are kept.</summary>
    public required TOutput[] ReadsOutputs { get; init; }

    /// <summary>Shapes and types of the results and, after them, of the workspaces; or the error that says why there are none.</summary>
    protected abstract Meta[] Infer(Named<TInput, Meta> inputs, TArgs args);

    /// <summary>The same function as Tensor arithmetic.</summary>
    protected abstract Tensor[] Spec(Named<TInput, Tensor> inputs, TArgs args);

    /// <summary>The kernel, on float or double: reads the inputs (dense), writes the results and, where there are any, the workspaces.</summary>
    protected abstract void Run<T>(Named<TInput, Operand> inputs, TArgs args, Named<TOutput, Operand> outputs) where T : unmanaged, INumber<T>;

    /// <summary>The fused derivative: writes the gradients of the inputs that are wanted.</summary>
    protected abstract void Backward<T>(FusedGradients<TArgs, TInput, TOutput> gradients) where T : unmanaged, INumber<T>;

    internal sealed override Tensor[] Specification(Tensor[] inputs, TArgs args) => Spec(new(inputs), args);

    internal sealed override Reads ReadsOf(int input)
    {
        var reads = Reads.None;
        foreach (var name in ReadsInputs) reads |= ReadsExtensions.OfInput(Named<TInput, Operand>.Index(name));
        foreach (var name in ReadsOutputs) reads |= ReadsExtensions.OfOutput(Named<TOutput, Operand>.Index(name));
        return reads;
    }

    private protected sealed override Meta[] InferAll(Meta[] inputs, TArgs args) => Infer(new(inputs), args);

    private protected sealed override void RunAll(Operand[] inputs, TArgs args, Operand[] outputs)
    {
        if (outputs[0].DType == DType.Float32) Run<float>(new(inputs), args, new(outputs));
        else Run<double>(new(inputs), args, new(outputs));
    }

    private protected sealed override void BackwardAll(FusedOperands all, TArgs args, DType type)
    {
        var gradients = new FusedGradients<TArgs, TInput, TOutput>(all, args);
        if (type == DType.Float32) Backward<float>(gradients);
        else Backward<double>(gradients);
    }
}

/// <summary>What the engine does with a fused operator, whatever the names of its inputs.</summary>
internal abstract class FusedOp<TArgs>(string name) : Op<TArgs>(name)
{
    /// <summary>How many results the user sees.</summary>
    public int Outputs { get; init; } = 1;

    internal override bool IsJoint => true;

    internal override bool HasSpec => true;

    internal override bool IsFused => true;

    public Tensor Apply(ReadOnlySpan<Tensor> inputs, TArgs args) => ApplyAll(inputs, args)[0];

    public Tensor[] ApplyAll(ReadOnlySpan<Tensor> given, TArgs args)
    {
        var inputs = given.ToArray();
        var kept = PromoteAll(inputs);
        var metas = InferAll(Array.ConvertAll(inputs, static input => input.Meta), args);
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

    /// <summary>The same function as Tensor arithmetic.</summary>
    internal abstract Tensor[] Specification(Tensor[] inputs, TArgs args);

    internal override Tensor?[] DifferentiateAll(Node node, ReadOnlySpan<Tensor?> gradients, ReadOnlySpan<bool> wanted, bool recording)
    {
        var typed = (Node<TArgs>)node;
        return recording ? DifferentiateSpec(typed, gradients, wanted) : DifferentiateFused(typed, gradients, wanted);
    }

    internal override Tensor[] Replay(Node node, Tensor[] inputs) => ApplyAll(inputs, ((Node<TArgs>)node).Args);

    internal override Tensor[] ReplaySpec(Node node, Tensor[] inputs) => Specification(inputs, ((Node<TArgs>)node).Args);

    private protected abstract Meta[] InferAll(Meta[] inputs, TArgs args);

    private protected abstract void RunAll(Operand[] inputs, TArgs args, Operand[] outputs);

    private protected abstract void BackwardAll(FusedOperands all, TArgs args, DType type);

    protected override Rule<TArgs>? RuleOf(int input) => null;

    private protected override Reads ReadsFor(ReadOnlySpan<Tensor> inputs, int outputs)
    {
        var reads = ReadsOf(0);
        for (var input = 0; input < inputs.Length; input++) reads |= ReadsExtensions.OfInput(input);
        return reads;
    }

    protected override void InferAll(ReadOnlySpan<Tensor> inputs, TArgs args, Span<Meta> outputs) =>
        throw new InvalidOperationException("A fused operator infers by itself.");

    protected override void Invoke(ReadOnlySpan<Tensor> inputs, TArgs args, ReadOnlySpan<Tensor> outputs) =>
        throw new InvalidOperationException("A fused operator runs by itself.");

    internal override Action? Prepare(object arguments, Tensor[] inputs, Tensor[] outputs)
    {
        var args = (TArgs)arguments;
        if (Array.Exists(inputs, static input => !input.Layout.IsDense)) return () => Execute(inputs, outputs, args);
        var pins = new OperandPins([.. inputs, .. outputs]);
        var (given, made) = (new Operand[inputs.Length], new Operand[outputs.Length]);
        Action<Operand[]> run = pinned =>
        {
            pinned.AsSpan(0, given.Length).CopyTo(given);
            pinned.AsSpan(given.Length).CopyTo(made);
            RunAll(given, args, made);
        };
        return () => pins.Run(Name, run);
    }

    private void Execute(Tensor[] inputs, Tensor[] outputs, TArgs args)
    {
        using var mode = GradMode.Disable();
        var dense = Array.ConvertAll(inputs, static input => input.Contiguous());
        Pin([.. dense, .. outputs], operands => RunAll(operands[..inputs.Length], args, operands[inputs.Length..]));
        GC.KeepAlive(inputs);
    }

    private Tensor?[] DifferentiateFused(Node<TArgs> node, ReadOnlySpan<Tensor?> gradients, ReadOnlySpan<bool> wanted)
    {
        var (inputs, reads) = (node.InputCount, ReadsOf(0));
        var operands = new List<Tensor>();
        Place Put(Tensor? tensor)
        {
            if (tensor is null) return default;
            operands.Add(tensor);
            return new Place(operands.Count);
        }

        Tensor? Kept(Reads value) => (reads & value) != 0 ? node.Restore(value).Contiguous() : null;

        var places = new Place[inputs + node.OutputCount + Outputs + inputs];
        var next = 0;
        for (var input = 0; input < inputs; input++) places[next++] = Put(Kept(ReadsExtensions.OfInput(input)));
        for (var output = 0; output < node.OutputCount; output++) places[next++] = Put(Kept(ReadsExtensions.OfOutput(output)));
        for (var output = 0; output < Outputs; output++)
        {
            if (gradients[output] is { } gradient) RequireGradient(node, output, gradient);
            places[next++] = Put(gradients[output]?.Contiguous());
        }

        var results = new Tensor?[inputs];
        for (var input = 0; input < inputs; input++)
        {
            if (wanted[input]) results[input] = Tensor.Allocate(new Meta(node.Input(input).Shape, node.Input(input).DType));
            places[next++] = Put(results[input]);
        }

        Pin([.. operands], pinned =>
        {
            var all = Array.ConvertAll(places, place => place.In(pinned));
            BackwardAll(new FusedOperands(all, inputs, node.OutputCount, Outputs), node.Args, node.OutputDType());
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

        var outputs = Specification(inputs, node.Args);
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
            if (wanted[input] && inputs[input].Node is not null) targets.Add(input);
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

/// <summary>The operands of a fused derivative in a row: inputs, kept outputs, gradients of the results, gradients of the inputs.</summary>
internal readonly record struct FusedOperands(Operand[] All, int Inputs, int Kept, int Outputs);

/// <summary>What a fused derivative reads and writes, by name. What is absent is empty: gradients that did not arrive, results that are not wanted.</summary>
internal readonly struct FusedGradients<TArgs, TInput, TOutput>(FusedOperands operands, TArgs args)
    where TInput : unmanaged, Enum where TOutput : unmanaged, Enum
{
    public TArgs Args => args;

    /// <summary>The inputs of the forward pass that are read.</summary>
    public Named<TInput, Operand> Inputs => new(operands.All, 0, operands.Inputs);

    /// <summary>The results and workspaces of the forward pass that are read.</summary>
    public Named<TOutput, Operand> Outputs => new(operands.All, operands.Inputs, operands.Kept);

    /// <summary>The gradients of the results.</summary>
    public Named<TOutput, Operand> Arrived => new(operands.All, operands.Inputs + operands.Kept, operands.Outputs);

    /// <summary>Where the gradients of the inputs go.</summary>
    public Named<TInput, Operand> Wanted => new(operands.All, operands.Inputs + operands.Kept + operands.Outputs, operands.Inputs);
}
