namespace Gradus.Nn;

/// <summary>What the graph of a loss says of functions that stand one upon the other, whatever views lie between.</summary>
internal sealed class LossGraph
{
    private LossGraph(IReadOnlyList<(Op Outer, Op Inner)> pairs, Op? lastFunction) => (Pairs, LastFunction) = (pairs, lastFunction);

    /// <summary>Functions that read what another has given: cross-entropy of softmax.</summary>
    public IReadOnlyList<(Op Outer, Op Inner)> Pairs { get; }

    /// <summary>The function that gives the network's output; null where that is no part of the graph.</summary>
    public Op? LastFunction { get; }

    /// <summary>Looks at a loss whose graph has not been walked yet.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="output">Where the network's output comes from, or null.</param>
    public static LossGraph Of(Tensor loss, Node? output)
    {
        var pairs = new List<(Op, Op)>();
        foreach (var node in loss.Node is null ? [] : Graph.Of(loss).Nodes)
        {
            if (node.IsLeaf || IsView(node) || node.InputCount == 0) continue;
            if (Seen(node.Input(0).Source) is { Op: { } inner }) pairs.Add((node.Op!, inner));
        }

        return new LossGraph(pairs, Seen(output)?.Op);
    }

    /// <summary>Whether a node only moves or converts numbers.</summary>
    public static bool IsView(Node node) => node.Op is { } op && op.Role.HasFlag(OpRole.Moving);

    private static Node? Seen(Node? node)
    {
        while (node is { IsLeaf: false } && IsView(node)) node = node.Input(0).Source;
        return node;
    }
}
