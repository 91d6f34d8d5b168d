namespace Gradus;

/// <summary>The node of an operator with arguments of type <typeparamref name="TArgs"/>.</summary>
internal sealed class Node<TArgs>(Op<TArgs> op, TArgs args, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs, Reads reads) : Node(inputs, outputs, reads)
{
    public override Op Op => op;

    public override object? Arguments => typeof(TArgs) == typeof(None) ? null : Args;

    public TArgs Args { get; } = args;
}

/// <summary>The node of a tensor that requires a gradient.</summary>
internal sealed class LeafNode(Tensor value) : Node([], [value], Reads.None)
{
    public override Op? Op => null;

    public override object? Arguments => null;
}
