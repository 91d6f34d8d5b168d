namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>
    /// This tensor with elements along an axis replaced: out[index[i, j], j] = source[i, j] for axis 0. Of equal positions the last one in row-major order of
    /// the index wins.
    /// </summary>
    /// <param name="axis">The axis that the index runs along.</param>
    /// <param name="index">i32 or i64 positions, with this tensor's rank; its other sizes are at most this tensor's.</param>
    /// <param name="source">The new elements, at least as large as the index along every axis.</param>
    /// <exception cref="GradusException">A position is outside the axis, or the shapes do not fit.</exception>
    public Tensor Scatter(int axis, Tensor index, Tensor source)
    {
        (axis, var positions, source) = Scattered("scatter", axis, index, source);
        var places = PositionsOf("scatter", positions, axis, Shape[axis]);
        long stride = 1;
        var flat = (Tensor?)null;
        for (var other = Rank - 1; other >= 0; other--)
        {
            var along = other == axis ? places : Arange(positions.Shape[other]).Reshape(Along(other));
            flat = flat is null ? along * stride : flat + (along * stride);
            stride *= Shape[other];
        }

        return Flatten().IndexCopy(0, flat!.Flatten(), source.Flatten()).Reshape(Shape);
    }

    /// <inheritdoc cref="Scatter(int, Tensor, Tensor)"/>
    /// <param name="axis">The axis that the index runs along.</param>
    /// <param name="index">i32 or i64 positions, with this tensor's rank; its other sizes are at most this tensor's.</param>
    /// <param name="value">The value of all new elements, converted to this tensor's type.</param>
    public Tensor Scatter(int axis, Tensor index, double value)
    {
        ArgumentNullException.ThrowIfNull(index);
        return Scatter(axis, index, Full(default, value, DType).Expand(index.Shape));
    }

    /// <inheritdoc cref="Scatter(int, Tensor, double)"/>
    public Tensor Scatter(int axis, Tensor index, long value)
    {
        ArgumentNullException.ThrowIfNull(index);
        return Scatter(axis, index, Full(default, value, DType).Expand(index.Shape));
    }

    /// <summary>
    /// This tensor with elements added along an axis: out[index[i, j], j] += source[i, j] for axis 0, in row-major order of the index whatever the number of
    /// threads.
    /// </summary>
    /// <param name="axis">The axis that the index runs along.</param>
    /// <param name="index">i32 or i64 positions, with this tensor's rank; its other sizes are at most this tensor's.</param>
    /// <param name="source">The terms, at least as large as the index along every axis.</param>
    /// <exception cref="GradusException">A position is outside the axis, or the shapes do not fit.</exception>
    public Tensor ScatterAdd(int axis, Tensor index, Tensor source)
    {
        (axis, var positions, source) = Scattered("scatterAdd", axis, index, source);
        return this + Ops.ScatterAdd.Apply(source, positions, new ScatterArgs(axis, Shape));
    }

    /// <summary>
    /// This tensor with whole slices of an axis replaced by those of a source: rows of a table, for axis 0. Of equal positions the last wins.
    /// </summary>
    /// <param name="axis">The axis that is indexed.</param>
    /// <param name="index">i32 or i64 positions of shape [n].</param>
    /// <param name="source">The new slices: this tensor's shape, but with size n along the axis.</param>
    /// <exception cref="GradusException">A position is outside the axis, or the shapes do not fit.</exception>
    public Tensor IndexCopy(int axis, Tensor index, Tensor source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Ops.IndexCopy.Apply(this, Listed("indexCopy", index), source.To(DType), Shape.Axis(axis, "indexCopy"));
    }

    /// <summary>This tensor with slices added to those of an axis, in the order of the index whatever the number of threads.</summary>
    /// <param name="axis">The axis that is indexed.</param>
    /// <param name="index">i32 or i64 positions of shape [n].</param>
    /// <param name="source">The terms: this tensor's shape, but with size n along the axis.</param>
    /// <exception cref="GradusException">A position is outside the axis, or the shapes do not fit.</exception>
    public Tensor IndexAdd(int axis, Tensor index, Tensor source)
    {
        ArgumentNullException.ThrowIfNull(source);
        axis = Shape.Axis(axis, "indexAdd");
        var positions = Listed("indexAdd", index);
        Shape expected = [.. With(Shape, axis, positions.Shape[0])];
        if (source.Shape != expected)
        {
            throw new GradusException(
                $"indexAdd: the source is {source.Describe()}, expected {expected} for {positions.Shape[0]} positions of axis {axis} of {Describe()}.");
        }

        return this + Ops.IndexAdd.Apply(source.To(DType), positions, new ScatterArgs(axis, Shape));
    }

    /// <summary>This tensor with whole slices of an axis set to a value, converted to its type.</summary>
    /// <param name="axis">The axis that is indexed.</param>
    /// <param name="index">i32 or i64 positions of shape [n].</param>
    /// <param name="value">The value.</param>
    /// <exception cref="GradusException">A position is outside the axis, or the index is not 1-d.</exception>
    public Tensor IndexFill(int axis, Tensor index, double value) => IndexFill(axis, index, Full(default, value, DType));

    /// <inheritdoc cref="IndexFill(int, Tensor, double)"/>
    public Tensor IndexFill(int axis, Tensor index, long value) => IndexFill(axis, index, Full(default, value, DType));

    private Tensor IndexFill(int axis, Tensor index, Tensor value)
    {
        axis = Shape.Axis(axis, "indexFill");
        var positions = PositionsOf("indexFill", Listed("indexFill", index), axis, Shape[axis]);
        return IndexCopy(axis, positions, value.Expand(With(Shape, axis, positions.Shape[0])));
    }

    private static Tensor Listed(string operation, Tensor index)
    {
        var positions = Indices(operation, index);
        return positions.Rank == 1 ? positions : throw new GradusException($"{operation}: the index is {index.Describe()}, expected one axis.");
    }

    private (int Axis, Tensor Positions, Tensor Source) Scattered(string operation, int axis, Tensor index, Tensor source)
    {
        ArgumentNullException.ThrowIfNull(source);
        axis = Shape.Axis(axis, operation);
        var positions = Indices(operation, index);
        var fits = positions.Rank == Rank && source.Rank == Rank;
        for (var other = 0; fits && other < Rank; other++)
        {
            fits = positions.Shape[other] <= source.Shape[other] && (other == axis || positions.Shape[other] <= Shape[other]);
        }

        if (!fits)
        {
            throw new GradusException(
                $"{operation}: the index is {index.Describe()}, the source {source.Describe()}, for axis {axis} of {Describe()}; " +
                "the index must not be larger than the source, nor, along the other axes, than the tensor.");
        }

        source = source.To(DType);
        for (var other = 0; other < Rank; other++) source = source.Slice(other, 0, positions.Shape[other]);
        return (axis, positions, source);
    }

    /// <summary>The shape in which a vector lies along one axis of this tensor.</summary>
    private int[] Along(int axis)
    {
        var sizes = new int[Rank];
        Array.Fill(sizes, 1);
        sizes[axis] = -1;
        return sizes;
    }

    /// <summary>
    /// This tensor with elements of a source combined into it along an axis: out[index[i, j], j] becomes the sum, mean, product, greatest or least of itself
    /// and all source[i, j] put there, for axis 0.
    /// </summary>
    /// <param name="axis">The axis that the index runs along.</param>
    /// <param name="index">i32 or i64 positions, with this tensor's rank; its other sizes are at most this tensor's.</param>
    /// <param name="source">What is put there, at least as large as the index along every axis.</param>
    /// <param name="reduction">How the elements become one.</param>
    /// <param name="includeSelf">Whether this tensor's element is one of them; else it only stays where nothing is put.</param>
    /// <remarks>
    /// In row-major order of the index, whatever the number of threads. Of equal extremes each gets an equal share of the gradient. The product's gradient is
    /// right beside zeros too, and so is its own.
    /// </remarks>
    /// <exception cref="GradusException">A position is outside the axis, the shapes do not fit, or the elements are bools.</exception>
    public Tensor ScatterReduce(int axis, Tensor index, Tensor source, ScatterReduction reduction, bool includeSelf = true)
    {
        if (!Enum.IsDefined(reduction))
        {
            throw new GradusException($"scatterReduce: {reduction} is no reduction; there are {string.Join(", ", Enum.GetNames<ScatterReduction>())}.");
        }

        (axis, var positions, source) = Scattered("scatterReduce", axis, index, source);
        positions = PositionsOf("scatterReduce", positions, axis, Shape[axis]);
        if (reduction is not (ScatterReduction.Sum or ScatterReduction.Mean))
        {
            return Ops.ScatterCombine.Apply(this, positions, source, new CombineArgs(axis, reduction, includeSelf));
        }

        var place = new ScatterArgs(axis, Shape);
        var own = this;
        Tensor? count = null;
        if (!includeSelf || reduction == ScatterReduction.Mean)
        {
            count = Ops.ScatterAdd.Apply(Ones(default, DType.Int64).Expand(positions.Shape), positions, place);
            if (!includeSelf) own = Where(count.Equal(0), this, Weak(0));
        }

        var sum = own + Ops.ScatterAdd.Apply(source, positions, place);
        if (reduction == ScatterReduction.Sum) return sum;
        var terms = includeSelf ? count! + 1 : count!.Clamp(min: 1);
        return DType.IsFloat ? sum / terms.To(DType) : ((sum - sum.Remainder(terms.To(DType))).To(DType.Float64) / terms).To(DType);
    }
}
