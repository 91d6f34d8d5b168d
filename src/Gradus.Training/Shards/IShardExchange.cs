namespace Gradus.Training;

/// <summary>The processes that train one network together: which of them this one is, and how their sums come together.</summary>
public interface IShardExchange
{
    /// <summary>The number of this process, from 0.</summary>
    int Rank { get; }

    /// <summary>How many processes there are.</summary>
    int Processes { get; }

    /// <summary>Whether numbers are added as they are, and not rounded on their way. Default: true.</summary>
    bool IsExact => true;

    /// <summary>
    /// Begins to add the sums of all processes, in the order of a tree: every process gets the same bits. Several may be under way; all processes begin them
    /// in the same order.
    /// </summary>
    /// <param name="tree">The order.</param>
    /// <param name="own">The sums of the shards that this process computed; not to be used until the sum is done, and then overwritten.</param>
    /// <param name="total">Takes the sum of all shards, as long as each of <paramref name="own"/>.</param>
    /// <returns>The sum under way, done when <paramref name="total"/> is there.</returns>
    PendingSum Begin(ShardTree tree, IReadOnlyList<ShardSum> own, Memory<float> total);

    /// <summary>Gives all processes what each of them computed.</summary>
    /// <param name="values">What this process computed, at its place; then what all did.</param>
    /// <param name="parts">The places of the processes, in their order.</param>
    void Gather(Memory<double> values, IReadOnlyList<Range> parts);
}
