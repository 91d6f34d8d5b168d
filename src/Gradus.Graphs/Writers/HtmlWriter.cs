using System.Net;
using System.Text;
using System.Text.Json;

namespace Gradus.Graphs;

/// <summary>A graph as a page to step through: forward and backward, one node at a time, by buttons, slider or keys.</summary>
/// <remarks>One file that needs nothing else and asks for nothing: it works offline, from a disk. Every step is also there as text.</remarks>
public static class HtmlWriter
{
    /// <summary>The page of an evaluated graph.</summary>
    /// <exception cref="GradusException">The graph's values are not known.</exception>
    public static string Write(GraphModel graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var steps = GraphWalk.Of(graph);
        var title = WebUtility.HtmlEncode(SvgWriter.TitleOf(graph));
        var list = new StringBuilder();
        foreach (var step in steps) list.Append($"<li>{WebUtility.HtmlEncode(step.Text)}</li>\n");
        return HtmlPage.Text
            .Replace("{title}", title, StringComparison.Ordinal)
            .Replace("{last}", steps.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{steps}", Json(steps), StringComparison.Ordinal)
            .Replace("{list}", list.ToString(), StringComparison.Ordinal)
            .Replace("{picture}", SvgWriter.Write(graph), StringComparison.Ordinal);
    }

    // The default encoder: no name can end the script that this is put into.
    private static string Json(List<GraphStep> steps)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            foreach (var step in steps)
            {
                json.WriteStartObject();
                json.WriteBoolean("back", step.IsBackward);
                json.WriteNumber("node", step.Node);
                if (step.Input is { } input) json.WriteNumber("input", input);
                json.WriteNumber("target", step.Target);
                json.WriteString("result", NumberText.Of(step.Result));
                json.WriteString("text", step.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
