using Gradus.Operators;

namespace Gradus.Onnx;

/// <summary>Attention, as products and a softmax.</summary>
internal static class AttentionRows
{
    public static readonly ExportRow[] All =
    [
        ExportRow.Of(Ops.Attention, static (call, args) =>
        {
            var rank = call.Rank();
            call.Give(Attend(call, call[0], call[1], call[2], call[3], rank, call.Sizes()[^2], call.Sizes(1)[^2], args, call.Shape()[-1]));
        }),
        ExportRow.Of(Ops.SelfAttention, SelfAttention),
    ];

    private static void SelfAttention(ExportCall call, AttentionArgs args)
    {
        Extent batch = call.Sizes()[0], time = call.Sizes()[1];
        var width = call.Fixed(2) / 3;
        var parts = call.Reshape(call[0], call.Sizes(), [batch, time, 3, args.Heads, width / args.Heads]);
        parts = call.Transpose(parts, 2, 0, 3, 1, 4);
        string Part(long index) => call.Add("Gather", [parts, call.Constant(Tensor.Scalar(index))], Attributes.Int("axis", 0));
        var output = Attend(call, Part(0), Part(1), Part(2), call[1], 4, time, time, args, width / args.Heads);
        Extent[] heads = [batch, time, args.Heads, width / args.Heads];
        call.Give(call.Reshape(call.Transpose(output, 0, 2, 1, 3), heads, [batch, time, width]));
    }

    private static string Attend(
        ExportCall call, string query, string key, string value, string mask, int rank, Extent queries, Extent keys, AttentionArgs args, int width)
    {
        int[] order = [.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2];
        // The queries are scaled rather than their more numerous scores.
        var scores = call.Add("MatMul", [call.Add("Mul", [query, call.Number(args.ScaleFor(width))]), call.Transpose(key, order)]);
        if (mask.Length > 0) scores = call.Add("Add", [scores, mask]);
        if (args.IsCausal) scores = call.Add("Add", [scores, Later(call, queries, keys)]);
        var weights = call.Add("Softmax", [scores], Attributes.Int("axis", -1));
        if (mask.Length > 0)
        {
            // A query that sees no key gets nothing, where ONNX divides 0 by 0.
            var greatest = call.Reduce("ReduceMax", scores, keepDim: true, -1);
            weights = call.Add("Where", [call.Add("Equal", [greatest, call.Number(double.NegativeInfinity)]), call.Number(0), weights]);
        }

        return call.Add("MatMul", [weights, value]);
    }

    private static string Later(ExportCall call, Extent queries, Extent keys)
    {
        if (!queries.IsFixed || !keys.IsFixed) throw call.Fault("masks later positions of an axis whose size depends on the batch");
        var isLater = Tensor.Arange(keys.First) > Tensor.Arange(queries.First).Unsqueeze(1);
        return call.Constant(Tensor.Where(isLater, Tensor.Scalar(double.NegativeInfinity), Tensor.Scalar(0.0)).To(call.Type()));
    }
}
