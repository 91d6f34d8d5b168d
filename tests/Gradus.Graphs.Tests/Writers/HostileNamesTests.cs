using System.Text.Json;
using System.Xml.Linq;

namespace Gradus.Graphs.Tests;

/// <summary>Names come from files and from other people's code: whatever they hold, a document stays one and a terminal obeys nobody.</summary>
public sealed class HostileNamesTests
{
    // An escape sequence, a turn of the reading direction, a zero, half a pair, two that are no characters; markup of every language.
    private const string Name = "x\u001b[31m\u202Egnp\0\ud800\uFFFE\uFFFF\u0085\u2028</title><script>alert(1)</script>]]>&\"'"
        + "[link](https://evil.example)|www.evil.example|a@evil.example|`*_#{}\\end{align*}";

    [Fact]
    public void Every_document_stays_well_formed_and_no_unfit_character_is_in_it()
    {
        // given
        var graph = Hostile();

        // when
        var explanation = graph.Explain(graph.Nodes.First(static node => node.Kind == GraphNodeKind.Variable).Name);
        string[] documents =
        [
            SvgWriter.Write(graph), HtmlWriter.Write(graph), DotWriter.Write(graph), MermaidWriter.Write(graph), JsonWriter.Write(graph),
            explanation.ToMarkdown(), explanation.ToLatex(),
        ];

        // then
        _ = XDocument.Parse(documents[0]);
        using var json = JsonDocument.Parse(documents[4]);
        Assert.All(documents, static document => Assert.DoesNotContain(document, IsUnfit));
        Assert.All(documents[..2], static document => Assert.DoesNotContain("<script>alert", document));
    }

    [Fact]
    public void Bars_and_heat_maps_stay_well_formed()
    {
        // when
        string[] pictures =
        [
            FlowWriter.Write(Name, [new FlowBar(Name, 1, 2, Name)]),
            HeatMapWriter.Write(Name, Tensor.Zeros([1, 2, 2]), [new HeatMap(Name, Tensor.Zeros([1, 2, 2])) { Note = Name }]),
        ];

        // then
        Assert.All(pictures, static picture => _ = XDocument.Parse(picture));
        Assert.All(pictures, static picture => Assert.DoesNotContain(picture, IsUnfit));
    }

    [Fact]
    public void Markdown_gets_no_markup_no_HTML_and_no_link()
    {
        // given
        var graph = Hostile();

        // when
        var markdown = graph.Explain(graph.Nodes.First(static node => node.Kind == GraphNodeKind.Variable).Name).ToMarkdown();

        // then
        Assert.DoesNotContain("<script", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("[link]", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("://", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("www.", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("a@evil", markdown, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", markdown);
    }

    private static GraphModel Hostile()
    {
        var x = Tensor.Of(0.5, -0.5).Named(Name).RequireGrad();
        return (x * x).Sum().Graph(Name);
    }

    private static bool IsUnfit(char character) =>
        (char.IsControl(character) && character != '\n') || character is '\u202E' or '\u2028' or '\uFFFE' or '\uFFFF';
}
