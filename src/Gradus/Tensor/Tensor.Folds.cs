namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>
    /// The product of all elements, or along some axes; 1 for none. Integers and bools are multiplied as i64. The gradient is right however many factors are 0.
    /// </summary>
    /// <param name="axes">The axes that become one; none for all of them.</param>
    /// <param name="keepDim">Whether the axes stay, with size 1.</param>
    public Tensor Prod(ReadOnlySpan<int> axes = default, bool keepDim = false) => Ops.Prod.Apply(this, Axes.Of(Shape, axes, keepDim, "prod"));

    /// <summary>The product along one axis.</summary>
    public Tensor Prod(int axis, bool keepDim = false) => Prod([axis], keepDim);

    /// <summary>The largest element along axes, all by default; NaN if there is one. Equal maxima share the gradient evenly.</summary>
    /// <param name="axes">The axes that become one; none for all of them.</param>
    /// <param name="keepDim">Whether the axes stay, with size 1.</param>
    /// <exception cref="GradusException">There are no elements to choose from.</exception>
    public Tensor AMax(ReadOnlySpan<int> axes = default, bool keepDim = false) => Ops.Max.Apply(this, Axes.Of(Shape, axes, keepDim, "amax"));

    /// <summary>The largest element along one axis. Unlike <see cref="Max(int, bool)"/> it shares the gradient among equals.</summary>
    public Tensor AMax(int axis, bool keepDim = false) => AMax([axis], keepDim);

    /// <summary>The smallest element along axes, all by default; NaN if there is one. Equal minima share the gradient evenly.</summary>
    /// <param name="axes">The axes that become one; none for all of them.</param>
    /// <param name="keepDim">Whether the axes stay, with size 1.</param>
    /// <exception cref="GradusException">There are no elements to choose from.</exception>
    public Tensor AMin(ReadOnlySpan<int> axes = default, bool keepDim = false) => Ops.Min.Apply(this, Axes.Of(Shape, axes, keepDim, "amin"));

    /// <summary>The smallest element along one axis. Unlike <see cref="Min(int, bool)"/> it shares the gradient among equals.</summary>
    public Tensor AMin(int axis, bool keepDim = false) => AMin([axis], keepDim);

    /// <summary>Whether all elements are true, or all along some axes; true for none. Numbers count as true unless they are 0. The result is bool.</summary>
    /// <param name="axes">The axes that become one; none for all of them.</param>
    /// <param name="keepDim">Whether the axes stay, with size 1.</param>
    public Tensor All(ReadOnlySpan<int> axes = default, bool keepDim = false) => Ops.All.Apply(To(DType.Bool), Axes.Of(Shape, axes, keepDim, "all"));

    /// <summary>Whether all elements along one axis are true.</summary>
    public Tensor All(int axis, bool keepDim = false) => All([axis], keepDim);

    /// <summary>Whether any element is true, or any along some axes; false for none. Numbers count as true unless they are 0. The result is bool.</summary>
    /// <param name="axes">The axes that become one; none for all of them.</param>
    /// <param name="keepDim">Whether the axes stay, with size 1.</param>
    public Tensor Any(ReadOnlySpan<int> axes = default, bool keepDim = false) => Ops.Any.Apply(To(DType.Bool), Axes.Of(Shape, axes, keepDim, "any"));

    /// <summary>Whether any element along one axis is true.</summary>
    public Tensor Any(int axis, bool keepDim = false) => Any([axis], keepDim);

    /// <summary>How many elements are not 0, as i64; NaN counts.</summary>
    /// <param name="axes">The axes that become one; none for all of them.</param>
    /// <param name="keepDim">Whether the axes stay, with size 1.</param>
    public Tensor CountNonzero(ReadOnlySpan<int> axes = default, bool keepDim = false) => NotEqual(0).Sum(axes, keepDim);

    /// <summary>How many elements along one axis are not 0.</summary>
    public Tensor CountNonzero(int axis, bool keepDim = false) => CountNonzero([axis], keepDim);

    /// <summary>The positions (i64) of the smallest elements along an axis, the first of equals; NaN counts as smallest.</summary>
    /// <exception cref="GradusException">The axis has size 0.</exception>
    public Tensor ArgMin(int axis, bool keepDim = false) => Ops.ArgMin.Apply(this, AxisArgs.Of(Shape, axis, keepDim, "argMin"));

    /// <summary>The position of the smallest element in row-major order.</summary>
    /// <exception cref="GradusException">There are no elements.</exception>
    public Tensor ArgMin()
    {
        if (Count <= int.MaxValue || Rank < 2) return Flatten().ArgMin(0);
        var (values, places) = Min(-1);
        return OfRow(values.ArgMin(), places, Shape[-1]);
    }

    /// <summary>The position in row-major order of what is at a place of its row, from the row's number.</summary>
    private static Tensor OfRow(Tensor row, Tensor places, int width) => (row * width) + places.Flatten().IndexSelect(0, row.Reshape(1)).Reshape();

    /// <summary>Running sums along an axis: zᵢ = x₀ + … + xᵢ. Integers and bools are summed as i64; f32 is summed as f64 on the way.</summary>
    public Tensor CumSum(int axis) => Ops.CumSum.Apply(this, new ScanArgs(Shape.Axis(axis, "cumsum"), false));

    /// <summary>
    /// Running products along an axis: zᵢ = x₀·…·xᵢ. Integers and bools are multiplied as i64. The gradient is right however many factors are 0.
    /// </summary>
    public Tensor CumProd(int axis) => Doubling.Scan(DType.IsFloat ? this : To(DType.Int64), Shape.Axis(axis, "cumprod"), static (x, y) => x * y);

    /// <summary>Running log Σ eˣ along an axis.</summary>
    public Tensor LogCumSumExp(int axis) => Doubling.Scan(To(Promotion.Real(DType)), Shape.Axis(axis, "logcumsumexp"), static (x, y) => x.LogAddExp(y));
}
