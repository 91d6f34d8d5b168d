namespace Gradus.Nn;

/// <summary>The shards of a batch that are computed at a time, here and in other processes, as a layer sees them that has to know of all samples.</summary>
internal abstract class ShardGroup
{
    [ThreadStatic]
    private static ShardGroup? t_current;

    /// <summary>The group of the shard that this thread computes; null where the batch is computed as a whole, or each of its shards by itself.</summary>
    public static ShardGroup? Current
    {
        get => t_current;
        set => t_current = value;
    }

    /// <summary>Begins a stretch in which this thread computes what is of no other shard's concern.</summary>
    public static Alone Leave() => new(t_current);

    /// <summary>Waits for all shards to come here, and puts the sum of their numbers, element by element, in the place of one's own.</summary>
    /// <param name="values">As many of each shard.</param>
    public abstract void Sum(Span<float> values);

    /// <summary>A stretch without a group.</summary>
    internal readonly ref struct Alone
    {
        private readonly ShardGroup? _before;

        public Alone(ShardGroup? before)
        {
            _before = before;
            t_current = null;
        }

        public void Dispose() => t_current = _before;
    }
}
