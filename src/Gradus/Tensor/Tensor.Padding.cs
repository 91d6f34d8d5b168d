namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>
    /// The tensor with more positions before and after those of its last axes: <c>images.Pad([(1, 1), (2, 2)])</c> puts one row above and below, two columns
    /// left and right.
    /// </summary>
    /// <param name="widths">
    /// How many positions before and after, for the last axes in their order (PyTorch names the last axis first). Negative ones cut off.
    /// </param>
    /// <param name="mode">What is put there.</param>
    /// <param name="value">The constant, converted to the element type.</param>
    /// <exception cref="GradusException">There are more widths than axes, more is cut off than there is, or an axis is too short for the mode.</exception>
    public Tensor Pad(ReadOnlySpan<(int Before, int After)> widths, PadMode mode = PadMode.Constant, double value = 0)
    {
        if (widths.Length > Rank) throw new GradusException($"pad: widths for {widths.Length} axes of {Describe()}, which has {Rank}.");
        var first = Rank - widths.Length;
        var cut = this;
        for (var index = 0; index < widths.Length; index++) cut = cut.Cut(first + index, widths[index].Before, widths[index].After);
        if (mode == PadMode.Constant) return cut.Surround(first, widths, value);
        for (var index = 0; index < widths.Length; index++)
        {
            cut = cut.Extend(first + index, Math.Max(widths[index].Before, 0), Math.Max(widths[index].After, 0), mode);
        }

        return cut;
    }

    /// <inheritdoc cref="Pad(ReadOnlySpan{ValueTuple{int, int}}, PadMode, double)"/>
    public Tensor Pad(ReadOnlySpan<(int Before, int After)> widths, PadMode mode, long value)
    {
        if (DType != DType.Int64 || mode != PadMode.Constant) return Pad(widths, mode, (double)value);
        // Padded with the 0 that the constant becomes: whole numbers wrap, so that this is exact.
        return (this - value).Pad(widths) + value;
    }

    /// <inheritdoc cref="Pad(ReadOnlySpan{ValueTuple{int, int}}, PadMode, double)"/>
    public Tensor Pad(ReadOnlySpan<(int Before, int After)> widths, long value) => Pad(widths, PadMode.Constant, value);

    /// <summary>The tensor with more positions before and after those of one axis.</summary>
    /// <inheritdoc cref="Pad(ReadOnlySpan{ValueTuple{int, int}}, PadMode, double)"/>
    /// <param name="axis">The axis.</param>
    /// <param name="before">Positions before; negative cuts off.</param>
    /// <param name="after">Positions after; negative cuts off.</param>
    /// <param name="mode">What is put there.</param>
    /// <param name="value">The constant, converted to the element type.</param>
    public Tensor Pad(int axis, int before, int after, PadMode mode = PadMode.Constant, double value = 0) => Pad(Widths(axis, before, after), mode, value);

    /// <inheritdoc cref="Pad(int, int, int, PadMode, double)"/>
    public Tensor Pad(int axis, int before, int after, PadMode mode, long value) => Pad(Widths(axis, before, after), mode, value);

    /// <inheritdoc cref="Pad(int, int, int, PadMode, double)"/>
    public Tensor Pad(int axis, int before, int after, long value) => Pad(Widths(axis, before, after), value);

    /// <summary>Widths of one axis, and of none after it.</summary>
    private (int Before, int After)[] Widths(int axis, int before, int after)
    {
        axis = Shape.Axis(axis, "pad");
        var widths = new (int Before, int After)[Rank - axis];
        widths[0] = (before, after);
        return widths;
    }

    private Tensor Cut(int axis, int before, int after)
    {
        long start = Math.Max(-(long)before, 0), length = Shape[axis] - start - Math.Max(-(long)after, 0);
        return length >= 0
            ? Slice(axis, (int)start, (int)length)
            : throw new GradusException($"pad: ({before}, {after}) cuts more off axis {axis} of {Describe()} than there is.");
    }

    private Tensor Surround(int first, ReadOnlySpan<(int Before, int After)> widths, double value)
    {
        var sizes = Shape.ToArray();
        var before = new int[Rank];
        for (var axis = first; axis < Rank; axis++)
        {
            before[axis] = Math.Max(widths[axis - first].Before, 0);
            sizes[axis] = Shape.Size((long)sizes[axis] + before[axis] + Math.Max(widths[axis - first].After, 0), "pad");
        }

        return Shape.AsSpan().SequenceEqual(sizes) ? this : Ops.Pad.Apply(this, new PadArgs(before, Shape.Adopt(sizes), value));
    }

    // Joined from views, so that each element is copied once for each axis that is extended.
    private Tensor Extend(int axis, int before, int after, PadMode mode)
    {
        if (before == 0 && after == 0) return this;
        var size = Shape[axis];
        var most = mode switch { PadMode.Reflect => size - 1, PadMode.Circular => size, _ => size == 0 ? 0 : int.MaxValue };
        if (before > most || after > most)
        {
            throw new GradusException($"pad: ({before}, {after}) around axis {axis} of {Describe()}; {mode} can add at most {Math.Max(most, 0)}.");
        }

        var (left, right) = mode switch
        {
            PadMode.Reflect => (Slice(axis, 1, before).Flip(axis), Slice(axis, size - 1 - after, after).Flip(axis)),
            PadMode.Circular => (Slice(axis, size - before, before), Slice(axis, 0, after)),
            _ => (Slice(axis, 0, 1).Expand(With(Shape, axis, before)), Slice(axis, size - 1, 1).Expand(With(Shape, axis, after))),
        };
        return Concat([left, this, right], axis);
    }
}
