namespace Gradus.Graphs;

/// <summary>A way to look at a graph: with one module open, and the others folded.</summary>
/// <param name="Graph">The graph so folded.</param>
/// <param name="Title">What is open.</param>
/// <param name="Parent">The view of what is around it; null of the first.</param>
internal sealed record HtmlView(GraphModel Graph, string Title, int? Parent);
