namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>Tensors joined along an axis that they have; their other sizes are equal.</summary>
    /// <exception cref="GradusException">There is none, or another size differs.</exception>
    public static Tensor Concat(ReadOnlySpan<Tensor> tensors, int axis = 0)
    {
        if (tensors.IsEmpty) throw new GradusException("concat: there is nothing to join.");
        return Ops.Concat.Apply(tensors, Given(tensors[0]).Shape.Axis(axis, "concat"));
    }

    /// <summary>Tensors of one shape joined along a new axis.</summary>
    /// <exception cref="GradusException">There is none, or the shapes differ.</exception>
    public static Tensor Stack(ReadOnlySpan<Tensor> tensors, int axis = 0)
    {
        if (tensors.IsEmpty) throw new GradusException("stack: there is nothing to join.");
        var parts = new Tensor[tensors.Length];
        for (var index = 0; index < parts.Length; index++)
        {
            if (Given(tensors[index]).Shape != tensors[0].Shape)
            {
                throw new GradusException($"stack: {tensors[index].Describe()} beside {tensors[0].Describe()}; all must have one shape.");
            }

            parts[index] = tensors[index].Unsqueeze(axis);
        }

        return Concat(parts, axis < 0 ? axis + parts[0].Rank : axis);
    }

    /// <summary>Pieces of an axis, of one size each, the last perhaps smaller. Views; their gradients go back together.</summary>
    /// <exception cref="GradusException">The size is not positive, or there is no such axis.</exception>
    public Tensor[] Split(int size, int axis = 0)
    {
        axis = Shape.Axis(axis, "split");
        if (size < 1) throw new GradusException($"split: pieces of size {size}; the size must be at least 1.");
        var whole = Shape[axis];
        var pieces = Math.Max(1, (int)(((long)whole + size - 1) / size));
        // Each piece is a tensor of its own, of some 200 bytes.
        if (pieces > Math.Min(Array.MaxLength, BufferPool.MostBytes / 200))
        {
            throw new GradusException(FormattableString.Invariant($"split: {pieces} pieces are more tensors than there is memory for. Take larger pieces."));
        }

        var sizes = new int[pieces];
        for (var piece = 0; piece < pieces; piece++) sizes[piece] = Math.Min(size, whole - (piece * size));
        return Ops.Split.Apply(this, new SplitArgs(axis, sizes));
    }

    /// <summary>Pieces of an axis, of given sizes. Views; their gradients go back together.</summary>
    /// <exception cref="GradusException">The sizes do not add up to that of the axis, or one is negative.</exception>
    public Tensor[] Split(ReadOnlySpan<int> sizes, int axis = 0)
    {
        axis = Shape.Axis(axis, "split");
        long sum = 0;
        foreach (var size in sizes) sum = size < 0 ? long.MinValue : sum + size;
        if (sum != Shape[axis])
        {
            throw new GradusException(
                $"split: pieces of sizes [{string.Join(",", sizes.ToArray())}] do not make up axis {axis} of {Shape}, which has size {Shape[axis]}.");
        }

        return Ops.Split.Apply(this, new SplitArgs(axis, sizes.ToArray()));
    }

    /// <summary>At most <paramref name="count"/> pieces of an axis, all of one size but perhaps the last. Views.</summary>
    /// <exception cref="GradusException">The count is not positive, or there is no such axis.</exception>
    public Tensor[] Chunk(int count, int axis = 0)
    {
        axis = Shape.Axis(axis, "chunk");
        if (count < 1) throw new GradusException($"chunk: {count} pieces; there must be at least 1.");
        return Split((int)Math.Max(1, ((long)Shape[axis] + count - 1) / count), axis);
    }

    /// <summary>The tensor at each position of an axis, which is removed. Views; their gradients go back together.</summary>
    /// <exception cref="GradusException">There is no such axis.</exception>
    public Tensor[] Unbind(int axis = 0)
    {
        axis = Shape.Axis(axis, "unbind");
        return Shape[axis] == 0 ? [] : Array.ConvertAll(Split(1, axis), piece => piece.Squeeze(axis));
    }
}
