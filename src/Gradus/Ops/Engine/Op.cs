namespace Gradus;

/// <summary>What an operator is to the chain rule.</summary>
public enum OpKind
{
    /// <summary>Each output element depends on the input elements at its own place.</summary>
    Elementwise,

    /// <summary>Linear in its one differentiable input.</summary>
    Linear,

    /// <summary>Linear in each of two inputs; a third, if there is one, is added.</summary>
    Bilinear,

    /// <summary>None of these.</summary>
    General,
}

/// <summary>An operator: a name, what it is to the chain rule, a kernel, and a rule for each input. The rows are in <c>Ops</c>.</summary>
public abstract class Op
{
    private protected Op(string name) => Name = name;

    /// <summary>The name, as messages and drawings show it: <c>mul</c>, <c>matmul</c>.</summary>
    public string Name { get; }

    /// <summary>What the operator is to the chain rule.</summary>
    public OpKind Kind { get; init; } = OpKind.General;

    /// <summary>What it does to a gradient, where a lost one is looked for.</summary>
    internal OpRole Role { get; init; }

    /// <summary>When its values are saturated; null where it is no activation that saturates.</summary>
    internal Saturation? Saturation { get; init; }

    /// <summary>The axis of its result that counts units: 1 for channels, −1 for features; null where it does not tell.</summary>
    internal int? UnitAxis { get; init; }

    /// <summary>The multiply-adds of a node, from its shapes; null where there are no products.</summary>
    internal Func<Node, long>? MultiplyAdds { get; init; }

    /// <summary>What a drawing shows in its circle; null for its name.</summary>
    internal string? Symbol { get; init; }

    /// <summary>
    /// The derivatives with respect to its inputs as a drawing prints them, the last for all further ones; empty where they depend on shapes.
    /// </summary>
    internal DerivativeSymbol[] Derivatives { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The gradient with respect to input <paramref name="input"/> of <paramref name="node"/>, or null where there is none.</summary>
    /// <param name="node">The node to differentiate.</param>
    /// <param name="input">Which input.</param>
    /// <param name="gradient">The gradient with respect to the node's first output.</param>
    /// <param name="recording">Whether the rule's own operations are recorded: then fast rules, which cannot be, are not used.</param>
    internal abstract Tensor? Differentiate(Node node, int input, Tensor gradient, bool recording);

    /// <summary>Whether the operator gives the gradients of all inputs at once, from those of all outputs: <see cref="DifferentiateAll"/>.</summary>
    internal virtual bool IsJoint => false;

    /// <summary>The gradients with respect to the inputs of <paramref name="node"/>, null where one is not wanted or there is none.</summary>
    /// <param name="node">The node to differentiate.</param>
    /// <param name="gradients">The gradients with respect to the outputs; null where none arrived.</param>
    /// <param name="wanted">Which inputs need one.</param>
    /// <param name="recording">Whether the operations are recorded.</param>
    internal virtual Tensor?[] DifferentiateAll(Node node, ReadOnlySpan<Tensor?> gradients, ReadOnlySpan<bool> wanted, bool recording) =>
        throw new InvalidOperationException($"{Name} is differentiated input by input.");

    /// <summary>What its derivative with respect to an input reads; of a joint operator, that with respect to any of them.</summary>
    internal virtual Reads ReadsOf(int input) => Reads.None;

    /// <summary>Whether its derivative has a kernel beside its rule.</summary>
    internal virtual bool HasFastRule => false;

    /// <summary>Whether it has a composed twin, which is its specification.</summary>
    internal virtual bool IsFused => false;

    /// <summary>Evaluates the operator again, with a node's arguments, on other inputs.</summary>
    internal abstract Tensor[] Replay(Node node, Tensor[] inputs);

    /// <summary>
    /// What computes the operator again, from the numbers that the inputs hold by then into the outputs that are there; null where it cannot be told.
    /// </summary>
    internal virtual Action? Prepare(object arguments, Tensor[] inputs, Tensor[] outputs) => null;

    /// <summary>Whether forward mode pushes tangents through the operator's specification: <see cref="ReplaySpec"/>.</summary>
    internal virtual bool HasSpec => false;

    /// <summary>The specification, on other inputs.</summary>
    internal virtual Tensor[] ReplaySpec(Node node, Tensor[] inputs) => throw new InvalidOperationException($"{Name} has no specification.");

    /// <summary>Whether the arguments hold values for the backward pass, to be released with those that the node holds.</summary>
    internal virtual bool HoldsState => false;

    /// <summary>Releases what the arguments hold.</summary>
    internal virtual void ReleaseState(Node node)
    {
    }
}

/// <summary>Which values a rule reads: only those are kept from the forward pass. Bits 0 to 15 stand for the inputs, from 16 on for the outputs.</summary>
[Flags]
internal enum Reads
{
    None = 0,
    X = 1 << 0,
    Y = 1 << 1,
    Z = 1 << 2,
    Out = 1 << 16,
    Out1 = 1 << 17,
}

/// <summary>From the number of an input or output to its bit in <see cref="Reads"/>.</summary>
internal static class ReadsExtensions
{
    /// <summary>The bit of the first output.</summary>
    public const int FirstOutput = 16;

