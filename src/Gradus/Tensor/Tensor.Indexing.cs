using System.Runtime.CompilerServices;

namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>The elements at given positions of one axis: out[i, j] = x[index[i, j], j] for axis 0. The index has x's rank.</summary>
    /// <param name="axis">The axis that the index runs along.</param>
    /// <param name="index">i32 or i64 positions; its other sizes are at most x's.</param>
    /// <exception cref="GradusException">A position is outside the axis, or the shapes do not fit.</exception>
    public Tensor Gather(int axis, Tensor index) => Ops.Gather.Apply(this, Indices("gather", index), Shape.Axis(axis, "gather"));

    /// <summary>Whole slices of an axis at given positions: rows of a table, for axis 0.</summary>
    /// <param name="axis">The axis that is indexed.</param>
    /// <param name="index">i32 or i64 positions of shape [n]; the axis gets size n.</param>
    /// <exception cref="GradusException">A position is outside the axis, or the index is not 1-d.</exception>
    public Tensor IndexSelect(int axis, Tensor index) => Ops.IndexSelect.Apply(this, Indices("indexSelect", index), Shape.Axis(axis, "indexSelect"));

    /// <summary>
    /// Part of the tensor. Positions, ranges, steps, new axes and the ellipsis give a view, without copying; index tensors and masks copy what they choose.
    /// </summary>
    /// <remarks>
    /// <para><c>t[0]</c> is the first row, <c>t[.., ^1]</c> the last column, <c>t[1..3, ..2]</c> a block, <c>t[(..).By(2)]</c> every second row,
    /// <c>t[(..).By(-1)]</c> the rows backwards, <c>t[TensorIndex.NewAxis]</c> and <c>t[TensorIndex.Ellipsis, 0]</c> what they are in NumPy. Axes that are
    /// not named are kept whole.</para>
    /// <para><c>t[positions]</c> with an i32 or i64 tensor of shape [a, b] gives [a, b, …]: the rows at these positions, negative ones counted from the end.
    /// Several index tensors broadcast together and choose element by element; their axes stand where those they replace were if these are neighbors, else
    /// in front. <c>t[mask]</c> with a bool tensor over the first axes gives [n, …], the elements where it is true in row-major order.</para>
    /// <para>Nothing is changed through the indexer. <c>t[1..3].Fill(0)</c> changes t, since that part is a view of it; a part that was chosen by a tensor
    /// is a copy: <see cref="IndexPut"/> and <see cref="MaskedFill(Tensor, double)"/> give the tensor with such a part replaced.</para>
    /// </remarks>
    /// <exception cref="GradusException">
    /// A position is outside its axis, a mask has another shape than the axes it is for, or there are entries for more axes than there are.
    /// </exception>
    [IndexerName("Part")]
    public Tensor this[params ReadOnlySpan<TensorIndex> indices] => Indexer.Read(this, indices);

    /// <summary>This tensor with the part <c>this[indices]</c> replaced by values, which broadcast to it. This tensor itself stays as it is.</summary>
    /// <param name="indices">What stands between the brackets of an indexer: <c>x.IndexPut([mask], values)</c>, <c>x.IndexPut([1..3, ^1], values)</c>.</param>
    /// <param name="values">The new values; converted to this tensor's type.</param>
    /// <param name="accumulate">
    /// Whether they are added to what is there: at a position that is named several times all of them, in order. Else the last one stays, and it alone gets a
    /// gradient.
    /// </param>
    /// <exception cref="GradusException">The values do not broadcast to the part, or the indexer does not take the indices.</exception>
    public Tensor IndexPut(ReadOnlySpan<TensorIndex> indices, Tensor values, bool accumulate = false)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Indexer.Write(this, indices, values, accumulate);
    }

    /// <summary>The elements at places counted in row-major order, in the shape of the index. Negative places count from the end.</summary>
    /// <param name="index">i32 or i64 places, of any shape.</param>
    /// <exception cref="GradusException">A place is outside the tensor.</exception>
    public Tensor Take(Tensor index)
    {
        var places = PositionsOf("take", index, 0, Shape.Size(Count, "take"), fromEnd: true);
        return Ops.IndexSelect.Apply(Flatten(), places.Flatten(), 0).Reshape(places.Shape);
    }

    /// <summary>The elements at given positions of one axis, as what <see cref="Sort"/> and ArgSort give: out[i, j] = x[index[i, j], j] for axis 0.</summary>
    /// <param name="axis">The axis that the index runs along.</param>
    /// <param name="index">i32 or i64 positions, negative ones counted from the end. Its other axes broadcast with this tensor's.</param>
    /// <exception cref="GradusException">A position is outside the axis, or the shapes do not fit.</exception>
    public Tensor TakeAlong(int axis, Tensor index)
    {
        axis = Shape.Axis(axis, "takeAlong");
        var positions = PositionsOf("takeAlong", index, axis, Shape[axis], fromEnd: true);
        if (positions.Rank != Rank) throw new GradusException($"takeAlong: the index is {index.Describe()}, expected as many axes as {Describe()}.");
        var common = Shape.Broadcast("takeAlong", [.. With(Shape, axis, 1)], [.. With(positions.Shape, axis, 1)]);
        return Ops.Gather.Apply(Expand(With(common, axis, Shape[axis])), positions.Expand(With(common, axis, positions.Shape[axis])), axis);
    }

    /// <summary>From places in row-major order to the positions along each axis of a shape: [n] gives [n, rank].</summary>
    /// <exception cref="GradusException">A place is outside the shape.</exception>
    public Tensor UnravelIndex(Shape shape) =>
        Ops.Unravel.Apply(PositionsOf("unravelIndex", this, 0, Shape.Size(shape.ElementCount, "unravelIndex"), fromEnd: true), shape);

    /// <summary>An index as i64, held against the size of the axis that it is for.</summary>
    internal static Tensor PositionsOf(string operation, Tensor index, int axis, int size, bool fromEnd = false)
    {
        var indices = Indices(operation, index);
        return IndexingKernels.ArePositions(indices, size) ? indices : Ops.Positions.Apply(indices, new PositionArgs(operation, axis, size, fromEnd));
    }

    private static int[] With(Shape shape, int axis, int size)
    {
        var sizes = shape.ToArray();
        sizes[axis] = size;
        return sizes;
    }

    private static Tensor Indices(string operation, Tensor index)
    {
        ArgumentNullException.ThrowIfNull(index);
        return index.DType switch
        {
            DType.Int64 => index,
            DType.Int32 => index.To(DType.Int64),
            _ => throw Errors.WrongDType(operation, "i32 or i64 positions", index),
        };
    }

    /// <summary>Where the elements are not 0, counted in row-major order: i64 of shape [n].</summary>
    internal Tensor Places()
    {
        var mask = DType == DType.Bool ? Detach() : Detach().NotEqual(0);
        return Ops.NonZero.Apply(mask, mask.Sum().Item<int>());
    }

    /// <summary>The positions of the elements that are not 0, in row-major order: i64 of shape [n, rank].</summary>
    public Tensor NonZero() => Ops.Unravel.Apply(Places(), Shape);
}
