using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What Ops.Padding, and the other ways of extending a tensor, must do.</summary>
internal static class Padding
{
    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.General(Ops.Pad,
            [
                Padded([3], [(1, 2)]), Padded([2, 3], [(0, 1), (2, 0)]), Padded([2, 2, 2], [(1, 1)]), Padded([4, 3], [(-1, 1), (2, -2)]),
                Padded([0], [(1, 1)]), Padded([3], [(-3, 0)]),
            ], OpSpec.AllTypes,
            misuses:
            [
                new("too many axes", static () => Tensor.Ones([2]).Pad([(1, 1), (1, 1)]), "pad: widths for 2 axes of f32[2], which has 1."),
                new("more cut off than there is", static () => Tensor.Ones([2]).Pad([(-2, -1)]), "pad: (-2, -1) cuts more off axis 0 of f32[2] than there is."),
                new("too far a reflection", static () => Tensor.Ones([3]).Pad([(3, 0)], PadMode.Reflect),
                    "pad: (3, 0) around axis 0 of f32[3]; Reflect can add at most 2."),
                new("too far around", static () => Tensor.Ones([3]).Pad([(0, 4)], PadMode.Circular),
                    "pad: (0, 4) around axis 0 of f32[3]; Circular can add at most 3."),
                new("nothing to repeat", static () => Tensor.Ones([0]).Pad([(0, 4)], PadMode.Replicate),
                    "pad: (0, 4) around axis 0 of f32[0]; Replicate can add at most 0."),
            ]),
        OpSpec.General(Ops.Crop, [Cropped([5], [1], [3]), Cropped([4, 3], [2, 0], [2, 2]), Cropped([2, 2], [0, 2], [2, 0])], OpSpec.AllTypes),
        Composite.Spec("PadReflect", [Extended([4], [(3, 2)], PadMode.Reflect), Extended([3, 4], [(1, 0), (0, 3)], PadMode.Reflect),
            Extended([2, 4], [(-1, 2)], PadMode.Reflect)], OpSpec.AllTypes),
        Composite.Spec("PadReplicate", [Extended([4], [(5, 2)], PadMode.Replicate), Extended([3, 2], [(1, 0), (0, 3)], PadMode.Replicate)], OpSpec.AllTypes),
        Composite.Spec("PadCircular", [Extended([4], [(4, 2)], PadMode.Circular), Extended([3, 2], [(1, 0), (2, 1)], PadMode.Circular)], OpSpec.AllTypes),
    ];

    private static Case Padded(int[] shape, (int Before, int After)[] widths)
    {
        var all = Widths(shape, widths);
        int[] into = [.. shape.Zip(all, static (size, width) => size + width.Before + width.After)];
        return Case.Of(Ops.Pad, new PadArgs([.. all.Select(static width => Math.Max(width.Before, 0))], [.. into], 1), Any(shape), x =>
            Placing.FromOr(x, into, at => [.. at.Zip(all, static (place, width) => place - width.Before)], 1)) with
        {
            Apply = inputs => [inputs[0].Pad(widths, value: 1)],
        };
    }

    private static Case Cropped(int[] shape, int[] before, int[] into) => Case.Of(Ops.Crop, new CropArgs(before, [.. into]), Any(shape), x =>
        Placing.From(x, into, at => [.. at.Zip(before, static (place, start) => place + start)]));

    private static Case Extended(int[] shape, (int Before, int After)[] widths, PadMode mode)
    {
        var all = Widths(shape, widths);
        int[] into = [.. shape.Zip(all, static (size, width) => size + width.Before + width.After)];
        return Composite.Use(string.Join(" ", widths), Any(shape), x => x.Pad(widths, mode), x =>
            Placing.From(x, into, at => [.. at.Select((place, axis) => Inside(place - all[axis].Before, shape[axis], all[axis], mode))]));
    }

    // What is cut off is gone before the rest is extended.
    private static int Inside(int place, int size, (int Before, int After) width, PadMode mode)
    {
        int low = Math.Max(-width.Before, 0), high = size - 1 - Math.Max(-width.After, 0);
        return mode switch
        {
            PadMode.Reflect => place < low ? (2 * low) - place : place > high ? (2 * high) - place : place,
            PadMode.Replicate => Math.Clamp(place, low, high),
            _ => place < low ? place + size : place > high ? place - size : place,
        };
    }

    private static (int Before, int After)[] Widths(int[] shape, (int Before, int After)[] widths) =>
        [.. Enumerable.Repeat((0, 0), shape.Length - widths.Length), .. widths];

    private static Input Any(int[] shape) => new(shape, Domain.Plain);
}
