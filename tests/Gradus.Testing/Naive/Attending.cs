namespace Gradus.Testing.Naive;

/// <summary>Attention by its formula, one query at a time.</summary>
internal static class Attending
{
    public static NArray Attention(NArray query, NArray key, NArray value, NArray? mask, bool isCausal)
    {
        var scale = 1 / Math.Sqrt(query.Shape[^1]);
        var keys = key.Shape[^2];
        return NArray.Build([.. query.Shape[..^1], value.Shape[^1]], position =>
        {
            var lead = position[..^2];
            var scores = Enumerable.Range(0, isCausal ? Math.Min(keys, position[^2] + 1) : keys).Select(k =>
                (Enumerable.Range(0, query.Shape[^1]).Sum(w => query[[.. position[..^1], w]] * key[[.. lead, k, w]]) * scale) +
                    (mask?.Stretched([.. position[..^1], k]) ?? 0)).ToArray();
            return Normalizing.Softmax(scores).Select((weight, k) => weight * value[[.. lead, k, position[^1]]]).Sum();
        });
    }

    /// <summary>[batch, time, 3·heads·width]: queries, keys and values side by side, heads within each.</summary>
    public static NArray SelfAttention(NArray x, NArray? mask, int heads, bool isCausal)
    {
        int time = x.Shape[1], width = x.Shape[2] / 3 / heads;
        NArray Part(int part) => NArray.Build([x.Shape[0], heads, time, width],
            position => x[position[0], position[2], (((part * heads) + position[1]) * width) + position[3]]);
        var output = Attention(Part(0), Part(1), Part(2), mask, isCausal);
        return NArray.Build([x.Shape[0], time, heads * width], position => output[position[0], position[2] / width, position[1], position[2] % width]);
    }
}
