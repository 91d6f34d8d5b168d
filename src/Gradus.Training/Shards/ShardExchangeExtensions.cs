namespace Gradus.Training;

/// <summary>What follows from <see cref="IShardExchange.Begin"/>.</summary>
public static class ShardExchangeExtensions
{
    /// <summary>Adds the sums of all processes, in the order of a tree, and waits for it: every process gets the same bits.</summary>
    /// <param name="exchange">The processes.</param>
    /// <param name="tree">The order.</param>
    /// <param name="own">The sums of the shards that this process computed; their values may be overwritten.</param>
    /// <param name="total">Takes the sum of all shards, as long as each of <paramref name="own"/>.</param>
    public static void Sum(this IShardExchange exchange, ShardTree tree, IReadOnlyList<ShardSum> own, Memory<float> total)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        exchange.Begin(tree, own, total).Wait();
    }
}
