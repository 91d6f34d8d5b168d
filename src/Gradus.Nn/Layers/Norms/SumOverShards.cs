namespace Gradus.Nn;

/// <summary>y = Σₛ xₛ over all shards s of a batch: each shard gets the sum. Since the loss of each depends on it, the gradient is the sum of theirs.</summary>
/// <remarks>Where there is no group, as for one who looks at a shard's graph by itself, y = x.</remarks>
/// <param name="count">The number of elements that a shard's numbers were made of. Default: 0.</param>
internal sealed class SumOverShards(long count = 0) : CustomFunction
{
    // A float holds whole numbers up to 2²⁴: a count goes in two parts.
    private const int Part = 4096;

    /// <summary>The number of elements of all shards, once the sum is made.</summary>
    public long Count { get; private set; }

    /// <inheritdoc/>
    protected override Tensor Forward(Context context, ReadOnlySpan<Tensor> inputs)
    {
        var input = inputs[0];
        float[] values = [.. input.To(DType.Float32).ToArray<float>(), count / Part, count % Part];
        ShardGroup.Current?.Sum(values);
        Count = ((long)values[^2] * Part) + (long)values[^1];
        return Tensor.From(values[..^2], input.Shape).To(input.DType);
    }

    /// <inheritdoc/>
    protected override Tensor?[] Backward(Context context, Tensor gradient) => [new SumOverShards().Apply(gradient)];
}
