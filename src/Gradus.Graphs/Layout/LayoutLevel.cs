namespace Gradus.Graphs;

/// <summary>A line between two items of a level.</summary>
/// <param name="From">The item that gives the value.</param>
/// <param name="To">The item that reads it.</param>
/// <param name="Value">The node whose value it is.</param>
internal readonly record struct LayoutEdge(int From, int To, int Value);

/// <summary>What is laid out together: the outermost nodes and open modules of a graph, or those inside one module.</summary>
internal sealed class LayoutLevel
{
    private LayoutLevel(LayoutItem[] items, Dictionary<int, int> givers, GraphGroup? group, IEnumerable<int> outputs)
    {
        (Items, Group) = (items, group);
        Edges = [.. items.SelectMany((item, to) => item.Inputs.Select(value => new LayoutEdge(givers[value], to, value)))];
        Roots = [.. Enumerable.Range(0, items.Length).Where(item => items[item].IsExit), .. outputs.Where(givers.ContainsKey).Select(output => givers[output])];
    }

    /// <summary>The items, each after those it reads from.</summary>
    public LayoutItem[] Items { get; }

    /// <summary>An edge for each input of each item, in order.</summary>
    public LayoutEdge[] Edges { get; }

    /// <summary>Where a reader of the picture would begin: with what goes out.</summary>
    public int[] Roots { get; }

    /// <summary>The module it is the inside of, if any.</summary>
    public GraphGroup? Group { get; }

    /// <summary>
    /// The outermost level of a graph, the open modules in it laid out already; null where calls of modules are entangled and cannot be framed.
    /// </summary>
    public static LayoutLevel? Of(GraphModel graph, LayoutStyle? style = null, bool withGroups = true)
    {
        var uses = new int[graph.Nodes.Length];
        foreach (var edge in graph.Edges) uses[edge.From]++;
        var around = graph.Nodes.Select(node => withGroups ? graph.Around(node.Group).Reverse().Select(id => graph.Groups[id]).ToArray() : []).ToArray();
        return Build(graph, uses, around, 0, null, [.. Enumerable.Range(0, uses.Length)], style ?? LayoutStyle.LeftToRight);
    }

    private static LayoutLevel? Build(
        GraphModel graph, int[] uses, GraphGroup[][] around, int depth, GraphGroup? group, int[] members, LayoutStyle style)
    {
        var items = new List<LayoutItem>();
        var givers = new Dictionary<int, LayoutItem>();
        var inside = members.ToHashSet();
        foreach (var part in members.GroupBy(id => around[id].Length > depth ? around[id][depth].Id : -1 - id))
        {
            LayoutItem item;
            if (part.Key < 0)
            {
                item = LayoutItem.Of(new NodeSize(graph.Nodes[-1 - part.Key], uses[-1 - part.Key], style.IsTopDown));
            }
            else
            {
                if (Build(graph, uses, around, depth + 1, graph.Groups[part.Key], [.. part], style.Inside) is not { } level) return null;
                item = LayoutItem.Of(LayeredLayout.Inside(level, style.Inside));
            }

            items.Add(item);
            foreach (var id in part) givers.Add(id, item);
        }

        foreach (var value in members.SelectMany(id => graph.Nodes[id].Inputs).Where(value => !inside.Contains(value)).Distinct())
        {
            var entry = LayoutItem.Entry();
            items.Add(entry);
            givers.Add(value, entry);
        }

        if (group is not null)
        {
            foreach (var value in graph.Edges.Where(edge => inside.Contains(edge.From) && !inside.Contains(edge.To))
                .Select(static edge => edge.From).Distinct())
            {
                items.Add(LayoutItem.Exit(value));
            }
        }

        if (Sort(items, givers) is not { } sorted) return null;
        var places = sorted.Index().ToDictionary(static pair => pair.Item, static pair => pair.Index);
        return new LayoutLevel(sorted, givers.ToDictionary(static pair => pair.Key, pair => places[pair.Value]), group, graph.Outputs);
    }

    /// <summary>Each item after those it reads from, else in the order given; null if there is a cycle.</summary>
    private static LayoutItem[]? Sort(List<LayoutItem> items, Dictionary<int, LayoutItem> givers)
    {
        var sorted = new List<LayoutItem>();
        var isOpen = new Dictionary<LayoutItem, bool>();
        var open = new Stack<LayoutItem>();
        foreach (var root in items)
        {
            if (!isOpen.ContainsKey(root)) open.Push(root);
            while (open.TryPeek(out var item))
            {
                if (!isOpen.TryAdd(item, true))
                {
                    open.Pop();
                    if (isOpen[item]) sorted.Add(item);
                    isOpen[item] = false;
                    continue;
                }

                for (var input = item.Inputs.Count - 1; input >= 0; input--)
                {
                    var giver = givers[item.Inputs[input]];
                    if (!isOpen.TryGetValue(giver, out var isAbove)) open.Push(giver);
                    else if (isAbove) return null;
                }
            }
        }

        return [.. sorted];
    }
}
