using System.Numerics.Tensors;

namespace Gradus.Training;

/// <summary>The tree in which the shards of a batch are added: the same whoever computes them, so that the bits of the sum are.</summary>
/// <remarks>
/// A node of n shards is the sum of its first 2ᵏ shards and of the others, with the largest 2ᵏ below n: of eight, ((0 + 1) + (2 + 3)) + ((4 + 5) + (6 + 7)).
/// A process that computes neighboring shards adds those that are a whole node, and sends what it then has.
/// </remarks>
public sealed class ShardTree
{
    /// <summary>The tree over some shards.</summary>
    /// <param name="shards">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are fewer than one.</exception>
    public ShardTree(int shards)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shards, 1);
        Root = new ShardNode(0, shards);
    }

    /// <summary>All shards.</summary>
    public ShardNode Root { get; }

    /// <summary>The shards that a process computes: neighbors, and of all processes as many as can be.</summary>
    /// <param name="rank">The number of the process, from 0.</param>
    /// <param name="processes">How many processes there are.</param>
    public ShardNode OwnedBy(int rank, int processes) =>
        new((int)((long)Root.End * rank / processes), (int)((long)Root.End * (rank + 1) / processes));

    /// <summary>The fewest nodes that make up some neighboring shards, in order.</summary>
    /// <param name="shards">Neighboring shards.</param>
    public IReadOnlyList<ShardNode> Cover(ShardNode shards)
    {
        var nodes = new List<ShardNode>();
        Cover(Root, shards, nodes);
        return nodes;
    }

    /// <summary>Adds sums that together are all shards, as the tree says, into the first of them.</summary>
    /// <param name="sums">The sums of all shards, in order, of nodes of this tree; their values are overwritten.</param>
    /// <returns>The values of the first, now the sum of all.</returns>
    public Memory<float> Add(IReadOnlyList<ShardSum> sums)
    {
        ArgumentNullException.ThrowIfNull(sums);
        var next = 0;
        return Add(Root, sums, ref next);
    }

    /// <summary>Whether a shard is added to the last of some sums at once, since the two make up a node.</summary>
    /// <param name="sums">The sums of the shards before it.</param>
    /// <param name="shard">The next shard.</param>
    internal bool IsAddedTo(IReadOnlyList<ShardSum> sums, int shard) => sums.Count > 0 && IsWhole(sums[^1].Node, new ShardNode(shard, shard + 1));

    /// <summary>Puts the sum of one more shard behind others, or says that it has been added to the last, and joins what is now a whole node.</summary>
    /// <param name="sums">The sums of the shards before it.</param>
    /// <param name="shard">The next shard.</param>
    /// <param name="isAdded">Whether it has been added to the last sum.</param>
    /// <param name="values">Its numbers, or those of the last sum.</param>
    /// <returns>The numbers that are yet to be added to others, in this order.</returns>
    internal List<(Memory<float> Sum, Memory<float> Other)> Append(List<ShardSum> sums, int shard, bool isAdded, Memory<float> values)
    {
        if (isAdded) sums[^1] = sums[^1] with { Node = sums[^1].Node with { End = shard + 1 } };
        else sums.Add(new ShardSum(new ShardNode(shard, shard + 1), values));
        var additions = new List<(Memory<float> Sum, Memory<float> Other)>();
        while (sums.Count > 1 && IsWhole(sums[^2].Node, sums[^1].Node))
        {
            var (left, right) = (sums[^2], sums[^1]);
            additions.Add((left.Values, right.Values));
            sums.RemoveAt(sums.Count - 1);
            sums[^1] = left with { Node = left.Node with { End = right.Node.End } };
        }

        return additions;
    }

    private bool IsWhole(ShardNode left, ShardNode right) => Parent(right) is var parent && parent.First == left.First && parent.Middle == right.First;

    private static void Cover(ShardNode node, ShardNode shards, List<ShardNode> nodes)
    {
        if (node.End <= shards.First || node.First >= shards.End) return;
        if (node.First >= shards.First && node.End <= shards.End)
        {
            nodes.Add(node);
            return;
        }

        Cover(node with { End = node.Middle }, shards, nodes);
        Cover(node with { First = node.Middle }, shards, nodes);
    }

    private static Memory<float> Add(ShardNode node, IReadOnlyList<ShardSum> sums, ref int next)
    {
        if (next == sums.Count) throw new ArgumentException($"The shards {node} have no sum.", nameof(sums));
        if (sums[next].Node == node) return sums[next++].Values;
        if (node.Count == 1 || sums[next].Node.First != node.First)
            throw new ArgumentException($"Got the shards {sums[next].Node}, expected {node} or a part of it.", nameof(sums));
        var left = Add(node with { End = node.Middle }, sums, ref next);
        var right = Add(node with { First = node.Middle }, sums, ref next);
        Add(left.Span, right.Span);
        return left;
    }

    private ShardNode Parent(ShardNode node)
    {
        for (var above = Root; above != node;)
        {
            var (left, right) = (above with { End = above.Middle }, above with { First = above.Middle });
            if (left == node || right == node) return above;
            above = node.First < above.Middle ? left : right;
        }

        return node;
    }

    internal static void Add(Span<float> sum, ReadOnlySpan<float> other) => TensorPrimitives.Add(sum, other, sum);
}
