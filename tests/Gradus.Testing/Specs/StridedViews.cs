using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What Ops.StridedViews and the methods over it must do.</summary>
internal static class StridedViews
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
        OpSpec.General(Ops.Flip, [Flipped([4], 0), Flipped([2, 3], 1), Flipped([2, 3, 2], 0, 2), Flipped([0, 2], 0), Flipped([])], OpSpec.AllTypes,
            misuses:
            [
                new("an axis twice", static () => Tensor.Ones([2, 3]).Flip(1, -1), "flip: axis 1 is named twice."),
                new("no such axis", static () => Tensor.Ones([2]).Flip(2), "flip: axis 2 is out of range for [2]; use -1 … 0."),
            ]),
        OpSpec.General(Ops.Diagonal,
            [
                Diagonal([3, 3], 0, 0, 1), Diagonal([2, 4], 1, 0, 1), Diagonal([4, 2], -2, 0, 1), Diagonal([2, 3, 4], -1, 2, 0), Diagonal([2, 3, 3], 1, 1, 2),
                Diagonal([2, 3], 5, 0, 1), Diagonal([2, 3], -5, 0, 1),
            ], OpSpec.AllTypes,
            misuses:
            [
                new("an axis with itself", static () => Tensor.Ones([2, 2]).Diagonal(0, 1, -1), "diagonal: axis 1 with itself; name two axes."),
                new("a vector", static () => Tensor.Ones([2]).Diagonal(), "diagonal: axis 1 is out of range for [2]; use -1 … 0."),
            ]),
        OpSpec.General(Ops.DiagonalEmbed,
            [Embedded([3], 0, -2, -1), Embedded([2], 2, -2, -1), Embedded([2, 2], -1, -2, -1), Embedded([3, 2], 1, 2, 0)], OpSpec.AllTypes,
            misuses:
            [
                new("a scalar", static () => Tensor.Scalar(1f).DiagEmbed(), "diagEmbed: a scalar has no axis to lay on a diagonal."),
                new("an axis with itself", static () => Tensor.Ones([2]).DiagEmbed(0, 0, 0), "diagEmbed: axis 0 with itself; name two axes."),
                new("neither vector nor matrix", static () => Tensor.Ones([1, 1, 1]).Diag(),
                    "diag: f32[1,1,1] is neither a vector nor a matrix. Use Diagonal or DiagEmbed."),
            ]),
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
        Composite.Spec("Tril", [Triangle([3, 3], 0, true), Triangle([2, 2, 4], 1, true), Triangle([4, 2], -1, true)], OpSpec.AllTypes,
            misuses: [new("a vector", static () => Tensor.Ones([2]).Tril(), "tril: f32[2] has no rows and columns; expected at least two axes.")]),
        Composite.Spec("Triu", [Triangle([3, 3], 0, false), Triangle([2, 2, 4], 1, false), Triangle([4, 2], -1, false)], OpSpec.AllTypes,
            misuses: [new("a vector", static () => Tensor.Ones([2]).Triu(), "triu: f32[2] has no rows and columns; expected at least two axes.")]),
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

    private static Case Flipped(int[] shape, params int[] axes) => Case.Of(Ops.Flip, new FlipArgs(axes), Any(shape), x =>
        Placing.From(x, shape, at => [.. at.Select((place, axis) => axes.Contains(axis) ? shape[axis] - 1 - place : place)]));

    private static Case Diagonal(int[] shape, int offset, int axis0, int axis1) =>
        Case.Of(Ops.Diagonal, new DiagonalArgs(offset, axis0, axis1), Any(shape), x =>
        {
            var length = Enumerable.Range(0, shape[axis0]).Count(row => row + offset >= 0 && row + offset < shape[axis1]);
            int[] rest = [.. Enumerable.Range(0, shape.Length).Where(axis => axis != axis0 && axis != axis1)];
            return Placing.From(x, [.. rest.Select(axis => shape[axis]), length], at =>
            {
                var from = new int[shape.Length];
                for (var axis = 0; axis < rest.Length; axis++) from[rest[axis]] = at[axis];
                from[axis0] = at[^1] + Math.Max(-offset, 0);
                from[axis1] = from[axis0] + offset;
                return from;
            });
        });

    private static Case Embedded(int[] shape, int offset, int axis0, int axis1)
    {
        var rank = shape.Length + 1;
        var (row, column) = ((axis0 + rank) % rank, (axis1 + rank) % rank);
        var side = shape[^1] + Math.Abs(offset);
        int[] others = [.. Enumerable.Range(0, rank).Where(axis => axis != row && axis != column)];
        var into = new int[rank];
        (into[row], into[column]) = (side, side);
        for (var axis = 0; axis < others.Length; axis++) into[others[axis]] = shape[axis];
        return Case.Of(Ops.DiagonalEmbed, new EmbedDiagonalArgs(new DiagonalArgs(offset, row, column), [.. into]), Any(shape), x => NArray.Build(into, at =>
            at[column] - at[row] == offset ? x[[.. others.Select(axis => at[axis]), Math.Min(at[row], at[column])]] : 0)) with
        {
            Apply = inputs => [inputs[0].DiagEmbed(offset, axis0, axis1)],
        };
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

    private static Case Triangle(int[] shape, int diagonal, bool isLower) =>
        Composite.Use($"{diagonal}", Any(shape), x => isLower ? x.Tril(diagonal) : x.Triu(diagonal), x =>
            NArray.Build(shape, at => (isLower ? at[^1] - at[^2] <= diagonal : at[^1] - at[^2] >= diagonal) ? x[at] : 0));

    private static Input Any(int[] shape) => new(shape, Domain.Plain);
}
