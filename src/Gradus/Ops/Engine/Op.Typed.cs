using System.Runtime.CompilerServices;

namespace Gradus;

/// <summary>Which inputs an operator brings to a common element type before it runs.</summary>
internal enum Promote
{
    /// <summary>None: the kernel takes them as they are.</summary>
    None,

    /// <summary>All of them, to their common type.</summary>
    All,

    /// <summary>All of them, to their common type, which must be a number: bool has no arithmetic.</summary>
    Number,

    /// <summary>All of them, to their common type, or f32 if that is an integer.</summary>
    Real,

    /// <summary>All but the first, which is a condition.</summary>
    AfterFirst,
}

/// <summary>
/// An operator whose arguments are a <typeparamref name="TArgs"/>. Owns everything that rows do not mention: promotion, allocation, pinning, saving, recording.
/// </summary>
internal abstract unsafe class Op<TArgs>(string name) : Op(name)
{
    /// <summary>How the inputs' element types are brought together.</summary>
    public Promote Promote { get; init; } = Promote.All;

    /// <summary>
    /// Whether the kernel only moves elements, which may then be of any type. All other kernels get f16 and bf16 as f32, and their results are rounded back.
    /// </summary>
    public bool MovesElements { get; init; }

    /// <summary>Whether the kernel wants its inputs in row-major order; the engine then copies those that are not.</summary>
    public bool WantsDense { get; init; }

    internal override Reads ReadsOf(int input) => RuleOf(input)?.Reads ?? Reads.None;

    internal override bool HasFastRule => FastRuleOf(0) is not null || FastRuleOf(1) is not null;

    /// <summary>The rule of each input, or null where the input is not differentiable (an index).</summary>
    protected abstract Rule<TArgs>? RuleOf(int input);

    /// <summary>The fused derivative with respect to an input, used when the backward pass is not recorded. Reads what the rule reads.</summary>
    protected virtual FastRule<TArgs>? FastRuleOf(int input) => null;

    /// <summary>Shapes and types of the outputs, or the error that says why there are none.</summary>
    protected abstract void InferAll(ReadOnlySpan<Tensor> inputs, TArgs args, Span<Meta> outputs);

    /// <summary>Pins inputs and outputs and runs the kernel.</summary>
    protected abstract void Invoke(ReadOnlySpan<Tensor> inputs, TArgs args, ReadOnlySpan<Tensor> outputs);

    /// <summary>Evaluates the operator: the way of every row through the engine.</summary>
    protected void Evaluate(Span<Tensor> inputs, TArgs args, Span<Tensor> outputs)
    {
        var kept = PromoteAll(inputs);
        var metas = (Span<Meta>)[default, default, default];
        metas = metas[..outputs.Length];
        InferAll(inputs, args, metas);
        for (var index = 0; index < outputs.Length; index++) outputs[index] = Tensor.Allocate(metas[index]);
        RunOn(inputs, outputs, args);
        Finish(inputs, args, outputs);
        if (kept is { } type) Narrow(outputs, type);
    }

    private void RunOn(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs, TArgs args)
    {
        if (!WantsDense || AllDense(inputs))
        {
            Run(inputs, outputs, args);
            return;
        }

        var dense = new Tensor[inputs.Length];
        using (GradMode.Disable())
        {
            for (var index = 0; index < dense.Length; index++) dense[index] = inputs[index].Contiguous();
        }

        Run(dense, outputs, args);
    }

    /// <summary>Records the outputs' node if an input has one, and gives the outputs their owner.</summary>
    /// <param name="inputs">What went in.</param>
    /// <param name="args">The arguments.</param>
    /// <param name="outputs">What came out: results and, after them, workspaces.</param>
    /// <param name="results">How many of the outputs are results; all, by default.</param>
    protected void Finish(ReadOnlySpan<Tensor> inputs, TArgs args, ReadOnlySpan<Tensor> outputs, int results = int.MaxValue)
    {
        if (WillRecord(inputs) && AnyIsFloat(outputs)) Record(inputs, args, outputs, results);
        // The last first: a backward pass takes the gradients of many inputs out of its scope one by one, looking from the end.
        for (var index = Math.Min(results, outputs.Length) - 1; index >= 0; index--) outputs[index].Own(TensorScope.Current);
        if (OperatorObserver.IsAny) OperatorObserver.NotifyResult(this, args!, inputs, outputs[..Math.Min(results, outputs.Length)]);
    }

