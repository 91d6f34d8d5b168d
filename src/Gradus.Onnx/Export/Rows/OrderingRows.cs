namespace Gradus.Onnx;

/// <summary>Sorting and searching.</summary>
internal static class OrderingRows
{
    public static readonly ExportRow[] All =
    [
        ExportRow.Of(Ops.Sort, static (call, args) => Greatest(call, args.Axis, call.Sizes()[args.Axis], args.Descending)),
        ExportRow.Sized(Ops.TopK, static (call, first, second) => Greatest(call, first.Axis, new Extent(first.Count, second.Count), first.Largest)),
        ExportRow.Of(Ops.SearchSorted, Search),
    ];

    private static void Greatest(ExportCall call, int axis, Extent count, bool largest)
    {
        var both = call.AddMany("TopK", [call[0], call.Vector(count)], 2, Attributes.Int("axis", axis), Attributes.Int("largest", largest ? 1 : 0));
        call.Give(both[0]);
        call.Give(both[1], 1);
    }

    // As many places as there are elements before a value.
    private static void Search(ExportCall call, bool isAfterEqual)
    {
        var line = call.Add("Unsqueeze", [call[0], call.Whole(-2)]);
        var values = call.Add("Unsqueeze", [call[1], call.Whole(-1)]);
        var isBefore = call.Add(isAfterEqual ? "LessOrEqual" : "Less", [line, values]);
        call.Give(call.Reduce("ReduceSum", call.Cast(isBefore, DType.Int64), keepDim: false, -1));
    }
}
