namespace Gradus;

/// <summary>The node of an operator with arguments of type <typeparamref name="TArgs"/>.</summary>
internal sealed class Node<TArgs>(
    Op<TArgs> op, TArgs args, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs, Reads reads) : Node(inputs, outputs, reads)
{
    public override Op Op => op;

    public override object? Arguments => typeof(TArgs) == typeof(None) ? null : Args;

    public TArgs Args { get; } = args;
}

/// <summary>The node of a tensor that requires a gradient.</summary>
internal sealed class LeafNode(Tensor value) : Node([], [value], Reads.None)
{
    // Not counted as a holder: a tensor that is dropped gives its memory back though its node lives on.
    private readonly Storage _storage = value.Storage;
    private readonly Layout _layout = value.Layout;

    public override Op? Op => null;

    public override object? Arguments => null;

    /// <summary>The tensor's values as they are now; null if it was dropped.</summary>
    internal override Tensor? KeptOutput(int output) => See(_storage, _layout, OutputDType());
}
