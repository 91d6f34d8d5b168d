using Gradus.Nn;

namespace Gradus.Onnx;

/// <summary>Tables of rows, and bags of rows, all of as many indices.</summary>
internal static class TableModules
{
    public static readonly ModuleRow Embedding = ModuleRow.Of<Embedding, Tensor>(
        static (table, input) => table.MaxNorm is null ? [input] : null,
        static (call, table) => call.Give(call.Add("Gather", [call.State(table.Weight.Value), call[0]], Attributes.Int("axis", 0))));

    // Bags of several lengths have these in the program; written operator by operator they are constants of the file.
    public static readonly ModuleRow EmbeddingBag = ModuleRow.Of<EmbeddingBag, BagInput>(
        static (bag, input) => input.Offsets is not null || bag.MaxNorm is not null || input.Indices.Rank != 2 ? null
            : input.Weights is null ? [input.Indices]
            : [input.Indices, input.Weights],
        Write);

    private static void Write(ExportCall call, EmbeddingBag bag)
    {
        var rows = call.Add("Gather", [call.State(bag.Weight.Value), call[0]], Attributes.Int("axis", 0));
        if (call.Inputs > 1) rows = call.Add("Mul", [rows, call.Add("Unsqueeze", [call[1], call.Whole(2)])]);
        var type = call.OutputType();
        if (bag.PaddingIndex is not { } padding)
        {
            call.Give(call.Reduce(bag.Mode switch { BagMode.Sum => "ReduceSum", BagMode.Mean => "ReduceMean", _ => "ReduceMax" }, rows, keepDim: false, 1));
            return;
        }

        var counts = call.Add("Unsqueeze", [call.Add("Not", [call.Add("Equal", [call[0], call.Number(padding)])]), call.Whole(2)]);
        var neutral = call.Number(bag.Mode == BagMode.Max ? double.NegativeInfinity : 0, type);
        rows = call.Add("Where", [counts, rows, neutral]);
        var count = call.Reduce("ReduceSum", call.Cast(counts, type), keepDim: false, 1);
        call.Give(bag.Mode switch
        {
            BagMode.Sum => call.Reduce("ReduceSum", rows, keepDim: false, 1),
            BagMode.Mean => call.Add("Div", [call.Reduce("ReduceSum", rows, keepDim: false, 1), call.Add("Max", [count, call.Number(1, type)])]),
            _ => call.Add("Where", [
                call.Add("Greater", [count, call.Number(0, type)]), call.Reduce("ReduceMax", rows, keepDim: false, 1), call.Number(0, type)]),
        });
    }
}
