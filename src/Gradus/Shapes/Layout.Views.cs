namespace Gradus;

internal sealed partial class Layout
{
    /// <summary>Elements at an offset and strides of one's own, which the storage need not hold: who makes a tensor of them has it checked.</summary>
    public static Layout Strided(Shape shape, nint[] strides, nint offset) => new(shape, strides, offset);

    /// <summary>Windows along an axis, which becomes the axis of the windows; the positions inside one are a new last axis.</summary>
    public Layout Unfold(UnfoldArgs args)
    {
        int[] sizes = [.. Shape.AsSpan(), args.Size];
        nint[] strides = [.. _strides, _strides[args.Axis] * args.Dilation];
        sizes[args.Axis] = args.Windows(sizes[args.Axis]);
        strides[args.Axis] *= args.Step;
        return new Layout(Shape.Adopt(sizes), strides, Offset);
    }

    /// <summary>The same elements with some axes running backwards.</summary>
    public Layout Flip(ReadOnlySpan<int> axes)
    {
        var strides = (nint[])_strides.Clone();
        var offset = Offset;
        foreach (var axis in axes)
        {
            offset += Math.Max(Shape.AsSpan()[axis] - 1, 0) * strides[axis];
            strides[axis] = -strides[axis];
        }

        return new Layout(Shape, strides, offset);
    }

    /// <summary>The layout without two axes, and with the elements at which their positions differ by an offset as a new last axis.</summary>
    public Layout Diagonal(DiagonalArgs args)
    {
        var (length, row, column) = args.On(Shape);
        var (first, second) = (Math.Min(args.Axis0, args.Axis1), Math.Max(args.Axis0, args.Axis1));
        int[] sizes = [.. Without(Without(Shape.ToArray(), second), first), length];
        nint[] strides = [.. Without(Without(_strides, second), first), _strides[args.Axis0] + _strides[args.Axis1]];
        var offset = length == 0 ? Offset : Offset + (row * _strides[args.Axis0]) + (column * _strides[args.Axis1]);
        return new Layout(Shape.Adopt(sizes), strides, offset);
    }
}
