namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>The sum of all elements, or along some axes. Integers and bools are summed as i64.</summary>
    /// <param name="axes">The axes that are summed over; none for all of them.</param>
    /// <param name="keepDim">Whether the axes stay, with size 1.</param>
    public Tensor Sum(ReadOnlySpan<int> axes = default, bool keepDim = false) => Ops.Sum.Apply(this, Axes.Of(Shape, axes, keepDim, "sum"));

    /// <summary>The sum along one axis.</summary>
    public Tensor Sum(int axis, bool keepDim = false) => Sum([axis], keepDim);

    /// <summary>The mean of all elements, or along some axes. Integers are summed as i64, where the sum fits, and their mean is f32.</summary>
    /// <param name="axes">The axes that are averaged over; none for all of them.</param>
    /// <param name="keepDim">Whether the axes stay, with size 1.</param>
    public Tensor Mean(ReadOnlySpan<int> axes = default, bool keepDim = false) => Deviations.Mean(this, Axes.Of(Shape, axes, keepDim, "mean"));

    /// <summary>The mean along one axis.</summary>
    public Tensor Mean(int axis, bool keepDim = false) => Mean([axis], keepDim);

    /// <summary>The largest element of all; NaN if there is one. Equal maxima share the gradient.</summary>
    /// <exception cref="GradusException">There are no elements.</exception>
    public Tensor Max(bool keepDim = false) => Ops.Max.Apply(this, Axes.Of(Shape, [], keepDim, "max"));

    /// <summary>The largest elements along an axis and their positions, the first of equals. The gradient goes to that position.</summary>
    /// <exception cref="GradusException">The axis has size 0.</exception>
    public (Tensor Value, Tensor Index) Max(int axis, bool keepDim = false) => Ops.MaxAlong.Apply(this, AxisArgs.Of(Shape, axis, keepDim, "max"));

    /// <summary>The smallest element of all; NaN if there is one. Equal minima share the gradient.</summary>
    /// <exception cref="GradusException">There are no elements.</exception>
    public Tensor Min(bool keepDim = false) => Ops.Min.Apply(this, Axes.Of(Shape, [], keepDim, "min"));

    /// <summary>The smallest elements along an axis and their positions, the first of equals. The gradient goes to that position.</summary>
    /// <exception cref="GradusException">The axis has size 0.</exception>
    public (Tensor Value, Tensor Index) Min(int axis, bool keepDim = false) => Ops.MinAlong.Apply(this, AxisArgs.Of(Shape, axis, keepDim, "min"));

    /// <summary>The positions (i64) of the largest elements along an axis, the first of equals; NaN counts as largest.</summary>
    /// <exception cref="GradusException">The axis has size 0.</exception>
    public Tensor ArgMax(int axis, bool keepDim = false) => Ops.ArgMax.Apply(this, AxisArgs.Of(Shape, axis, keepDim, "argMax"));

    /// <summary>The position of the largest element in row-major order.</summary>
    /// <exception cref="GradusException">There are no elements.</exception>
    public Tensor ArgMax()
    {
        if (Count <= int.MaxValue || Rank < 2) return Flatten().ArgMax(0);
        var (values, places) = Max(-1);
        return OfRow(values.ArgMax(), places, Shape[-1]);
    }

    /// <summary>Sums over what broadcasting had stretched, so that the result has the shape given.</summary>
    internal Tensor SumTo(Shape shape, string operation)
    {
        var lead = Rank - shape.Rank;
        var reduced = 0u;
        for (var axis = 0; axis < Rank; axis++)
        {
            if (axis < lead || (shape.AsSpan()[axis - lead] == 1 && Shape.AsSpan()[axis] != 1)) reduced |= 1u << axis;
            else if (shape.AsSpan()[axis - lead] != Shape.AsSpan()[axis])
            {
                throw new GradusException($"backward: the rule of {operation} gave a gradient of shape {Shape} for an input of shape {shape}.");
            }
        }

        if (lead < 0) throw new GradusException($"backward: the rule of {operation} gave a gradient of shape {Shape} for an input of shape {shape}.");
        return (reduced == 0 ? this : Ops.Sum.Apply(this, new Axes(reduced, true))).Reshape(shape);
    }
}
