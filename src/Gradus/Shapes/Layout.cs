namespace Gradus;

/// <summary>Where a tensor's elements lie in its storage: element (i, j, …) is at Offset + i·Strides[0] + j·Strides[1] + …, counted in elements.</summary>
/// <remarks>Immutable, so that tensors share it. A stride of 0 repeats, a negative one runs backwards.</remarks>
internal sealed partial class Layout
{
    /// <summary>The layout of a scalar at the start of its storage.</summary>
    public static readonly Layout Scalar = new(default, [], 0);

    private readonly nint[] _strides;

    private Layout(Shape shape, nint[] strides, nint offset)
    {
        Shape = shape;
        _strides = strides;
        Offset = offset;
        Count = (nint)shape.ElementCount;
        IsDense = RunsDense();
    }

    public Shape Shape { get; }

    public ReadOnlySpan<nint> Strides => _strides;

    public nint Offset { get; }

    /// <summary>The number of elements.</summary>
    public nint Count { get; }

    /// <summary>Whether the elements lie one after the other in row-major order, wherever they begin.</summary>
    public bool IsDense { get; }

    public int Rank => _strides.Length;

    /// <summary>The row-major layout of a shape, from the start of its storage.</summary>
    public static Layout Dense(Shape shape)
    {
        if (shape.Rank == 0) return Scalar;
        var strides = new nint[shape.Rank];
        var sizes = shape.AsSpan();
        nint stride = 1;
        for (var axis = sizes.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= Math.Max(sizes[axis], 1);
        }

        return new Layout(shape, strides, 0);
    }

    /// <summary>The same elements with axis <c>order[i]</c> as axis i.</summary>
    public Layout Permute(ReadOnlySpan<int> order)
    {
        var sizes = new int[order.Length];
        var strides = new nint[order.Length];
        for (var axis = 0; axis < order.Length; axis++)
        {
            sizes[axis] = Shape.AsSpan()[order[axis]];
            strides[axis] = _strides[order[axis]];
        }

        return new Layout(Shape.Adopt(sizes), strides, Offset);
    }

    /// <summary><paramref name="length"/> positions of one axis, from <paramref name="start"/> on, every <paramref name="step"/>-th.</summary>
    public Layout Slice(int axis, int start, int length, int step)
    {
        var sizes = Shape.ToArray();
        var strides = (nint[])_strides.Clone();
        var last = start + ((length - 1L) * step);
        if (length > 0 && ((uint)start >= (uint)sizes[axis] || (ulong)last >= (ulong)sizes[axis]))
        {
            throw Errors.IndexOutOfRange("slice", last, axis, sizes[axis]);
        }

        sizes[axis] = length;
        strides[axis] *= step;
        var offset = length == 0 ? Offset : Offset + (start * _strides[axis]);
        return new Layout(Shape.Adopt(sizes), strides, offset);
    }

    /// <summary>The layout without one axis, at position <paramref name="index"/> of it.</summary>
    public Layout Select(int axis, int index)
    {
        if ((uint)index >= (uint)Shape.AsSpan()[axis]) throw Errors.IndexOutOfRange("select", index, axis, Shape.AsSpan()[axis]);
        var sizes = Without(Shape.ToArray(), axis);
        return new Layout(Shape.Adopt(sizes), Without(_strides, axis), Offset + (index * _strides[axis]));
    }

    /// <summary>The layout with a new axis of size 1.</summary>
    public Layout Insert(int axis)
    {
        int[] sizes = [.. Shape.AsSpan()[..axis], 1, .. Shape.AsSpan()[axis..]];
        nint[] strides = [.. _strides.AsSpan(0, axis), 0, .. _strides.AsSpan(axis)];
        return new Layout(Shape.Adopt(sizes), strides, Offset);
    }

    /// <summary>The layout repeated, by strides of 0, to a shape that it broadcasts to.</summary>
    public Layout Expand(Shape shape)
    {
        var strides = new nint[shape.Rank];
        BroadcastStrides(shape, strides);
        return new Layout(shape, strides, Offset);
    }

    /// <summary>Writes the strides that walk this layout in step with a shape that it broadcasts to.</summary>
    /// <exception cref="GradusException">It does not broadcast to that shape.</exception>
    public void BroadcastStrides(Shape shape, Span<nint> strides)
    {
        ReadOnlySpan<int> sizes = Shape.AsSpan(), wanted = shape.AsSpan();
        var lead = wanted.Length - sizes.Length;
        if (lead < 0) Errors.ThrowNotExpandable(Shape, shape);
        for (var axis = 0; axis < wanted.Length; axis++)
        {
            var own = axis - lead;
            if (own < 0)
            {
                strides[axis] = 0;
                continue;
            }

            var isRepeated = sizes[own] != wanted[axis];
            if (isRepeated && sizes[own] != 1) Errors.ThrowNotExpandable(Shape, shape);
            strides[axis] = isRepeated ? 0 : _strides[own];
        }
    }

    /// <summary>Whether all elements, each of so many bytes, lie within a storage of so many.</summary>
    public bool IsWithin(nint bytes, int size)
    {
        if (IsDense) return (Offset >= 0 && (Offset + Count) * size <= bytes) || Count == 0;
        if (Count == 0) return true;
        nint first = Offset, last = Offset;
        for (var axis = 0; axis < _strides.Length; axis++)
        {
            var reach = (Shape.AsSpan()[axis] - 1) * _strides[axis];
            if (reach < 0) first += reach;
            else last += reach;
        }

        return first >= 0 && (last + 1) * size <= bytes;
    }

    /// <summary>The same elements in row-major order under another shape, or null where no strides can say that.</summary>
    public Layout? Reshape(Shape shape)
    {
        if (IsDense || Count == 0)
        {
            var dense = Dense(shape);
            return Offset == 0 ? dense : new Layout(shape, dense._strides, Offset);
        }

        // Match runs of old axes to runs of new axes of the same product; within a run of old axes the strides must be nested.
        var sizes = Shape.AsSpan();
        var target = shape.AsSpan();
        var strides = new nint[target.Length];
        int old = 0, next = 0;
        while (next < target.Length)
        {
            long have = 1, want = target[next];
            var firstOld = old;
            var firstNew = next++;
            while (have != want)
            {
                if (have < want)
                {
                    if (old == sizes.Length) return null;
                    have *= sizes[old++];
                }
                else
                {
                    if (next == target.Length) return null;
                    want *= target[next++];
                }
            }

            nint stride = 1, expected = 0;
            var seen = false;
            for (var axis = old - 1; axis >= firstOld; axis--)
            {
                if (sizes[axis] == 1) continue;
                if (!seen) stride = _strides[axis];
                else if (_strides[axis] != expected) return null;
                seen = true;
                expected = _strides[axis] * sizes[axis];
            }

            for (var axis = next - 1; axis >= firstNew; axis--)
            {
                strides[axis] = stride;
                stride *= target[axis];
            }
        }

        return new Layout(shape, strides, Offset);
    }

    private bool RunsDense()
    {
        nint expected = 1;
        var sizes = Shape.AsSpan();
        for (var axis = sizes.Length - 1; axis >= 0; axis--)
        {
            if (sizes[axis] == 1) continue;
            if (_strides[axis] != expected && Count != 0) return false;
            expected *= sizes[axis];
        }

        return true;
    }

    private static T[] Without<T>(T[] items, int index) => [.. items.AsSpan(0, index), .. items.AsSpan(index + 1)];
}
