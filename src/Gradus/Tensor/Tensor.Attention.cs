namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>Scaled dot-product attention of these queries: softmax(Q·Kᵀ·scale + mask)·V. Vaswani et al., "Attention is all you need", 2017.</summary>
    /// <remarks>
    /// […, queries, width], […, keys, width], […, keys, value width] → […, queries, value width]. A query none of whose keys is allowed gives 0.
    /// </remarks>
    /// <param name="key">[…, keys, width].</param>
    /// <param name="value">[…, keys, value width].</param>
    /// <param name="mask">What broadcasts to […, queries, keys]: numbers that are added to the scores, or bools that say which keys a query attends to.</param>
    /// <param name="isCausal">Whether query i attends to keys 0 … i alone.</param>
    /// <param name="scale">The factor of the scores, above 0. Default 1/√width.</param>
    /// <exception cref="GradusException">The shapes do not fit, or the scale is not positive.</exception>
    public Tensor Attention(Tensor key, Tensor value, Tensor? mask = null, bool isCausal = false, double? scale = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        if (scale is { } factor && !(factor > 0))
        {
            throw new GradusException(FormattableString.Invariant($"attention: the scale is {factor}; it must be above 0."));
        }

        return Ops.Attention.Apply(mask is null ? [this, key, value] : [this, key, value, mask.Additive(DType)], new AttentionArgs(1, isCausal, scale));
    }

    /// <summary>
    /// Attention of a sequence to itself where queries, keys and values lie side by side, as one product makes them: [batch, time, 3·width] → [batch, time,
    /// width].
    /// </summary>
    /// <param name="heads">The number of heads, which share the width evenly.</param>
    /// <param name="mask">
    /// What broadcasts to [batch, heads, time, time]: numbers that are added to the scores, or bools that say which keys a query attends to.
    /// </param>
    /// <param name="isCausal">Whether position i attends to positions 0 … i alone.</param>
    /// <exception cref="GradusException">The shapes do not fit.</exception>
    public Tensor SelfAttention(int heads, Tensor? mask = null, bool isCausal = false) =>
        Ops.SelfAttention.Apply(mask is null ? [this] : [this, mask.Additive(DType)], new AttentionArgs(heads, isCausal, null));

    /// <summary>This mask as numbers to be added to scores: of bools, 0 where they hold and −∞ elsewhere.</summary>
    internal Tensor Additive(DType dtype)
    {
        if (DType != DType.Bool) return this;
        var type = Promotion.Real(dtype);
        return Where(this, Zeros([], type), Full([], double.NegativeInfinity, type));
    }
}
