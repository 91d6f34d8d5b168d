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
    public static string Write(GraphModel graph) => Write(graph, GraphLayout.LeftToRight);

    /// <summary>The page of a graph, all of its pictures laid out the same way.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="layout">Which way they go.</param>
    /// <param name="width">Where they are wrapped, how wide they may be, in pixels.</param>
    /// <param name="language">What the page speaks.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layout or language, or the width is not positive.</exception>
    public static string Write(GraphModel graph, GraphLayout layout, int width = 1200, PageLanguage language = PageLanguage.English)
    {
        ArgumentNullException.ThrowIfNull(graph);
        if (!Enum.IsDefined(language)) throw new ArgumentOutOfRangeException(nameof(language), language, "language: there is no such one.");
        return HtmlParts.Of(graph, layout, width).ToPage(language);
    }
}
