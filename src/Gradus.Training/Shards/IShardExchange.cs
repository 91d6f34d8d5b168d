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

    /// <summary>Adds the sums of all processes, in the order of a tree: every process gets the same bits.</summary>
    /// <param name="tree">The order.</param>
    /// <param name="own">The sums of the shards that this process computed; their values may be overwritten.</param>
    /// <param name="total">Takes the sum of all shards, as long as each of <paramref name="own"/>.</param>
    void Sum(ShardTree tree, IReadOnlyList<ShardSum> own, Memory<float> total);
}
