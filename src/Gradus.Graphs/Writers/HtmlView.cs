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

    // More nodes are too many to be drawn at once.
    private const int MostAtOnce = 500;

    /// <summary>Which way it is drawn, and where it is wrapped, how wide.</summary>
    private GraphLayout Layout { get; init; }

    private int Width { get; init; } = 1200;

    /// <summary>The graph as SVG.</summary>
    public string Picture => field ??= SvgWriter.Write(Graph, Layout, Width);

    /// <summary>The numbers as JSON.</summary>
    public string Data => field ??= HtmlData.Of(this);

    private int Size => Picture.Length + Data.Length;

    /// <summary>
    /// The graph as it is given, or, if it is a network's, in its layers; then all of it, and each module open, as far as there is room.
    /// </summary>
    public static List<HtmlView> Of(GraphModel graph, GraphLayout layout = GraphLayout.LeftToRight, int width = 1200)
    {
        var folded = graph.Unfolded == graph ? graph.Fold() : graph;
        var count = graph.Unfolded.Nodes.Length;
        if (folded.Nodes.Length == count) return [new HtmlView(folded, "Whole graph", null, null) { Layout = layout, Width = width }];
        var layers = new HtmlView(folded, "Layers", null, null) { Layout = layout, Width = width };
        var whole = new HtmlView(graph.Unfolded, "Whole graph", null, 0) { Layout = layout, Width = width };
        List<HtmlView> views = count <= MostAtOnce && whole.Size < MostSize ? [layers, whole] : [layers];
        var (left, places) = (MostSize - views.Sum(static view => view.Size), new Dictionary<int, int>());
        foreach (var group in graph.Groups)
        {
            var open = Around(graph, group);
            var inside = graph.Fold(other => !open.Contains(other.Id));
            // What is open from the beginning needs no view of its own.
            if (inside.Nodes.Length <= layers.Graph.Nodes.Length && group.Parent is null) continue;
            var parent = group.Parent is { } outer ? places.GetValueOrDefault(outer, 0) : 0;
            var view = new HtmlView(inside, group.Name, group.Id, parent) { Layout = layout, Width = width };
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
