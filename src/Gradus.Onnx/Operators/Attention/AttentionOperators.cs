namespace Gradus.Onnx;

/// <summary>Attention, and what stands beside it in a transformer.</summary>
internal static class AttentionOperators
{
    public static readonly OnnxOperator[] Rows =
    [
        new("Attention", 23, static call => DotProductAttention.Attend(call)),
        new("RotaryEmbedding", 23, static call => Rotate(call)),
        new("LinearAttention", 27, static call => LinearAttention.Attend(call)),
    ];

    /// <summary>[batch, time, heads · width] → [batch, heads, time, width]; four axes stay.</summary>
    public static Tensor ToHeads(OnnxCall call, Tensor x, string heads)
    {
        if (x.Rank == 4) return x;
        var count = call.Size(call.Int(heads));
        if (x.Rank != 3 || count < 1 || x.Shape[2] % count != 0) throw call.Fault($"{x.Describe()} of {count} heads");
        return x.Reshape(x.Shape[0], x.Shape[1], count, x.Shape[2] / count).Permute(0, 2, 1, 3);
    }

    /// <summary>[batch, heads, time, width] → [batch, time, heads · width].</summary>
    public static Tensor FromHeads(Tensor x) => x.Permute(0, 2, 1, 3).Reshape(x.Shape[0], x.Shape[2], x.Shape[1] * x.Shape[3]);

    // Pairs of numbers turned by an angle that grows with the position. Su et al., "RoFormer", 2021.
    private static Tensor Rotate(OnnxCall call)
    {
        var (x, cosine, sine, positions) = (call.X, call.Y, call[2], call.Optional(3));
        var heads = ToHeads(call, x, "num_heads");
        var (width, isInterleaved) = (heads.Shape[3], call.Flag("interleaved"));
        var turned = call.Size(call.Int("rotary_embedding_dim", 0)) is > 0 and var part ? part : width;
        Tensor At(Tensor table)
        {
            var chosen = positions is null
                ? table
                : table.IndexSelect(0, positions.Reshape((int)positions.Count)).Reshape([.. positions.Shape.AsSpan(), table.Shape[1]]);
            return chosen.Slice(-1, 0, turned / 2).Unsqueeze(1);
        }

        var (cos, sin) = (At(cosine), At(sine));
        var first = isInterleaved ? heads.Slice(3, 0, turned / 2, 2) : heads.Slice(3, 0, turned / 2);
        var second = isInterleaved ? heads.Slice(3, 1, turned / 2, 2) : heads.Slice(3, turned / 2, turned / 2);
        var (real, imaginary) = ((first * cos) - (second * sin), (first * sin) + (second * cos));
        var result = isInterleaved
            ? Tensor.Stack([real, imaginary], 4).Reshape(heads.Shape[0], heads.Shape[1], heads.Shape[2], turned)
            : Tensor.Concat([real, imaginary], 3);
        if (turned < width) result = Tensor.Concat([result, heads.Slice(3, turned, width - turned)], 3);
        return x.Rank == 3 ? FromHeads(result) : result;
    }
}
