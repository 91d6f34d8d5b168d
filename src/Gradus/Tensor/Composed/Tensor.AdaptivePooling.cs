namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>
    /// Means over windows chosen so that the result has a given height and width: window i of n covers positions ⌊i·H / n⌋ to ⌈(i + 1)·H / n⌉.
    /// </summary>
    /// <param name="size">The height and width of the result.</param>
    /// <exception cref="GradusException">The input is not [N, C, H, W], or a size is not positive.</exception>
    public Tensor AdaptiveAvgPool2d(Size2 size)
    {
        ExpectAdaptive("adaptiveAvgPool2d", size);
        if (size == 1) return Mean([2, 3], keepDim: true);
        if (Divides(size)) return AvgPool2d((Shape[2] / size.Height, Shape[3] / size.Width));
        // The mean over a rectangle is the mean over its rows of the means over its columns.
        return AdaptAlong(2, size.Height, static (x, axis) => x.Mean(axis, keepDim: true))
            .AdaptAlong(3, size.Width, static (x, axis) => x.Mean(axis, keepDim: true));
    }

    /// <summary>Means over windows chosen so that the result has a given length: [N, C, L] → [N, C, size].</summary>
    /// <param name="size">The length of the result.</param>
    /// <exception cref="GradusException">The input is not [N, C, L], or a size is not positive.</exception>
    public Tensor AdaptiveAvgPool1d(int size) => Flat("adaptiveAvgPool1d").AdaptiveAvgPool2d((1, size)).Squeeze(2);

    /// <summary>
    /// Maxima over windows chosen so that the result has a given height and width: window i of n covers positions ⌊i·H / n⌋ to ⌈(i + 1)·H / n⌉. The
    /// gradient goes to the first of equal elements.
    /// </summary>
    /// <param name="size">The height and width of the result.</param>
    /// <exception cref="GradusException">The input is not [N, C, H, W], or a size is not positive.</exception>
    public Tensor AdaptiveMaxPool2d(Size2 size)
    {
        ExpectAdaptive("adaptiveMaxPool2d", size);
        if (Divides(size)) return MaxPool2d((Shape[2] / size.Height, Shape[3] / size.Width));
        // Columns before rows, so that of equal elements the first in the order of rows is chosen, as in MaxPool2d.
        return AdaptAlong(3, size.Width, static (x, axis) => x.Max(axis, keepDim: true).Value)
            .AdaptAlong(2, size.Height, static (x, axis) => x.Max(axis, keepDim: true).Value);
    }

    /// <summary>
    /// Maxima over windows chosen so that the result has a given length: [N, C, L] → [N, C, size]. The gradient goes to the first of equal elements.
    /// </summary>
    /// <param name="size">The length of the result.</param>
    /// <exception cref="GradusException">The input is not [N, C, L], or a size is not positive.</exception>
    public Tensor AdaptiveMaxPool1d(int size) => Flat("adaptiveMaxPool1d").AdaptiveMaxPool2d((1, size)).Squeeze(2);

    /// <summary>Means over windows chosen so that the result has a given size: [N, C, D, H, W] → [N, C, depth, height, width].</summary>
    /// <param name="size">The depth, height and width of the result.</param>
    /// <exception cref="GradusException">The input is not [N, C, D, H, W], or a size is not positive.</exception>
    public Tensor AdaptiveAvgPool3d(Size3 size) =>
        Adapt3d("adaptiveAvgPool3d", size, static (x, plane) => x.AdaptiveAvgPool2d(plane), static (x, axis) => x.Mean(axis, keepDim: true));

    /// <summary>
    /// Maxima over windows chosen so that the result has a given size: [N, C, D, H, W] → [N, C, depth, height, width]. The gradient goes to the first of
    /// equal elements.
    /// </summary>
    /// <param name="size">The depth, height and width of the result.</param>
    /// <exception cref="GradusException">The input is not [N, C, D, H, W], or a size is not positive.</exception>
    public Tensor AdaptiveMaxPool3d(Size3 size) =>
        Adapt3d("adaptiveMaxPool3d", size, static (x, plane) => x.AdaptiveMaxPool2d(plane), static (x, axis) => x.Max(axis, keepDim: true).Value);

    /// <summary>The planes first, then the depth, so that of equal elements the first is chosen.</summary>
    private Tensor Adapt3d(string operation, Size3 size, Func<Tensor, Size2, Tensor> planes, Func<Tensor, int, Tensor> fold)
    {
        if (Rank != 5 || !size.IsAtLeast(1) || Shape[2] < 1 || Shape[3] < 1 || Shape[4] < 1)
        {
            throw new GradusException(
                $"{operation}: the input is {Describe()}, the result {size}; expected [samples, channels, depth, height, width] and a size, none of them 0.");
        }

        BufferPool.Demand((long)size.Depth * DType.Size);
        return planes(Slices(operation), size.Plane).Reshape(Shape[0], Shape[1], Shape[2], size.Height, size.Width).AdaptAlong(2, size.Depth, fold);
    }

    private bool Divides(Size2 size) => Shape[2] % size.Height == 0 && Shape[3] % size.Width == 0;

    private void ExpectAdaptive(string operation, Size2 size)
    {
        if (Rank != 4 || !size.IsAtLeast(1) || Shape[2] < 1 || Shape[3] < 1)
        {
            throw new GradusException(
                $"{operation}: the input is {Describe()}, the result {size}; expected [images, channels, height, width] and a size, none of them 0.");
        }

        BufferPool.Demand((long)size.Height * size.Width * DType.Size);
    }

    /// <summary>One axis folded to a number of positions, window by window.</summary>
    private Tensor AdaptAlong(int axis, int count, Func<Tensor, int, Tensor> fold)
    {
        var length = (long)Shape[axis];
        var parts = new Tensor[count];
        for (var index = 0; index < count; index++)
        {
            int first = (int)(index * length / count), last = (int)((((index + 1) * length) + count - 1) / count);
            parts[index] = fold(Slice(axis, first, last - first), axis);
        }

        return Concat(parts, axis);
    }
}
