namespace Gradus.Distributed;

/// <summary>What a sum of some shape needs, kept for the next one of that shape.</summary>
/// <param name="plan">Who sends what, with the buffers for it.</param>
/// <param name="wire">The messages.</param>
internal sealed class SumBuffers(ShardPlan plan, Wire wire)
{
    public ShardPlan Plan => plan;

    public Wire Wire => wire;

    /// <summary>The number of the last sum that used them.</summary>
    public long LastUse { get; set; }
}
