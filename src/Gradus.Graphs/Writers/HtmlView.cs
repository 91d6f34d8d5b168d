namespace Gradus.Graphs;

/// <summary>A way to look at a graph: with one module open, those around it too, and the others folded.</summary>
/// <param name="Graph">The graph so folded.</param>
/// <param name="Title">What is open.</param>
/// <param name="Group">The module that is open; null of the first views.</param>
/// <param name="Parent">The view that this one is folded into; null of the first.</param>
internal sealed record HtmlView(GraphModel Graph, string Title, int? Group, int? Parent)
{
    // Of all views together, in characters, so that the page of a graph of 200 nodes stays below a megabyte.
    private const int MostSize = 850_000;

    /// <summary>The graph as SVG.</summary>
    public string Picture => field ??= SvgWriter.Write(Graph);

    /// <summary>The numbers as JSON.</summary>
    public string Data => field ??= HtmlData.Of(this);

    private int Size => Picture.Length + Data.Length;

    /// <summary>The graph as it is given, then with everything folded, and then with each module open; those that no longer fit are left out.</summary>
    public static List<HtmlView> Of(GraphModel graph)
    {
        var views = new List<HtmlView> { new(graph, "Whole graph", null, null) };
        if (graph.Groups.IsEmpty) return views;
        var overview = graph.Fold(static _ => true);
        var isOverview = graph.Nodes.Length == overview.Nodes.Length;
        if (!isOverview) views.Add(new(overview, "Modules", null, 0));
        var (left, places) = (MostSize - views.Sum(static view => view.Size), new Dictionary<int, int>());
        foreach (var group in graph.Groups)
        {
            int parent;
            if (group.Parent is not { } outer) parent = views.Count > 1 && !isOverview ? 1 : 0;
            else if (!places.TryGetValue(outer, out parent)) continue;
            var open = Around(graph, group);
            var view = new HtmlView(graph.Fold(other => !open.Contains(other.Id)), group.Name, group.Id, parent);
            left -= view.Size;
            if (left < 0) break;
            places.Add(group.Id, views.Count);
            views.Add(view);
        }

        return views;
    }

    private static HashSet<int> Around(GraphModel graph, GraphGroup group)
    {
        var around = new HashSet<int>();
        for (GraphGroup? one = group; one is not null; one = one.Parent is { } parent ? graph.Groups[parent] : null) around.Add(one.Id);
        return around;
    }
}
