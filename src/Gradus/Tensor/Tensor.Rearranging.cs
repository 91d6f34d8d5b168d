namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>One axis brought to another place, the others in order. A view.</summary>
    /// <exception cref="GradusException">There is no such axis.</exception>
    public Tensor MoveAxis(int from, int to) => MoveAxis([from], [to]);

    /// <summary>Some axes brought to other places, the others in order: axis <c>from[i]</c> becomes axis <c>to[i]</c>. A view.</summary>
    /// <exception cref="GradusException">There is no such axis, one is named twice, or the lists differ in length.</exception>
    public Tensor MoveAxis(ReadOnlySpan<int> from, ReadOnlySpan<int> to)
    {
        if (from.Length != to.Length) throw new GradusException($"moveAxis: {from.Length} axes to {to.Length} places.");
        var order = new int[Rank];
        Array.Fill(order, -1);
        var moved = new bool[Rank];
        for (var index = 0; index < from.Length; index++)
        {
            int axis = Shape.Axis(from[index], "moveAxis"), place = Shape.Axis(to[index], "moveAxis");
            if (moved[axis] || order[place] >= 0) throw new GradusException($"moveAxis: axis {axis} to {place}, but one of them is named twice.");
            moved[axis] = true;
            order[place] = axis;
        }

        var rest = 0;
        for (var place = 0; place < order.Length; place++)
        {
            if (order[place] >= 0) continue;
            while (moved[rest]) rest++;
            order[place] = rest++;
        }

        return Permute(order);
    }

    /// <summary>Two axes exchanged. A view; what <see cref="Transpose"/> is, with no axes by default.</summary>
    /// <exception cref="GradusException">There is no such axis.</exception>
    public Tensor SwapAxes(int axis0, int axis1) => Transpose(axis0, axis1);

    /// <summary>One axis as several, whose sizes multiply to its own; one size may be −1 and is then worked out. A view.</summary>
    /// <exception cref="GradusException">The sizes do not multiply to that of the axis.</exception>
    public Tensor Unflatten(int axis, params ReadOnlySpan<int> sizes)
    {
        axis = Shape.Axis(axis, "unflatten");
        long known = 1;
        var open = -1;
        for (var index = 0; index < sizes.Length; index++)
        {
            if (sizes[index] != -1) known *= sizes[index];
            else open = open < 0 ? index : throw new GradusException($"unflatten: [{string.Join(",", sizes.ToArray())}] leaves more than one size open.");
        }

        var inner = sizes.ToArray();
        if (open >= 0 && known > 0) inner[open] = (int)(Shape[axis] / known);
        var product = open < 0 ? known : known <= 0 ? -1 : known * inner[open];
        if (product != Shape[axis] || inner.Any(static size => size < 0))
        {
            throw new GradusException(
                $"unflatten: [{string.Join(",", sizes.ToArray())}] does not multiply to {Shape[axis]}, the size of axis {axis} of {Describe()}.");
        }

        return Reshape([.. Shape.AsSpan()[..axis], .. inner, .. Shape.AsSpan()[(axis + 1)..]]);
    }

    /// <summary>The tensor repeated, without copying, to a shape that it broadcasts to. What <see cref="Expand"/> is.</summary>
    /// <exception cref="GradusException">It does not broadcast to that shape.</exception>
    public Tensor BroadcastTo(Shape shape) => Expand(shape);

    /// <summary>Tensors expanded, without copying, to the shape that they broadcast to together.</summary>
    /// <exception cref="GradusException">They do not broadcast.</exception>
    public static Tensor[] Broadcast(params ReadOnlySpan<Tensor> tensors)
    {
        Shape common = default;
        foreach (var tensor in tensors) common = Shape.Broadcast("broadcast", common, Given(tensor).Shape);
        var expanded = new Tensor[tensors.Length];
        for (var index = 0; index < expanded.Length; index++) expanded[index] = tensors[index].Expand(common);
        return expanded;
    }

    /// <summary>The axes run backwards; all of them, if none is named. A view.</summary>
    /// <exception cref="GradusException">There is no such axis, or one is named twice.</exception>
    public Tensor Flip(params ReadOnlySpan<int> axes)
    {
        var all = axes.IsEmpty ? [.. Enumerable.Range(0, Rank)] : axes.ToArray();
        var seen = 0;
        for (var index = 0; index < all.Length; index++)
        {
            var axis = all[index] = Shape.Axis(all[index], "flip");
            if ((seen & (1 << axis)) != 0) throw new GradusException($"flip: axis {axis} is named twice.");
            seen |= 1 << axis;
        }

        return Ops.Flip.Apply(this, new FlipArgs(all));
    }

    /// <summary>Turned by a number of right angles from one axis towards another. A view.</summary>
    /// <param name="turns">How many, k; negative turns the other way.</param>
    /// <param name="axis0">The axis that turns towards …</param>
    /// <param name="axis1">… this one.</param>
    /// <exception cref="GradusException">There is no such axis, or it is twice the same.</exception>
    public Tensor Rot90(int turns = 1, int axis0 = 0, int axis1 = 1)
    {
        axis0 = Shape.Axis(axis0, "rot90");
        axis1 = Shape.Axis(axis1, "rot90");
        if (axis0 == axis1) throw new GradusException($"rot90: a turn from axis {axis0} to itself; name two axes.");
        return (turns & 3) switch
        {
            0 => this,
            1 => Flip(axis1).Transpose(axis0, axis1),
            2 => Flip(axis0, axis1),
            _ => Transpose(axis0, axis1).Flip(axis1),
        };
    }

    /// <summary>Shifted along an axis; what leaves it at one end comes in at the other: out[i + shift] = x[i].</summary>
    /// <exception cref="GradusException">There is no such axis.</exception>
    public Tensor Roll(int shift, int axis)
    {
        axis = Shape.Axis(axis, "roll");
        var size = Shape[axis];
        var first = size == 0 ? 0 : (int)((((long)shift % size) + size) % size);
        return first == 0 ? this : Concat([Slice(axis, size - first, first), Slice(axis, 0, size - first)], axis);
    }

    /// <summary>Shifted in row-major order, as if it had one axis.</summary>
    public Tensor Roll(int shift) => Flatten().Roll(shift, 0).Reshape(Shape);

    /// <summary>Shifted along several axes.</summary>
    /// <exception cref="GradusException">There is no such axis, or the lists differ in length.</exception>
    public Tensor Roll(ReadOnlySpan<int> shifts, ReadOnlySpan<int> axes)
    {
        if (shifts.Length != axes.Length) throw new GradusException($"roll: {shifts.Length} shifts for {axes.Length} axes.");
        var rolled = this;
        for (var index = 0; index < axes.Length; index++) rolled = rolled.Roll(shifts[index], axes[index]);
        return rolled;
    }

    /// <summary>
    /// The whole tensor several times along each axis, copied: [2, 3] repeated (2, 1) is [4, 3]. Counts beyond the rank make new axes in front; missing ones
    /// are 1. NumPy's tile, PyTorch's repeat.
    /// </summary>
    /// <exception cref="GradusException">A count is negative.</exception>
    public Tensor Repeat(params ReadOnlySpan<int> counts)
    {
        var rank = Math.Max(Rank, counts.Length);
        int[] sizes = [.. Enumerable.Repeat(1, rank - Rank), .. Shape];
        int[] times = [.. Enumerable.Repeat(1, rank - counts.Length), .. counts];
        int[] apart = [.. sizes.SelectMany(static size => (int[])[1, size])];
        int[] spread = [.. times.Zip(sizes, static (count, size) => (int[])[count, size]).SelectMany(static pair => pair)];
        if (times.Any(static count => count < 0))
        {
            throw new GradusException($"repeat: [{string.Join(",", counts.ToArray())}] times; a count must not be negative.");
        }

        return Reshape(apart).Expand(spread).Reshape([.. times.Zip(sizes, static (count, size) => Shape.Size((long)count * size, "repeat"))]);
    }

    /// <inheritdoc cref="Repeat"/>
    public Tensor Tile(params ReadOnlySpan<int> counts) => Repeat(counts);

    /// <summary>Each position of an axis several times in a row: [a, b] repeated 2 is [a, a, b, b].</summary>
    /// <exception cref="GradusException">The count is negative, or there is no such axis.</exception>
    public Tensor RepeatInterleave(int count, int axis)
    {
        axis = Shape.Axis(axis, "repeatInterleave");
        if (count < 0) throw new GradusException($"repeatInterleave: {count} times; the count must not be negative.");
        var spread = Unsqueeze(axis + 1);
        return spread.Expand(With(spread.Shape, axis + 1, count)).Reshape(With(Shape, axis, Shape.Size((long)count * Shape[axis], "repeatInterleave")));
    }

    /// <summary>Each position of an axis as often in a row as its count says: [a, b] repeated [1, 3] is [a, b, b, b].</summary>
    /// <param name="counts">i32 or i64, one for each position of the axis.</param>
    /// <param name="axis">The axis.</param>
    /// <exception cref="GradusException">A count is negative, or there is not one for each position.</exception>
    public Tensor RepeatInterleave(Tensor counts, int axis)
    {
        axis = Shape.Axis(axis, "repeatInterleave");
        var times = Listed("repeatInterleave", counts).ToArray<long>();
        if (times.Length != Shape[axis] || times.Any(static count => count < 0))
        {
            throw new GradusException(
                $"repeatInterleave: the counts are {counts.Describe()}, expected {Shape[axis]} for axis {axis} of {Describe()}, none of them negative.");
        }

        var total = Shape.Size(times.Sum(static count => Math.Min(count, 1L << 31)), "repeatInterleave");
        BufferPool.Demand((long)total * sizeof(long));
        return IndexSelect(axis, Of<long>([.. times.SelectMany(static (count, position) => Enumerable.Repeat((long)position, (int)count))]));
    }

    /// <summary>Vectors as the axes of a grid: the i-th result holds the i-th coordinate of every point. Views.</summary>
    /// <param name="tensors">Vectors x₀, x₁, … or scalars.</param>
    /// <param name="isCartesian">
    /// Whether x₀ runs along the second axis and x₁ along the first (NumPy's default, 'xy'), as in a drawing; else each along its own ('ij').
    /// </param>
    /// <exception cref="GradusException">One has more than one axis.</exception>
    public static Tensor[] MeshGrid(ReadOnlySpan<Tensor> tensors, bool isCartesian = false)
    {
        var grids = new Tensor[tensors.Length];
        for (var index = 0; index < grids.Length; index++)
        {
            if (Given(tensors[index]).Rank > 1) throw new GradusException($"meshGrid: {tensors[index].Describe()}; expected vectors.");
            var place = isCartesian && index < 2 && grids.Length > 1 ? 1 - index : index;
            var sizes = new int[grids.Length];
            Array.Fill(sizes, 1);
            sizes[place] = -1;
            grids[index] = tensors[index].Reshape(sizes);
        }

        return Broadcast(grids);
    }
}
