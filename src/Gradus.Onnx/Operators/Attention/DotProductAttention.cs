namespace Gradus.Onnx;

/// <summary>softmax(Q·Kᵀ·scale + mask)·V. Vaswani et al., "Attention is all you need", 2017.</summary>
internal static class DotProductAttention
{
    public static OnnxResults Attend(OnnxCall call)
    {
        var query = AttentionOperators.ToHeads(call, call.X, "q_num_heads");
        var key = AttentionOperators.ToHeads(call, call.Y, "kv_num_heads");
        var value = AttentionOperators.ToHeads(call, call[2], "kv_num_heads");
        var past = call.Optional(4)?.Shape[2] ?? 0;
        if (call.Optional(4) is { } pastKey) key = Tensor.Concat([pastKey, key], 2);
        if (call.Optional(5) is { } pastValue) value = Tensor.Concat([pastValue, value], 2);
        var (presentKey, presentValue) = (key, value);
        var groups = query.Shape[1] / key.Shape[1];
        if (groups * key.Shape[1] != query.Shape[1]) throw call.Fault($"{query.Shape[1]} heads of queries over {key.Shape[1]} of keys");
        if (groups > 1) (key, value) = (key.RepeatInterleave(groups, 1), value.RepeatInterleave(groups, 1));

        var scale = Math.Sqrt(call.Has("scale") ? call.Float("scale", 1) : 1 / Math.Sqrt(query.Shape[3]));
        var scores = (query * scale).MatMul((key * scale).Transpose(2, 3));
        var raw = scores;
        if (call.Float("softcap", 0) is > 0 and var cap) scores = (scores / cap).Tanh() * cap;
        var capped = scores;
        if (Bias(call, query, key, past) is { } bias) scores = scores + bias;
        var weights = scores.Softmax();
        var output = weights.MatMul(value);
        var shown = call.Int("qk_matmul_output_mode", 0) switch { 0 => raw, 1 => capped, 2 => scores, _ => weights };
        return (Tensor?[])[call.X.Rank == 3 ? AttentionOperators.FromHeads(output) : output, presentKey, presentValue, shown];
    }

    /// <summary>What is added to the scores: the mask, −∞ for keys that come later or are padding.</summary>
    private static Tensor? Bias(OnnxCall call, Tensor query, Tensor key, int past)
    {
        var (times, keys) = (query.Shape[2], key.Shape[2]);
        Tensor? bias = null;
        if (call.Optional(3) is { } mask)
        {
            bias = mask.DType == DType.Bool ? Forbidden(mask.LogicalNot(), query.DType) : mask;
            // A mask that is shorter than the keys says that the rest is padding.
            if (bias.Shape[-1] is > 1 and var length && length < keys) bias = bias.Pad(-1, 0, keys - length, PadMode.Constant, double.NegativeInfinity);
        }

        if (call.Flag("is_causal"))
        {
            var later = (Tensor.Arange(times).Unsqueeze(1) + (long)past).Less(Tensor.Arange(keys).Unsqueeze(0));
            bias = Add(bias, Forbidden(later, query.DType));
        }

        if (call.Optional(6) is { } lengths)
        {
            var padding = Tensor.Arange(keys).Unsqueeze(0).GreaterOrEqual(lengths.To(DType.Int64).Unsqueeze(1));
            bias = Add(bias, Forbidden(padding, query.DType).Reshape(lengths.Shape[0], 1, 1, keys));
        }

        return bias;
    }

    private static Tensor Add(Tensor? x, Tensor y) => x is null ? y : x + y;

    private static Tensor Forbidden(Tensor isForbidden, DType dtype) =>
        Tensor.Where(isForbidden, Tensor.Full([], double.NegativeInfinity, dtype), Tensor.Zeros([], dtype));
}
