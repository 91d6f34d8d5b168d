namespace Gradus.Graphs;

/// <summary>
/// A graph as a page to step through: forward and backward one node at a time, its inputs to be moved, its operations to be opened into scalars, its modules
/// to be folded.
/// </summary>
/// <remarks>
/// One file that needs nothing else and asks for nothing: it works offline, from a disk, by mouse or by keyboard. Every step is also there as text. Tensors
/// of more than 256 elements are shown by their range.
/// </remarks>
public static class HtmlWriter
{
    /// <summary>The page of a graph.</summary>
    public static string Write(GraphModel graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return HtmlParts.Of(graph).ToPage();
    }
}
