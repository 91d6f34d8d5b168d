using Gradus.Operators;

namespace Gradus.Onnx;

/// <summary>Elements and slices at places that are computed.</summary>
internal static class IndexingRows
{
    private const int FirstThatAdds = 16, FirstWithExtremes = 18;

    public static readonly ExportRow[] All =
    [
        ExportRow.Of(Ops.Gather, static (call, axis) => call.One("GatherElements", Attributes.Int("axis", axis))),
        ExportRow.Of(Ops.IndexSelect, static (call, axis) => call.One("Gather", Attributes.Int("axis", axis))),
        ExportRow.Sized(Ops.Positions, static (call, first, second) =>
        {
            var size = first.FromEnd ? call.Size(new Extent(first.Size, second.Size), call.Type()) : "";
            call.Give(first.FromEnd
                ? call.Add("Where", [call.Add("Less", [call[0], call.Number(0)]), call.Add("Add", [call[0], size]), call[0]])
                : call[0]);
        }),
        ExportRow.Sized(Ops.Unravel, static (call, first, second) => Unravel(call, Extent.Of(first.AsSpan(), second.AsSpan()))),
        ExportRow.Sized(Ops.ScatterAdd, static (call, first, _) =>
            call.Give(Elements(call, Zeros(call), call[1], call[0], first.Axis, "add", FirstThatAdds))),
        ExportRow.Sized(Ops.IndexAdd, static (call, first, _) => call.Give(AddSlices(call, first.Axis))),
        ExportRow.Of(Ops.IndexCopy, static (call, axis) => call.Give(Elements(call, call[0], Along(call, call[1], 2, axis), call[2], axis, "none", 0))),
        ExportRow.Of(Ops.ScatterCombine, Combine),
        ExportRow.Of(Ops.Diagonal, Diagonal),
    ];

    private static string Zeros(ExportCall call) => call.Add("Expand", [call.Number(0, call.OutputType()), call.Vector(call.OutputSizes())]);

    private static string Elements(ExportCall call, string x, string index, string source, int axis, string reduction, int since)
    {
        if (call.Opset < since) throw call.Fault(FormattableString.Invariant($"needs opset {since}, where ScatterElements can do it"));
        return reduction == "none"
            ? call.Add("ScatterElements", [x, index, source], Attributes.Int("axis", axis))
            : call.Add("ScatterElements", [x, index, source], Attributes.Int("axis", axis), Attributes.Text("reduction", reduction));
    }

    // Before slices could be added, they are by a product with a matrix that has a 1 wherever a slice goes.
    private static string AddSlices(ExportCall call, int axis)
    {
        if (call.Opset >= FirstThatAdds) return Elements(call, Zeros(call), Along(call, call[1], 0, axis), call[0], axis, "add", FirstThatAdds);
        int[] order = [.. Enumerable.Range(0, call.Rank()).Where(other => other != axis), axis];
        var slices = call.OutputSizes()[axis] is { IsFixed: true } size
            ? size.First
            : throw call.Fault("needs opset 16 where slices are added along the batch");
        var isThere = call.Add("Equal", [call.Add("Unsqueeze", [call[1], call.Whole(-1)]), call.Constant(Tensor.Arange(slices).To(call.Type(1)))]);
        var sums = call.Add("MatMul", [call.Transpose(call[0], order), call.Cast(isThere, call.Type())]);
        return call.Transpose(sums, [.. order.Select((_, place) => Array.IndexOf(order, place))]);
    }

    // Places along an axis, the same for all positions of the others.
    private static string Along(ExportCall call, string index, int source, int axis)
    {
        var (sizes, shape) = (call.Sizes(source), new Extent[call.Rank(source)]);
        Array.Fill(shape, 1);
        shape[axis] = sizes[axis];
        return call.Add("Expand", [call.Reshape(index, call.Sizes(1), shape), call.Vector(sizes)]);
    }

    private static void Combine(ExportCall call, CombineArgs args)
    {
        var (name, since) = args.Reduction switch
        {
            ScatterReduction.Product => ("mul", FirstThatAdds),
            ScatterReduction.Max => ("max", FirstWithExtremes),
            ScatterReduction.Min => ("min", FirstWithExtremes),
            _ => throw call.Fault($"combines by {args.Reduction}, for which ONNX has no operator"),
        };
        var x = call[0];
        if (!args.IncludeSelf)
        {
            // What is there takes no part where something is put: it becomes what changes nothing.
            var neutral = call.Number(name switch { "mul" => 1, "max" => double.NegativeInfinity, _ => double.PositiveInfinity });
            x = Elements(call, x, call[1], call.Add("Expand", [neutral, call.Vector(call.Sizes(2))]), args.Axis, "none", 0);
        }

        call.Give(Elements(call, x, call[1], call[2], args.Axis, name, since));
    }

    private static void Unravel(ExportCall call, Extent[] shape)
    {
        var parts = new string[shape.Length];
        var rest = call[0];
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            var size = call.Size(shape[axis], DType.Int64);
            parts[axis] = call.Add("Unsqueeze", [call.Add("Mod", [rest, size]), call.Whole(-1)]);
            rest = call.Add("Div", [rest, size]);
        }

        call.Give(call.Add("Concat", parts, Attributes.Int("axis", -1)));
    }

    // The two axes become one, of which the diagonal's places are picked.
    private static void Diagonal(ExportCall call, DiagonalArgs args)
    {
        int[] order = [.. Enumerable.Range(0, call.Rank()).Where(axis => axis != args.Axis0 && axis != args.Axis1), args.Axis0, args.Axis1];
        int rows = call.Fixed(args.Axis0), columns = call.Fixed(args.Axis1);
        Extent[] sizes = [.. order.Select(axis => call.Sizes()[axis])];
        var flat = call.Reshape(call.Transpose(call[0], order), sizes, [.. sizes[..^2], rows * columns]);
        var (length, row, column) = args.On(call.Shape());
        var places = Enumerable.Range(0, length).Select(index => ((row + index) * (long)columns) + column + index).ToArray();
        call.Give(call.Add("Gather", [flat, call.Whole(places)], Attributes.Int("axis", call.Rank() - 2)));
    }
}
