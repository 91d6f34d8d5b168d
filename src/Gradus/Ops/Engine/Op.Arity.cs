using System.Diagnostics.CodeAnalysis;

namespace Gradus;

/// <summary>z = f(x).</summary>
internal sealed class UnaryOp<TArgs>(string name) : Op<TArgs>(name)
{
    /// <summary>A function that goes element by element.</summary>
    [SetsRequiredMembers]
    public UnaryOp(string name, Promote promote, Action<Operand, TArgs, Operand> function) : this(name) =>
        (Kind, Promote, Run) = (OpKind.Elementwise, promote, function);

    /// <summary>The result's shape and type; unset, those of x.</summary>
    public Func<Meta, TArgs, Meta>? Infer { get; init; }

    /// <summary>The kernel: writes z.</summary>
    public required Action<Operand, TArgs, Operand> Run { get; init; }

    /// <summary>The same function as Tensor arithmetic: the specification of a fused kernel.</summary>
    public Func<Tensor, TArgs, Tensor>? Spec { get; init; }

    public Rule<TArgs>? Dx { get; init; }

    public FastRule<TArgs>? FastDx { get; init; }

    public Tensor Apply(Tensor x, TArgs args)
    {
        Tensor z = null!;
        Evaluate([x], args, new Span<Tensor>(ref z));
        return z;
    }

    internal override bool IsFused => Spec is not null;

    internal override Tensor[] Replay(Node node, Tensor[] inputs) => [Apply(inputs[0], ((Node<TArgs>)node).Args)];

    protected override Rule<TArgs>? RuleOf(int input) => Dx;

    protected override FastRule<TArgs>? FastRuleOf(int input) => FastDx;

    protected override void InferAll(ReadOnlySpan<Tensor> inputs, TArgs args, Span<Meta> outputs) =>
        outputs[0] = Infer is null ? inputs[0].Meta.Fresh(inputs[0].DType) : Infer(inputs[0].Meta, args);

    protected override unsafe void Invoke(ReadOnlySpan<Tensor> inputs, TArgs args, ReadOnlySpan<Tensor> outputs)
    {
        Tensor x = inputs[0], z = outputs[0];
        fixed (byte* xs = x, zs = z) Run(x.See(xs), args, z.See(zs));
    }
}

/// <summary>(z, index) = f(x): a value and where it was found; only the value has a gradient.</summary>
internal sealed class IndexedOp<TArgs>(string name) : Op<TArgs>(name)
{
    /// <summary>The shape of both results.</summary>
    public required Func<Meta, TArgs, Shape> Infer { get; init; }

    public required Action<Operand, TArgs, Operand, Operand> Run { get; init; }

    public Rule<TArgs>? Dx { get; init; }

    public (Tensor Value, Tensor Index) Apply(Tensor x, TArgs args)
    {
        var outputs = (Span<Tensor>)[null!, null!];
        Evaluate([x], args, outputs);
        return (outputs[0], outputs[1]);
    }

    internal override Tensor[] Replay(Node node, Tensor[] inputs)
    {
        var (value, index) = Apply(inputs[0], ((Node<TArgs>)node).Args);
        return [value, index];
    }

    protected override Rule<TArgs>? RuleOf(int input) => Dx;

    protected override void InferAll(ReadOnlySpan<Tensor> inputs, TArgs args, Span<Meta> outputs)
    {
        var shape = Infer(inputs[0].Meta, args);
        outputs[0] = new Meta(shape, inputs[0].DType);
        outputs[1] = new Meta(outputs[0].Layout, DType.Int64);
    }

    protected override unsafe void Invoke(ReadOnlySpan<Tensor> inputs, TArgs args, ReadOnlySpan<Tensor> outputs)
    {
        Tensor x = inputs[0], z = outputs[0], index = outputs[1];
        fixed (byte* xs = x, zs = z, at = index) Run(x.See(xs), args, z.See(zs), index.See(at));
    }
}

/// <summary>z = f(x, y).</summary>
internal sealed class BinaryOp<TArgs>(string name) : Op<TArgs>(name)
{
    /// <summary>A function that goes element by element.</summary>
    [SetsRequiredMembers]
    public BinaryOp(string name, Promote promote, Action<Operand, Operand, TArgs, Operand> function) : this(name) =>
        (Kind, Promote, Run) = (OpKind.Elementwise, promote, function);

    /// <summary>The result's shape and type; unset, the shape that x and y broadcast to and the type they share.</summary>
    public Func<Meta, Meta, TArgs, Meta>? Infer { get; init; }

    /// <summary>The type of the result where <see cref="Infer"/> is unset and it is not the operands'.</summary>
    public DType? Result { get; init; }

    /// <summary>The kernel: writes z.</summary>
    public required Action<Operand, Operand, TArgs, Operand> Run { get; init; }

    /// <summary>The same function as Tensor arithmetic: the specification of a fused kernel.</summary>
    public Func<Tensor, Tensor, TArgs, Tensor>? Spec { get; init; }

    public Rule<TArgs>? Dx { get; init; }

    public Rule<TArgs>? Dy { get; init; }

    public FastRule<TArgs>? FastDx { get; init; }

    public FastRule<TArgs>? FastDy { get; init; }

