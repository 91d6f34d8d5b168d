namespace Gradus;

// Which nodes the pass visits, and in which order.
internal sealed partial class BackwardPass
{
    private const int MostRecycled = 4096;

    // A thread's lists are used again by its next pass; one within another makes its own.
    [ThreadStatic]
    private static List<Node>? t_order;

    [ThreadStatic]
    private static Stack<(Node Node, int Next)>? t_path;

    /// <summary>Appends a node and all below it in an order in which each comes after its inputs.</summary>
    private void Discover(Node head)
    {
        if (!Enter(head)) return;
        var path = t_path ?? new Stack<(Node Node, int Next)>();
        t_path = null;
        path.Push((head, 0));
        try
        {
            while (path.TryPeek(out var step))
            {
                var (node, next) = step;
                var inputs = _stopAtTargets && IsTarget(node) ? 0 : node.InputCount;
                while (next < inputs && (node.Input(next).Source is not { } candidate || !Enter(candidate))) next++;
                path.Pop();
                if (next == inputs)
                {
                    _order.Add(node);
                    continue;
                }

                path.Push((node, next + 1));
                path.Push((node.Input(next).Source!, 0));
            }
        }
        finally
        {
            // Only left where the walk met another thread's: what this one had entered must be free for the next.
            foreach (var (node, _) in path)
            {
                if (node.IsVisitedBy(this)) node.Leave();
            }

            Recycle(path);
        }
    }

    // A list that one large graph has grown is left to the collector.
    private static void Recycle(List<Node> order)
    {
        if (order.Capacity > MostRecycled) return;
        order.Clear();
        t_order = order;
    }

    private static void Recycle(Stack<(Node Node, int Next)> path)
    {
        if (path.Capacity > MostRecycled) return;
        path.Clear();
        t_path = path;
    }

    private bool IsTarget(Node node)
    {
        for (var output = 0; output < node.OutputCount; output++)
        {
            if (_targets!.ContainsKey((node, output))) return true;
        }

        return false;
    }

    private bool Enter(Node node)
    {
        // Once seen as shared, a leaf stays so, though the other pass may have ended meanwhile.
        if (_atSharedLeaves is not null && _atSharedLeaves.ContainsKey(node)) return false;
        var visitor = node.Enter(this);
        if (visitor is null) return true;
        if (visitor == this) return false;
        if (node.IsLeaf || (_stopAtTargets && node.OutputCount == 1 && IsTarget(node))) return (_atSharedLeaves ??= []).TryAdd(node, null);
        throw new GradusException(
            $"backward: another pass is walking over the same {node.Op!.Name} node. Graphs that share more than leaves must be walked one after the other.");
    }

    /// <summary>The nodes from which a target can be reached: no other needs a gradient.</summary>
    private HashSet<Node> FindWanted()
    {
        HashSet<Node> wanted = [.. _targets!.Keys.Select(static key => key.Node)];
        foreach (var node in _order)
        {
            for (var input = 0; input < node.InputCount; input++)
            {
                if (node.Input(input).Source is { } source && wanted.Contains(source)) wanted.Add(node);
            }
        }

        return wanted;
    }
}
