namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>All windows of a size along an axis, a view: the axis becomes that of the windows, the positions inside one are a new last axis.</summary>
    /// <param name="axis">The axis, of n positions.</param>
    /// <param name="size">Positions of a window.</param>
    /// <param name="step">How far apart the windows begin.</param>
    /// <remarks>[…, n, …] → […, ⌊(n − size) / step⌋ + 1, …, size]. Where windows overlap their gradients are added.</remarks>
    /// <exception cref="GradusException">The axis is shorter than a window, or the size or step is not positive.</exception>
    public Tensor Unfold(int axis, int size, int step = 1)
    {
        var args = new UnfoldArgs(Shape.Axis(axis, "unfold"), size, step, 1);
        Check(args, Shape[args.Axis], "unfold");
        return Ops.Unfold.Apply(this, args);
    }

    /// <summary>The patches of images under a sliding window, as columns (im2col): what a convolution multiplies its weight with.</summary>
    /// <param name="kernel">Height and width of a window.</param>
    /// <param name="stride">How far apart the windows begin; 1, by default.</param>
    /// <param name="padding">Zeros around the image.</param>
    /// <param name="dilation">How far apart the positions of a window are; 1, by default.</param>
    /// <remarks>
    /// [images, channels, height, width] → [images, channels · kernel height · kernel width, windows], windows in row-major order. PyTorch's nn.Unfold.
    /// </remarks>
    /// <exception cref="GradusException">This is not a batch of images, or they are smaller than a window.</exception>
    public Tensor Unfold2d(Size2 kernel, Size2? stride = null, Size2 padding = default, Size2? dilation = null)
    {
        if (Rank != 4) throw new GradusException($"unfold2d: the input is {Describe()}, expected [images, channels, height, width].");
        if (!padding.IsAtLeast(0)) throw new GradusException($"unfold2d: a padding of {padding}; it must not be negative.");
        var (rows, columns) = Windows2d(kernel, stride, dilation);
        var padded = Pad([(padding.Height, padding.Height), (padding.Width, padding.Width)]);
        Check(rows, padded.Shape[2], "unfold2d");
        Check(columns, padded.Shape[3], "unfold2d");
        // [images, channels, kernel height, down, width], so that the gradient too is added up along whole rows of the image.
        var bands = Ops.Unfold.Apply(padded, rows).MoveAxis(-1, 2);
        var windows = Ops.Unfold.Apply(bands, columns with { Axis = 4 }).MoveAxis(-1, 3);
        return windows.Reshape(
            Shape[0], Shape.Size((long)Shape[1] * kernel.Height * kernel.Width, "unfold2d"),
            Shape.Size((long)windows.Shape[4] * windows.Shape[5], "unfold2d"));
    }

    /// <summary>
    /// Images from patches (col2im): each patch is added where <see cref="Unfold2d"/> had taken it from. The adjoint of that, not its inverse: where windows
    /// overlap they add up.
    /// </summary>
    /// <param name="size">Height and width of the images.</param>
    /// <param name="kernel">Height and width of a window.</param>
    /// <param name="stride">How far apart the windows begin; 1, by default.</param>
    /// <param name="padding">Zeros that had been around the image.</param>
    /// <param name="dilation">How far apart the positions of a window are; 1, by default.</param>
    /// <remarks>[images, channels · kernel height · kernel width, windows] → [images, channels, height, width]. PyTorch's nn.Fold.</remarks>
    /// <exception cref="GradusException">The shape is not that of such patches.</exception>
    public Tensor Fold2d(Size2 size, Size2 kernel, Size2? stride = null, Size2 padding = default, Size2? dilation = null)
    {
        if (!padding.IsAtLeast(0)) throw new GradusException($"fold2d: a padding of {padding}; it must not be negative.");
        var (rows, columns) = Windows2d(kernel, stride, dilation);
        if (!size.IsAtLeast(0) || !kernel.IsAtLeast(1))
        {
            throw new GradusException($"fold2d: images of {size} under windows of {kernel}; a window has at least one position.");
        }

        int height = Shape.Size(size.Height + (2L * padding.Height), "fold2d"), width = Shape.Size(size.Width + (2L * padding.Width), "fold2d"),
            area = Shape.Size((long)kernel.Height * kernel.Width, "fold2d");
        Check(rows, height, "fold2d");
        Check(columns, width, "fold2d");
        int down = rows.Windows(height), across = columns.Windows(width);
        if (Rank != 3 || Shape[1] % area != 0 || Shape[2] != (long)down * across)
        {
            throw new GradusException(
                $"fold2d: the input is {Describe()}, expected [images, channels · {area}, {(long)down * across}] " +
                $"for images of {size} under windows of {kernel}.");
        }

        var channels = Shape[1] / area;
        var windows = Reshape(Shape[0], channels, kernel.Height, kernel.Width, down, across).MoveAxis(3, -1);
        var bands = Ops.OverlapAdd.Apply(windows, new OverlapArgs(columns with { Axis = 4 }, [Shape[0], channels, kernel.Height, down, width]));
        var padded = Ops.OverlapAdd.Apply(bands.MoveAxis(2, -1), new OverlapArgs(rows, [Shape[0], channels, height, width]));
        return padded.Slice(2, padding.Height, size.Height).Slice(3, padding.Width, size.Width);
    }

    private static (UnfoldArgs Rows, UnfoldArgs Columns) Windows2d(Size2 kernel, Size2? stride, Size2? dilation)
    {
        var (step, apart) = (stride ?? 1, dilation ?? 1);
        return (new(2, kernel.Height, step.Height, apart.Height), new(3, kernel.Width, step.Width, apart.Width));
    }

    private static void Check(UnfoldArgs args, int size, string operation)
    {
        if (args.Size < 1 || args.Step < 1 || args.Dilation < 1)
        {
            throw new GradusException($"{operation}: windows of {args.Size} positions {args.Dilation} apart, every {args.Step}; all must be at least 1.");
        }

        if (args.Windows(size) < 1)
        {
            throw new GradusException(
                $"{operation}: axis {args.Axis} has {size} positions, too few for a window of {args.Size} that are {args.Dilation} apart.");
        }
    }
}
