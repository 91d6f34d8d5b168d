using System.Net;

namespace Gradus.Graphs;

/// <summary>What a page of a graph is made of, for one that shows several graphs in turn.</summary>
/// <param name="Title">What is drawn, on one line, as plain text.</param>
/// <param name="Pictures">The views of the graph as SVG, the first of them the one that is shown at first.</param>
/// <param name="Data">The views in the same order as JSON, <c>{"layout":"topdown","views":[…]}</c>, in which no name can end a script.</param>
internal sealed record HtmlParts(string Title, IReadOnlyList<string> Pictures, string Data)
{
    /// <summary>The views of a graph, all laid out the same way.</summary>
    public static HtmlParts Of(GraphModel graph, GraphLayout layout = GraphLayout.LeftToRight, int width = 1200)
    {
        var views = HtmlView.Of(graph, layout, width);
        return new(SvgWriter.TitleOf(graph), [.. views.Select(static view => view.Picture)],
            $$"""{"layout":"{{layout.ToString().ToLowerInvariant()}}","views":[{{string.Join(',', views.Select(static view => view.Data))}}]}""");
    }

    /// <summary>The page with all of them.</summary>
    /// <param name="language">What the page speaks.</param>
    public string ToPage(PageLanguage language = PageLanguage.English) => HtmlPage.Of(WebUtility.HtmlEncode(Title), Pictures, Data, language);
}
