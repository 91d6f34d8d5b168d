namespace Gradus.Training;

/// <summary>A node of a <see cref="ShardTree"/>: the shards from <paramref name="First"/> to before <paramref name="End"/>, whose sum it stands for.</summary>
/// <param name="First">The first shard, from 0.</param>
/// <param name="End">The shard after the last.</param>
public readonly record struct ShardNode(int First, int End)
{
    /// <summary>How many shards it stands for.</summary>
    public int Count => End - First;

    /// <summary>Where it is cut in two: after the largest power of two of shards that leaves some. The first of its right half.</summary>
    internal int Middle => First + (1 << (31 - int.LeadingZeroCount(Count - 1)));

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{First}..{End}");
}