    public static Reads OfInput(int input) => (Reads)(1 << input);

    public static Reads OfOutput(int output) => (Reads)(1 << (FirstOutput + output));
}

/// <summary>The derivative of an operator with respect to one input, as Tensor arithmetic.</summary>
internal sealed class Rule<TArgs>
{
    private readonly Func<Tensor, Saved<TArgs>, Tensor>? _compute;
    private readonly string? _whyMissing;

    /// <summary>A rule that turns the gradient of the output into that of the input, reading what it declares.</summary>
    public Rule(Reads reads, Func<Tensor, Saved<TArgs>, Tensor> compute)
    {
        Reads = reads;
        _compute = compute;
    }

    private Rule(string? whyMissing) => _whyMissing = whyMissing;

    /// <summary>The derivative is zero wherever it exists: floor, sign.</summary>
    public static Rule<TArgs> Zero { get; } = new(null);

    public Reads Reads { get; }

    /// <summary>There is a derivative, but nobody has written it.</summary>
    public static Rule<TArgs> Missing(string why) => new(why);

    public Tensor Apply(Tensor gradient, Node<TArgs> node, int input)
    {
        if (_compute is not null) return _compute(gradient, new Saved<TArgs>(node));
        if (_whyMissing is not null) throw new GradusException($"backward: {node.Op.Name} has no derivative with respect to its input {input}: {_whyMissing}");
        return Tensor.Zeros(node.Input(input).Shape, node.Input(input).DType);
    }
}

/// <summary>What a rule may read of the forward pass.</summary>
internal readonly struct Saved<TArgs>(Node<TArgs> node)
{
    public Tensor X => node.Restore(Reads.X);

    public Tensor Y => node.Restore(Reads.Y);

    public Tensor Z => node.Restore(Reads.Z);

    public Tensor Out => node.Restore(Reads.Out);

    public Tensor Out1 => node.Restore(Reads.Out1);

    public TArgs Args => node.Args;

    public Node Node => node;

    public Shape XShape => node.Input(0).Shape;

    public DType XDType => node.Input(0).DType;

    public Shape YShape => node.Input(1).Shape;
}

/// <summary>A fused derivative: writes the gradient of one input. All operands are in row-major order.</summary>
internal delegate void FastRule<TArgs>(Operand gradient, FastSaved<TArgs> saved, Operand result);

/// <summary>What a fast rule may read: the operands that the plain rule declares, the others being empty.</summary>
internal readonly struct FastSaved<TArgs>(Operand x, Operand y, Operand z, Operand output, Operand output1, TArgs args)
{
    public Operand X => x;

    public Operand Y => y;

    public Operand Z => z;

    public Operand Out => output;

    public Operand Out1 => output1;

    public TArgs Args => args;
}
