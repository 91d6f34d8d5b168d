namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>
    /// The elements along an axis in order, and where they were (i64). Equal elements keep their order; NaN counts as the greatest, so it comes last, or first
    /// if descending.
    /// </summary>
    /// <param name="axis">The axis; the last, by default.</param>
    /// <param name="descending">Whether the greatest comes first.</param>
    /// <exception cref="GradusException">There is no such axis.</exception>
    public (Tensor Value, Tensor Index) Sort(int axis = -1, bool descending = false) =>
        Ops.Sort.Apply(this, new SortArgs(Shape.Axis(axis, "sort"), descending));

    /// <summary>The positions (i64) that bring an axis into order: <c>x.TakeAlong(axis, x.ArgSort(axis))</c> is sorted. As in <see cref="Sort"/>.</summary>
    /// <inheritdoc cref="Sort"/>
    public Tensor ArgSort(int axis = -1, bool descending = false) => Ops.Sort.Apply(Detach(), new SortArgs(Shape.Axis(axis, "argSort"), descending)).Index;

    /// <summary>
    /// The greatest elements along an axis, the greatest first, and where they were (i64); of equals the first ones. NaN counts as the greatest.
    /// </summary>
    /// <param name="count">How many, k.</param>
    /// <param name="axis">The axis; the last, by default. It gets size k.</param>
    /// <param name="largest">Whether the greatest are wanted; else the least, the least first.</param>
    /// <exception cref="GradusException">The axis has fewer elements, or the count is negative.</exception>
    public (Tensor Value, Tensor Index) TopK(int count, int axis = -1, bool largest = true)
    {
        axis = Shape.Axis(axis, "topK");
        if (count < 0 || count > Shape[axis]) throw new GradusException($"topK: {count} elements of axis {axis} of {Describe()}, which has {Shape[axis]}.");
        return Ops.TopK.Apply(this, new TopKArgs(axis, count, largest));
    }

    /// <summary>
    /// Where values would have to be inserted into this sorted tensor to keep it sorted (i64): before elements equal to them, or, with
    /// <paramref name="right"/>, after them.
    /// </summary>
    /// <param name="values">The values: any shape for a sorted vector; for sorted lines [..., n] as many lines [..., m].</param>
    /// <param name="right">Whether equal elements come before the place.</param>
    /// <remarks>That it is sorted is not checked. NaN counts as the greatest, as in <see cref="Sort"/>.</remarks>
    /// <exception cref="GradusException">The shapes do not fit.</exception>
    public Tensor SearchSorted(Tensor values, bool right = false)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Ops.SearchSorted.Apply(Detach(), values.Detach(), right);
    }

    /// <summary>
    /// The different elements in order; for each element which of them it is (i64, this tensor's shape); and how often each occurs (i64). Every NaN differs
    /// from every other. The gradient of a value goes to the first element that has it.
    /// </summary>
    public (Tensor Values, Tensor Inverse, Tensor Counts) Unique()
    {
        var (sorted, index) = Flatten().Sort();
        var count = sorted.Shape[0];
        if (count == 0) return (sorted, index.Reshape(Shape), index);
        var begins = Concat([Of(true), sorted.Slice(0, 1, count - 1).NotEqual(sorted.Slice(0, 0, count - 1))]).Places();
        var group = begins.SearchSorted(Arange(count), right: true) - 1;
        var ends = Concat([begins.Slice(0, 1, begins.Shape[0] - 1), Of((long)count)]);
        return (sorted.IndexSelect(0, begins), Zeros([count], DType.Int64).IndexCopy(0, index, group).Reshape(Shape), ends - begins);
    }

    /// <summary>
    /// How often each number occurs: out[i] is the number of elements i of this i32 or i64 vector, or the sum of their weights in the order of the elements.
    /// </summary>
    /// <param name="weights">A weight for each element, or none.</param>
    /// <param name="least">The least number of counts; there are more if a greater number occurs.</param>
    /// <returns>i64 of shape [max(least, greatest + 1)], or the weights' type.</returns>
    /// <exception cref="GradusException">This is not a vector of whole numbers, one is negative, or the weights have another shape.</exception>
    public Tensor BinCount(Tensor? weights = null, int least = 0)
    {
        var numbers = Listed("binCount", this);
        if (weights is not null && weights.Shape != Shape)
        {
            throw new GradusException($"binCount: the weights are {weights.Describe()}, the numbers {Describe()}; expected one shape.");
        }

        var size = numbers.Count == 0 ? least : Math.Max(least, Shape.Size(Math.Min(numbers.Max().Item<long>(), long.MaxValue - 1) + 1, "binCount"));
        weights ??= Ones(default, DType.Int64).Expand(Shape);
        return Ops.IndexAdd.Apply(weights, PositionsOf("binCount", numbers, 0, size), new ScatterArgs(0, [size]));
    }

    /// <summary>Class numbers as rows of zeros with a one at the class: […] of i32 or i64 gives […, classes].</summary>
    /// <param name="classes">The number of classes; one more than the greatest number, by default.</param>
    /// <param name="dtype">The result's element type.</param>
    /// <exception cref="GradusException">An element is not a class, or the elements are not whole numbers.</exception>
    public Tensor OneHot(int? classes = null, DType dtype = DType.Float32)
    {
        var numbers = Indices("oneHot", this);
        var count = classes ?? (numbers.Count == 0 ? 0 : Shape.Size(Math.Min(numbers.Max().Item<long>(), long.MaxValue - 1) + 1, "oneHot"));
        return PositionsOf("oneHot", numbers, Rank, count).Unsqueeze(-1).Equal(Arange(count)).To(dtype);
    }
}
