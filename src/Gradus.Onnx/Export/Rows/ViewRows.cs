using Gradus.Operators;

namespace Gradus.Onnx;

/// <summary>Other shapes and orders, parts, joins and borders.</summary>
internal static class ViewRows
{
    public static readonly ExportRow[] All =
    [
        ExportRow.Sized(Ops.Reshape, static (call, _, _) => call.Give(call.Reshape(call[0], call.Sizes(), call.OutputSizes()))),
        ExportRow.Of(Ops.Permute, static (call, args) => call.Give(call.Transpose(call[0], args.Order))),
        ExportRow.Of(Ops.Identity, static (call, _) => call.Give(call[0])),
        ExportRow.Sized(Ops.Expand, static (call, _, _) => call.Give(call.Add("Expand", [call[0], call.Vector(call.OutputSizes())]))),
        ExportRow.Sized(Ops.Slice, Slice),
        ExportRow.Sized(Ops.Select, static (call, first, second) =>
        {
            var index = new Extent(first.Index, second.Index);
            call.Give(call.Add("Gather", [call[0], call.Size(index, DType.Int64)], Attributes.Int("axis", first.Axis)));
        }),
        ExportRow.Of(Ops.Flip, static (call, args) => call.Give(call.Add("Slice", [
            call[0], call.Whole([.. args.Axes.Select(static _ => -1L)]), call.Whole([.. args.Axes.Select(static _ => long.MinValue)]),
            call.Whole([.. args.Axes.Select(static axis => (long)axis)]), call.Whole([.. args.Axes.Select(static _ => -1L)])]))),
        ExportRow.Of(Ops.Concat, static (call, axis) => call.One("Concat", Attributes.Int("axis", axis))),
        ExportRow.Sized(Ops.Split, Split),
        ExportRow.Sized(Ops.Pad, static (call, first, second) =>
            call.Give(Pad(call, call[0], Extent.Of(first.Before, second.Before), call.OutputSizes(), call.Number(first.Value)))),
        ExportRow.Sized(Ops.Crop, static (call, first, second) =>
        {
            var before = Extent.Of(first.Before, second.Before);
            var ends = before.Zip(call.OutputSizes(), static (start, size) => start + size).ToArray();
            call.Give(call.Add("Slice", [call[0], call.Vector(before), call.Vector(ends)]));
        }),
        ExportRow.Sized(Ops.Embed, Embed),
    ];

    private static void Slice(ExportCall call, SliceArgs first, SliceArgs second)
    {
        var start = new Extent(first.Start, second.Start);
        var last = new Extent(first.Start + ((first.Length - 1) * first.Step), second.Start + ((second.Length - 1) * second.Step));
        if (first.Length == 0 || second.Length == 0) last = start - 1;
        if (start == 0 && first.Step == 1 && last + 1 == call.Sizes()[first.Axis])
        {
            call.Give(call[0]);
            return;
        }

        // Backwards, the end before the first position has no other name.
        var end = first.Step > 0 ? last + 1 : last == 0 ? int.MinValue : last - 1;
        call.Give(call.Add("Slice", [call[0], call.Vector(start), call.Vector(end), call.Whole(first.Axis), call.Whole(first.Step)]));
    }

    private static void Split(ExportCall call, SplitArgs first, SplitArgs second)
    {
        var pieces = call.AddMany(
            "Split", [call[0], call.Vector(Extent.Of(first.Sizes, second.Sizes))], first.Sizes.Length, Attributes.Int("axis", first.Axis));
        for (var piece = 0; piece < pieces.Length; piece++) call.Give(pieces[piece], piece);
    }

    private static string Pad(ExportCall call, string x, Extent[] before, Extent[] sizes, string value)
    {
        var after = new Extent[before.Length];
        for (var axis = 0; axis < after.Length; axis++) after[axis] = sizes[axis] - call.Sizes()[axis] - before[axis];
        return call.Add("Pad", [x, call.Vector([.. before, .. after]), value]);
    }

    // Zeros around the slice, and between its positions where they are apart.
    private static void Embed(ExportCall call, EmbedArgs first, EmbedArgs second)
    {
        if (first.Slice.Step != 1) throw call.Fault("puts a slice with steps into zeros, for which ONNX has no operator");
        var before = new Extent[call.Rank()];
        before[first.Slice.Axis] = new Extent(first.Slice.Start, second.Slice.Start);
        call.Give(Pad(call, call[0], before, call.OutputSizes(), call.Number(0)));
    }
}