    /// <summary>Runs the kernel into tensors that exist.</summary>
    /// <exception cref="GradusException">An output is not of the shape and type that the inputs give.</exception>
    internal void Execute(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs, TArgs args)
    {
        var metas = (Span<Meta>)[default, default];
        InferAll(inputs, args, metas[..outputs.Length]);
        for (var index = 0; index < outputs.Length; index++)
        {
            var (meta, output) = (metas[index], outputs[index]);
            if (output.Shape != meta.Shape || output.DType != meta.DType)
            {
                throw Errors.DoesNotFit(Name, "place for the result", output.Describe(), meta.ToString());
            }
        }

        RunOn(inputs, outputs, args);
    }

    internal override Action? Prepare(object arguments, Tensor[] inputs, Tensor[] outputs)
    {
        var args = (TArgs)arguments;
        return () => RunOn(inputs, outputs, args);
    }

    private void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs, TArgs args)
    {
        try
        {
            Invoke(inputs, args, outputs);
        }
        catch (Exception error) when (Errors.IsBeyondKernel(error))
        {
            throw Errors.BeyondKernel(Name, error);
        }

        // A finalizer must not give a buffer back while the kernel runs on it.
        foreach (var tensor in inputs) GC.KeepAlive(tensor);
        foreach (var tensor in outputs) GC.KeepAlive(tensor);
    }

    internal override Tensor? Differentiate(Node node, int input, Tensor gradient, bool recording)
    {
        if (RuleOf(input) is not { } rule) return null;
        var typed = (Node<TArgs>)node;
        return !recording && FastRuleOf(input) is { } fast ? RunFast(fast, typed, rule.Reads, input, gradient) : rule.Apply(gradient, typed, input);
    }

    private Tensor RunFast(FastRule<TArgs> rule, Node<TArgs> node, Reads reads, int input, Tensor gradient)
    {
        var meta = new Meta(node.Input(input).Shape, node.Input(input).DType);
        RequireGradient(node, 0, gradient);
        gradient = gradient.Contiguous();
        // Element by element, the result may take the memory of a gradient that nobody else holds: a third less to move, and warm.
        var inPlace = Kind == OpKind.Elementwise && node.InputCount == 1
            && gradient.Storage.IsSole && gradient.DType == meta.DType && gradient.Shape == meta.Shape;
        var result = inPlace ? Tensor.Over(gradient, gradient.Layout) : Tensor.Allocate(meta);
        var x = Read(node, reads, Reads.X);
        var y = Read(node, reads, Reads.Y);
        var z = Read(node, reads, Reads.Z);
        var output = Read(node, reads, Reads.Out);
        var output1 = Read(node, reads, Reads.Out1);
        fixed (byte* g = &gradient.Storage.Origin, r = &result.Storage.Origin, xs = &Origin(x), ys = &Origin(y), zs = &Origin(z),
            os = &Origin(output), os1 = &Origin(output1))
        {
            var saved = new FastSaved<TArgs>(See(x, xs), See(y, ys), See(z, zs), See(output, os), See(output1, os1), node.Args);
            try
            {
                rule(gradient.See(g), saved, result.See(r));
            }
            catch (Exception error) when (Errors.IsBeyondKernel(error))
            {
                throw Errors.BeyondKernel(Name, error);
            }
        }

        GC.KeepAlive(gradient);
        result.Own(TensorScope.Current);
        return result;
    }

    /// <summary>Holds that a gradient is of the shape and type of the output that it is of, before a kernel reads it as such.</summary>
    private protected static void RequireGradient(Node node, int output, Tensor gradient)
    {
        ref readonly var value = ref node.Output(output);
        if (gradient.DType == value.DType && gradient.Shape == value.Layout.Shape) return;
        throw Errors.DoesNotFit(node.Op!.Name, "gradient", gradient.Describe(), $"{node.OutputDType(output).ShortName}{node.OutputShape(output)}");
    }

    private static Tensor? Read(Node<TArgs> node, Reads declared, Reads value) => (declared & value) != 0 ? node.Restore(value).Contiguous() : null;

    private static ref byte Origin(Tensor? tensor)
    {
        if (tensor is not null) return ref tensor.Storage.Origin;
        return ref Unsafe.NullRef<byte>();
    }

    private static Operand See(Tensor? tensor, byte* origin) => tensor is null ? default : tensor.See(origin);

    /// <summary>Whether the operator becomes a node of the graph.</summary>
    protected static bool WillRecord(ReadOnlySpan<Tensor> inputs) => GradMode.IsEnabled && AnyHasNode(inputs);

    /// <summary>What has to be kept so that the gradients of these inputs can be computed.</summary>
    private protected virtual Reads ReadsFor(ReadOnlySpan<Tensor> inputs, int outputs)
    {
        var reads = Reads.None;
        for (var input = 0; input < inputs.Length; input++)
        {
            if (inputs[input].Node is not null && RuleOf(input) is { } rule) reads |= rule.Reads;
        }

        return reads;
    }

    private void Record(ReadOnlySpan<Tensor> inputs, TArgs args, ReadOnlySpan<Tensor> outputs, int results)
    {
        var node = new Node<TArgs>(this, args, inputs, outputs, ReadsFor(inputs, outputs.Length));
        var isFirst = true;
        for (var index = 0; index < Math.Min(results, outputs.Length); index++)
        {
            if (!outputs[index].DType.IsFloat) continue;
            outputs[index].SetNode(node, index, isFirst);
            isFirst = false;
        }
    }

    private static bool AnyIsFloat(ReadOnlySpan<Tensor> tensors)
    {
        foreach (var tensor in tensors)
        {
            if (tensor.DType.IsFloat) return true;
        }

        return false;
    }

    /// <summary>Brings the inputs to the types that the kernel takes.</summary>
    /// <returns>The type that f32 results are rounded to, where the inputs were kept as f16 or bf16.</returns>
    private protected DType? PromoteAll(Span<Tensor> inputs)
    {
        foreach (var input in inputs)
        {
            if (input is null) throw Errors.NoOperand(Name);
        }

        if (Promote == Promote.None) return MovesElements ? null : WidenHalves(inputs);
        var from = Promote == Promote.AfterFirst ? 1 : 0;
        var common = inputs[from].DType;
        for (var index = from + 1; index < inputs.Length; index++) common = Promotion.Common(common, inputs[index].DType);
        if (Promote == Promote.Real) common = Promotion.Real(common);
        if (Promote == Promote.Number && common == DType.Bool) throw Errors.NoArithmetic(Name);
        var computed = common.IsHalf && !MovesElements ? DType.Float32 : common;
        for (var index = from; index < inputs.Length; index++) inputs[index] = inputs[index].To(computed);
        return computed == common ? null : common;
    }

    private static DType? WidenHalves(Span<Tensor> inputs)
    {
        DType? kept = null;
        foreach (ref var input in inputs)
        {
            if (!input.DType.IsHalf) continue;
            kept ??= input.DType;
            input = input.To(DType.Float32);
        }

        return kept;
    }

    private protected static void Narrow(Span<Tensor> outputs, DType type)
    {
        foreach (ref var output in outputs)
        {
            if (output.DType == DType.Float32) output = output.To(type);
        }
    }

    private static bool AllDense(ReadOnlySpan<Tensor> inputs)
    {
        foreach (var input in inputs)
        {
            if (!input.Layout.IsDense) return false;
        }

        return true;
    }

    private static bool AnyHasNode(ReadOnlySpan<Tensor> inputs)
    {
        foreach (var input in inputs)
        {
            if (input.Node is not null) return true;
        }

        return false;
    }

    /// <summary>Calls back with any number of tensors pinned.</summary>
    private protected void Pin(Tensor[] tensors, Action<Operand[]> run) => new OperandPins(tensors).Run(Name, run);
}
