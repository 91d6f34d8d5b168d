using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What Ops.SlidingWindows, and the patches of images, must do.</summary>
internal static class SlidingWindows
{
    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.General(Ops.Unfold,
            [
                Unfolded([5], new(0, 3, 1, 1)), Unfolded([7, 2], new(0, 2, 3, 1)), Unfolded([2, 9], new(1, 3, 2, 2)), Unfolded([2, 3, 2], new(1, 3, 1, 1)),
                Unfolded([0, 4], new(1, 2, 1, 1)),
            ], OpSpec.AllTypes,
            misuses:
            [
                new("too short", static () => Tensor.Ones([2, 3]).Unfold(1, 4), "unfold: axis 1 has 3 positions, too few for a window of 4 that are 1 apart."),
                new("no step", static () => Tensor.Ones([3]).Unfold(0, 2, 0), "unfold: windows of 2 positions 1 apart, every 0; all must be at least 1."),
                new("no such axis", static () => Tensor.Ones([3]).Unfold(1, 2), "unfold: axis 1 is out of range for [3]; use -1 … 0."),
            ]),
        OpSpec.General(Ops.OverlapAdd,
            [Overlapped([3, 3], new(0, 3, 1, 1), [5]), Overlapped([2, 2, 2], new(0, 2, 3, 1), [7, 2]), Overlapped([2, 3, 3], new(1, 3, 2, 2), [2, 9])],
            large: [Overlapped([20, 300, 16], new(1, 16, 2, 1), [20, 614])],
            misuses: [new("bool", static () => Tensor.Zeros([1, 4, 1], DType.Bool).Fold2d(2, 2), "overlapAdd: bool has no arithmetic.")]),
        Composite.Spec("Unfold2d",
            [Patches([2, 2, 4, 5], (2, 3), 1, 0, 1), Patches([1, 1, 5, 5], 3, 2, 1, 1), Patches([1, 2, 5, 6], 2, 1, (0, 2), (2, 3))],
            misuses:
            [
                new("no images", static () => Tensor.Ones([3, 3]).Unfold2d(2), "unfold2d: the input is f32[3,3], expected [images, channels, height, width]."),
                new("too small", static () => Tensor.Ones([1, 1, 3, 3]).Unfold2d(4), "unfold2d: axis 2 has 3 positions, too few for a window of 4"),
                new("a negative padding", static () => Tensor.Ones([1, 1, 3, 3]).Unfold2d(2, padding: -1),
                    "unfold2d: a padding of -1×-1; it must not be negative."),
            ]),
        Composite.Spec("Fold2d",
            [Images([2, 12, 9], (4, 5), (2, 3), 1, 0, 1), Images([1, 9, 9], 5, 3, 2, 1, 1), Images([1, 8, 21], (5, 6), 2, 1, (0, 2), (2, 3))],
            misuses: [new("other windows", static () => Tensor.Ones([1, 4, 5]).Fold2d(3, 2),
                "fold2d: the input is f32[1,4,5], expected [images, channels · 4, 4] for images of 3×3 under windows of 2×2.")]),
    ];

    private static Case Unfolded(int[] shape, UnfoldArgs args) => Case.Of(Ops.Unfold, args, Any(shape), x =>
        Placing.From(x, [.. NArray.With(shape, args.Axis, Count(shape[args.Axis], args)), args.Size],
            at => NArray.With(at[..^1], args.Axis, (at[args.Axis] * args.Step) + (at[^1] * args.Dilation))));

    private static Case Overlapped(int[] shape, UnfoldArgs args, int[] into) => Case.Of(Ops.OverlapAdd, new OverlapArgs(args, [.. into]), Any(shape), x =>
        Adding.At(into, NArray.Positions(shape).Select(at =>
            (NArray.With(at[..^1], args.Axis, (at[args.Axis] * args.Step) + (at[^1] * args.Dilation)), x[at]))));

    // By counting: windows are placed until one does not fit.
    private static int Count(int size, UnfoldArgs args)
    {
        var count = 0;
        while ((count * args.Step) + ((args.Size - 1) * args.Dilation) < size) count++;
        return count;
    }

    private static Case Patches(int[] shape, Size2 kernel, Size2 stride, Size2 padding, Size2 dilation)
    {
        var (down, across) = Windows(shape[2], shape[3], kernel, stride, padding, dilation);
        int[] into = [shape[0], shape[1] * kernel.Height * kernel.Width, down * across];
        return Composite.Use($"{kernel} {stride} {padding} {dilation}", Any(shape), x => x.Unfold2d(kernel, stride, padding, dilation), x =>
            Placing.FromOr(x, into, at => Source(at, across, kernel, stride, padding, dilation), 0));
    }

    private static Case Images(int[] shape, Size2 size, Size2 kernel, Size2 stride, Size2 padding, Size2 dilation)
    {
        var (_, across) = Windows(size.Height, size.Width, kernel, stride, padding, dilation);
        int[] into = [shape[0], shape[1] / (kernel.Height * kernel.Width), size.Height, size.Width];
        return Composite.Use($"{size} {kernel} {stride} {padding} {dilation}", Any(shape), x => x.Fold2d(size, kernel, stride, padding, dilation), x =>
            Adding.At(into, NArray.Positions(shape).Select(at => (Source(at, across, kernel, stride, padding, dilation), x[at]))
                .Where(term => term.Item1[2] >= 0 && term.Item1[2] < size.Height && term.Item1[3] >= 0 && term.Item1[3] < size.Width)));
    }

    private static (int Down, int Across) Windows(int height, int width, Size2 kernel, Size2 stride, Size2 padding, Size2 dilation) =>
        (Count(height + (2 * padding.Height), new(0, kernel.Height, stride.Height, dilation.Height)),
            Count(width + (2 * padding.Width), new(0, kernel.Width, stride.Width, dilation.Width)));

    /// <summary>Which pixel stands at a position of the matrix of patches.</summary>
    private static int[] Source(int[] at, int across, Size2 kernel, Size2 stride, Size2 padding, Size2 dilation)
    {
        var (channel, tap) = Math.DivRem(at[1], kernel.Height * kernel.Width);
        return
        [
            at[0], channel, (at[2] / across * stride.Height) + (tap / kernel.Width * dilation.Height) - padding.Height,
            (at[2] % across * stride.Width) + (tap % kernel.Width * dilation.Width) - padding.Width,
        ];
    }

    private static Input Any(int[] shape) => new(shape, Domain.Plain);
}
