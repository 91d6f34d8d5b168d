namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>The tensor at one position of an axis, which is removed. A view.</summary>
    /// <exception cref="GradusException">The position is outside the axis.</exception>
    public Tensor Select(int axis, int index)
    {
        axis = Shape.Axis(axis, "select");
        var size = Shape[axis];
        if (index < -size || index >= size) throw Errors.IndexOutOfRange("select", index, axis, size);
        return Ops.Select.Apply(this, new SelectArgs(axis, index < 0 ? index + size : index));
    }

    /// <summary><paramref name="length"/> positions of an axis from <paramref name="start"/> on, every <paramref name="step"/>-th. A view.</summary>
    /// <exception cref="GradusException">The slice leaves the axis, or the step is not positive.</exception>
    public Tensor Slice(int axis, int start, int length, int step = 1)
    {
        axis = Shape.Axis(axis, "slice");
        var size = Shape[axis];
        if (step < 1 || start < 0 || length < 0 || (length > 0 && start + ((long)(length - 1) * step) >= size))
        {
            throw new GradusException($"slice: {length} positions from {start} in steps of {step} do not lie inside axis {axis} of {Shape}.");
        }

        return length == size && step == 1 ? this : Ops.Slice.Apply(this, new SliceArgs(axis, start, length, step));
    }

    /// <summary>
    /// The same elements in row-major order under another shape; one size may be −1 and is then worked out. A view where strides allow it, else a copy.
    /// </summary>
    /// <exception cref="GradusException">The numbers of elements differ.</exception>
    public Tensor Reshape(params ReadOnlySpan<int> sizes)
    {
        var target = ResolveSizes(sizes);
        if (target == Shape) return this;
        return Ops.Reshape.Apply(Layout.Reshape(target) is null ? Contiguous() : this, target);
    }

    /// <summary>All elements from axis <paramref name="from"/> to axis <paramref name="to"/> (the last, by default) on one axis.</summary>
    public Tensor Flatten(int from = 0, int to = -1)
    {
        if (Rank == 0) return Reshape(1);
        from = Shape.Axis(from, "flatten");
        to = Shape.Axis(to, "flatten");
        if (to < from) throw new GradusException($"flatten: axis {to} lies before axis {from}.");
        var merged = 1;
        for (var axis = from; axis <= to; axis++) merged = Shape.Size((long)merged * Shape[axis], "flatten");
        return Reshape([.. Shape.AsSpan()[..from], merged, .. Shape.AsSpan()[(to + 1)..]]);
    }

    /// <summary>The axes in another order: axis i of the result is axis <c>order[i]</c>. A view.</summary>
    /// <exception cref="GradusException">The order does not name every axis once.</exception>
    public Tensor Permute(params ReadOnlySpan<int> order)
    {
        var axes = new int[order.Length];
        var seen = 0;
        for (var index = 0; index < axes.Length; index++)
        {
            axes[index] = Shape.Axis(order[index], "permute");
            seen |= 1 << axes[index];
        }

        if (axes.Length != Rank || seen != (1 << Rank) - 1)
        {
            throw new GradusException($"permute: [{string.Join(",", axes)}] does not name each of the {Rank} axes of {Shape} once.");
        }

        return Ops.Permute.Apply(this, new PermuteArgs(axes));
    }

    /// <summary>Two axes exchanged: the matrix transpose, by default, of the last two. A view.</summary>
    /// <exception cref="GradusException">There is no such axis.</exception>
    public Tensor Transpose(int axis0 = -2, int axis1 = -1)
    {
        Span<int> order = stackalloc int[Rank];
        for (var axis = 0; axis < Rank; axis++) order[axis] = axis;
        axis0 = Shape.Axis(axis0, "transpose");
        axis1 = Shape.Axis(axis1, "transpose");
        (order[axis0], order[axis1]) = (order[axis1], order[axis0]);
        return Ops.Permute.Apply(this, new PermuteArgs(order.ToArray()));
    }

    /// <summary>The tensor repeated, without copying, to a shape that it broadcasts to; −1 keeps a size.</summary>
    /// <exception cref="GradusException">It does not broadcast to that shape.</exception>
    public Tensor Expand(params ReadOnlySpan<int> sizes)
    {
        var target = sizes.ToArray();
        for (var index = 0; index < target.Length; index++)
        {
            var own = index - (target.Length - Rank);
            if (target[index] == -1 && own >= 0) target[index] = Shape[own];
        }

        var shape = Shape.Create(target);
        if (shape == Shape) return this;
        if (Shape.Broadcast("expand", Shape, shape) != shape) throw new GradusException($"expand: {Describe()} does not broadcast to {shape}.");
        return Ops.Expand.Apply(this, shape);
    }

    /// <summary>Without the axes of size 1, or without the one named, which must be of size 1. A view.</summary>
    /// <exception cref="GradusException">The axis named has another size.</exception>
    public Tensor Squeeze(int? axis = null)
    {
        if (axis is { } one)
        {
            var index = Shape.Axis(one, "squeeze");
            if (Shape[index] != 1) throw new GradusException($"squeeze: axis {index} of {Shape} has size {Shape[index]}, not 1.");
            return Reshape([.. Shape.AsSpan()[..index], .. Shape.AsSpan()[(index + 1)..]]);
        }

        return Reshape([.. Shape.Where(static size => size != 1)]);
    }

    /// <summary>With a new axis of size 1 at position <paramref name="axis"/>. A view.</summary>
    /// <exception cref="GradusException">There is no such position.</exception>
    public Tensor Unsqueeze(int axis)
    {
        if (axis < -Rank - 1 || axis > Rank) throw new GradusException($"unsqueeze: axis {axis} is out of range for {Shape}; use {-Rank - 1} … {Rank}.");
        var index = axis < 0 ? axis + Rank + 1 : axis;
        return Reshape([.. Shape.AsSpan()[..index], 1, .. Shape.AsSpan()[index..]]);
    }

    private Shape ResolveSizes(ReadOnlySpan<int> sizes)
    {
        var target = sizes.ToArray();
        var open = Array.IndexOf(target, -1);
        if (open >= 0)
        {
            target[open] = 1;
            var known = Array.IndexOf(target, -1) < 0 ? Shape.Create(target).ElementCount : 0;
            if (known == 0 || Count % known != 0)
            {
                throw new GradusException($"reshape: {Describe()} cannot be laid out as [{string.Join(",", sizes.ToArray())}].");
            }

            target[open] = Shape.Size(Count / known, "reshape");
        }

        var shape = Shape.Create(target);
        if (shape.ElementCount != Count) throw new GradusException($"reshape: {Describe()} has {Count} elements, {shape} has {shape.ElementCount}.");
        return shape;
    }
}