    public Tensor Apply(Tensor x, Tensor y, TArgs args)
    {
        Tensor z = null!;
        Evaluate([x, y], args, new Span<Tensor>(ref z));
        return z;
    }

    internal override bool IsFused => Spec is not null;

    internal override Tensor[] Replay(Node node, Tensor[] inputs) => [Apply(inputs[0], inputs[1], ((Node<TArgs>)node).Args)];

    protected override Rule<TArgs>? RuleOf(int input) => input == 0 ? Dx : Dy;

    protected override FastRule<TArgs>? FastRuleOf(int input) => input == 0 ? FastDx : FastDy;

    protected override void InferAll(ReadOnlySpan<Tensor> inputs, TArgs args, Span<Meta> outputs)
    {
        Meta x = inputs[0].Meta, y = inputs[1].Meta;
        if (Infer is not null)
        {
            outputs[0] = Infer(x, y, args);
            return;
        }

        var type = Result ?? x.DType;
        var shape = Shape.Broadcast(Name, x.Shape, y.Shape);
        outputs[0] = shape == x.Shape ? x.Fresh(type) : shape == y.Shape ? y.Fresh(type) : new Meta(shape, type);
    }

    protected override unsafe void Invoke(ReadOnlySpan<Tensor> inputs, TArgs args, ReadOnlySpan<Tensor> outputs)
    {
        Tensor x = inputs[0], y = inputs[1], z = outputs[0];
        fixed (byte* xs = x, ys = y, zs = z) Run(x.See(xs), y.See(ys), args, z.See(zs));
    }
}

/// <summary>out = f(x, y, z); the rows of products do without z, a bias, where none is given.</summary>
internal sealed class TernaryOp<TArgs>(string name) : Op<TArgs>(name)
{
    /// <summary>Whether z may be left out. Default false.</summary>
    public bool IsThirdOptional { get; init; }

    public required Func<Meta, Meta, Meta?, TArgs, Meta> Infer { get; init; }

    public required Action<Operand, Operand, Operand, TArgs, Operand> Run { get; init; }

    /// <summary>The same function as Tensor arithmetic: the specification of a fused kernel.</summary>
    public Func<Tensor, Tensor, Tensor?, TArgs, Tensor>? Spec { get; init; }

    public Rule<TArgs>? Dx { get; init; }

    public Rule<TArgs>? Dy { get; init; }

    public Rule<TArgs>? Dz { get; init; }

    public Tensor Apply(Tensor x, Tensor y, Tensor? z, TArgs args)
    {
        Tensor output = null!;
        Evaluate(z is null && IsThirdOptional ? [x, y] : [x, y, z!], args, new Span<Tensor>(ref output));
        return output;
    }

    internal override bool IsFused => Spec is not null;

    internal override Tensor[] Replay(Node node, Tensor[] inputs) => [Apply(inputs[0], inputs[1], Third(inputs), ((Node<TArgs>)node).Args)];

    protected override Rule<TArgs>? RuleOf(int input) => input switch { 0 => Dx, 1 => Dy, _ => Dz };

    protected override void InferAll(ReadOnlySpan<Tensor> inputs, TArgs args, Span<Meta> outputs) =>
        outputs[0] = Infer(inputs[0].Meta, inputs[1].Meta, Third(inputs)?.Meta, args);

    protected override unsafe void Invoke(ReadOnlySpan<Tensor> inputs, TArgs args, ReadOnlySpan<Tensor> outputs)
    {
        Tensor x = inputs[0], y = inputs[1], output = outputs[0];
        var z = Third(inputs);
        fixed (byte* xs = x, ys = y, zs = z, os = output) Run(x.See(xs), y.See(ys), z is null ? default : z.See(zs), args, output.See(os));
    }

    private static Tensor? Third(ReadOnlySpan<Tensor> inputs) => inputs.Length > 2 ? inputs[2] : null;
}

/// <summary>A view: the same storage under another layout. There is no kernel.</summary>
internal sealed class ViewOp<TArgs>(string name) : Op<TArgs>(name)
{
    /// <summary>The view's layout, from that of x.</summary>
    public required Func<Layout, TArgs, Layout> View { get; init; }

    public required Rule<TArgs> Dx { get; init; }

    public Tensor Apply(Tensor x, TArgs args)
    {
        var z = Tensor.Over(x, View(x.Layout, args));
        Finish([x], args, new ReadOnlySpan<Tensor>(ref z));
        return z;
    }

    internal override Tensor[] Replay(Node node, Tensor[] inputs)
    {
        var args = ((Node<TArgs>)node).Args;
        // Elements that lie otherwise than those of the forward pass may have no such view.
        return [Apply(View(inputs[0].Layout, args) is null ? inputs[0].Clone() : inputs[0], args)];
    }

    protected override Rule<TArgs>? RuleOf(int input) => Dx;

    protected override void InferAll(ReadOnlySpan<Tensor> inputs, TArgs args, Span<Meta> outputs) =>
        outputs[0] = new Meta(View(inputs[0].Layout, args), inputs[0].DType);

    protected override void Invoke(ReadOnlySpan<Tensor> inputs, TArgs args, ReadOnlySpan<Tensor> outputs) =>
        throw new InvalidOperationException($"{Name} is a view and has no kernel.");
}
