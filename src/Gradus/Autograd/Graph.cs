namespace Gradus;

/// <summary>An edge of the graph: a value that one node gave and another took.</summary>
/// <param name="Source">The node that gave it.</param>
/// <param name="Output">Which of its outputs.</param>
/// <param name="Target">The node that took it.</param>
/// <param name="Input">As which of its inputs.</param>
/// <param name="Shape">The value's shape.</param>
/// <param name="DType">The value's element type.</param>
public readonly record struct NodeEdge(Node Source, int Output, Node Target, int Input, Shape Shape, DType DType)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(NodeEdge), PrintMembers);
}

/// <summary>The computation graph below some tensors, as data to walk, print, draw or export: the one that back-propagation walks.</summary>
/// <remarks>
/// A snapshot: nodes recorded later are not in it. It keeps the nodes alive, but not their values.
/// <code>
/// foreach (var node in Graph.Of(loss).Nodes) Console.WriteLine($"{node.OpName} → {node.OutputShape()}, keeps {node.SavedBytes} bytes");
/// </code>
/// </remarks>
public sealed class Graph
{
    private readonly List<Node> _nodes = [];
    private readonly Lazy<ILookup<Node, NodeEdge>> _out;

    private Graph(IEnumerable<Node> heads, IReadOnlySet<Node>? boundary)
    {
        var seen = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        foreach (var head in heads) Add(head, seen, boundary);
        _out = new(() => Edges.ToLookup(static edge => edge.Source, (IEqualityComparer<Node>)ReferenceEqualityComparer.Instance));
    }

    /// <summary>All nodes, each after those it was computed from: leaves before their operators, the heads towards the end.</summary>
    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>The leaves: tensors that require a gradient.</summary>
    public IEnumerable<Node> Leaves => _nodes.Where(static node => node.IsLeaf);

    /// <summary>All edges, in the order of the nodes that take the values. Constants have no node and so no edge; see <see cref="Node.Inputs"/>.</summary>
    public IEnumerable<NodeEdge> Edges => _nodes.SelectMany(EdgesInto);

    /// <summary>Bytes that all nodes together keep for the backward pass; memory that several keep is counted for each.</summary>
    public long SavedBytes => _nodes.Sum(static node => node.SavedBytes);

    /// <summary>The graph below these tensors. Those that are part of none are passed over.</summary>
    public static Graph Of(params ReadOnlySpan<Tensor> heads) => Of(heads, null);

    /// <summary>The nodes that a node was computed from, in its operator's order, constants left out.</summary>
    public IEnumerable<Node> ParentsOf(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return EdgesInto(node).Select(static edge => edge.Source);
    }

    /// <summary>The nodes that were computed from a node, once for each use.</summary>
    public IEnumerable<Node> ChildrenOf(Node node) => _out.Value[node].Select(static edge => edge.Target);

    /// <summary>The first node that bears a name, or null.</summary>
    public Node? Find(string name) => _nodes.Find(node => node.Name == name);

    /// <summary>The graph down to a boundary: nothing below its nodes is looked at.</summary>
    internal static Graph Of(ReadOnlySpan<Tensor> heads, IReadOnlySet<Node>? boundary)
    {
        var nodes = new List<Node>();
        foreach (var head in heads)
        {
            ArgumentNullException.ThrowIfNull(head);
            if (head.Node is { } node) nodes.Add(node);
        }

        return new Graph(nodes, boundary);
    }

    private static IEnumerable<NodeEdge> EdgesInto(Node node)
    {
        for (var input = 0; input < node.InputCount; input++)
        {
            var (source, output, shape, dtype) = node.Inputs[input];
            if (source is not null) yield return new NodeEdge(source, output, node, input, shape, dtype);
        }
    }

    // Iterative: a chain of 100,000 nodes takes no more stack than one.
    private void Add(Node head, HashSet<Node> seen, IReadOnlySet<Node>? boundary)
    {
        if (!seen.Add(head)) return;
        var path = new Stack<(Node Node, int Next)>();
        path.Push((head, 0));
        while (path.TryPop(out var step))
        {
            var (node, next) = step;
            var inputs = boundary is not null && boundary.Contains(node) ? 0 : node.InputCount;
            while (next < inputs && (node.Input(next).Source is not { } candidate || !seen.Add(candidate))) next++;
            if (next == inputs)
            {
                _nodes.Add(node);
                continue;
            }

            path.Push((node, next + 1));
            path.Push((node.Input(next).Source!, 0));
        }
    }
}
