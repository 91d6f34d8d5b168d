namespace Gradus.Testing.Naive;

/// <summary>Operators that only move elements, position by position.</summary>
internal static class Moving
{
    public static NArray Permute(NArray x, int[] order) => NArray.Build([.. order.Select(axis => x.Shape[axis])], position =>
    {
        var from = new int[order.Length];
        for (var axis = 0; axis < order.Length; axis++) from[order[axis]] = position[axis];
        return x[from];
    });

    public static NArray Slice(NArray x, SliceArgs args) => NArray.Build(NArray.With(x.Shape, args.Axis, args.Length), position =>
        x[NArray.With(position, args.Axis, args.Start + (position[args.Axis] * args.Step))]);

    public static NArray Select(NArray x, int axis, int index) => NArray.Build(NArray.Without(x.Shape, axis), position =>
        x[[.. position[..axis], index, .. position[axis..]]]);

    public static NArray Embed(NArray x, SliceArgs slice, int[] into) => NArray.Build(into, position =>
    {
        var (place, rest) = Math.DivRem(position[slice.Axis] - slice.Start, slice.Step);
        return rest == 0 && place >= 0 && place < slice.Length && position[slice.Axis] >= slice.Start ? x[NArray.With(position, slice.Axis, place)] : 0;
    });

    public static NArray Concat(NArray[] parts, int axis) => NArray.Build(NArray.With(parts[0].Shape, axis, parts.Sum(part => part.Shape[axis])), position =>
    {
        var at = position[axis];
        foreach (var part in parts)
        {
            if (at < part.Shape[axis]) return part[NArray.With(position, axis, at)];
            at -= part.Shape[axis];
        }

        throw new InvalidOperationException("Past the end.");
    });
}
