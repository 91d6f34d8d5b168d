namespace Gradus;

/// <summary>
/// out = f(x₀, x₁, …): any number of inputs, whose gradients are made together, so that the cost does not grow with the square of their number.
/// </summary>
internal sealed class VariadicOp<TArgs>(string name) : Op<TArgs>(name)
{
    public required Func<Meta[], TArgs, Meta> Infer { get; init; }

    public required Action<Operand[], TArgs, Operand> Run { get; init; }

    /// <summary>The gradients of all inputs from that of the output; of the inputs it knows the shapes alone.</summary>
    public required Func<Tensor, IReadOnlyList<NodeInput>, TArgs, Tensor[]> Dx { get; init; }

    internal override bool IsJoint => true;

    public Tensor Apply(ReadOnlySpan<Tensor> inputs, TArgs args)
    {
        Tensor output = null!;
        Evaluate(inputs.ToArray(), args, new Span<Tensor>(ref output));
        return output;
    }

    internal override Tensor[] Replay(Node node, Tensor[] inputs) => [Apply(inputs, ((Node<TArgs>)node).Args)];

    internal override Tensor?[] DifferentiateAll(Node node, ReadOnlySpan<Tensor?> gradients, ReadOnlySpan<bool> wanted, bool recording) =>
        Dx(gradients[0]!, node.Inputs, ((Node<TArgs>)node).Args);

    protected override Rule<TArgs>? RuleOf(int input) => null;

    protected override void InferAll(ReadOnlySpan<Tensor> inputs, TArgs args, Span<Meta> outputs)
    {
        var metas = new Meta[inputs.Length];
        for (var index = 0; index < metas.Length; index++) metas[index] = inputs[index].Meta;
        outputs[0] = Infer(metas, args);
    }

    protected override void Invoke(ReadOnlySpan<Tensor> inputs, TArgs args, ReadOnlySpan<Tensor> outputs) =>
        Pin([.. inputs, outputs[0]], operands => Run(operands[..^1], args, operands[^1]));
}

/// <summary>Several views of one tensor, whose gradients go back together: view by view each would be a tensor as large as x.</summary>
internal sealed class ViewsOp<TArgs>(string name) : Op<TArgs>(name)
{
    /// <summary>The views' layouts, from that of x.</summary>
    public required Func<Layout, TArgs, Layout[]> Views { get; init; }

    /// <summary>The gradient of x from those of all views, zeros where none arrived.</summary>
    public required Func<Tensor[], TArgs, Tensor> Dx { get; init; }

    internal override bool IsJoint => true;

    public Tensor[] Apply(Tensor x, TArgs args)
    {
        var views = Array.ConvertAll(Views(x.Layout, args), layout => Tensor.Over(x, layout));
        if (views.Length > 0) Finish([x], args, views.AsSpan());
        return views;
    }

    internal override Tensor[] Replay(Node node, Tensor[] inputs) => Apply(inputs[0], ((Node<TArgs>)node).Args);

    internal override Tensor?[] DifferentiateAll(Node node, ReadOnlySpan<Tensor?> gradients, ReadOnlySpan<bool> wanted, bool recording)
    {
        var all = new Tensor[node.OutputCount];
        for (var view = 0; view < all.Length; view++)
        {
            all[view] = gradients[view] ?? Tensor.Zeros(default, node.OutputDType(view)).Expand(node.OutputShape(view));
        }

        return [Dx(all, ((Node<TArgs>)node).Args)];
    }

    protected override Rule<TArgs>? RuleOf(int input) => null;

    protected override void InferAll(ReadOnlySpan<Tensor> inputs, TArgs args, Span<Meta> outputs) =>
        throw new InvalidOperationException($"{Name} infers by itself.");

    protected override void Invoke(ReadOnlySpan<Tensor> inputs, TArgs args, ReadOnlySpan<Tensor> outputs) =>
        throw new InvalidOperationException($"{Name} makes views and has no kernel.");
}
