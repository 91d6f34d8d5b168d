using System.Globalization;
using System.Text;
using Gradus.Training;

namespace Gradus.Reports;

/// <summary>The timelines of processes as a picture (SVG): what each computed, and below it what was on its way meanwhile.</summary>
public static class TimelinePicture
{
    private const double Width = 1200, Left = 70, Right = 20, Top = 46, Row = 22, Gap = 4, Between = 14, Bottom = 34;

    // A label needs so many pixels a letter.
    private const double Letter = 7.2;

    /// <summary>Draws the last whole step that all processes have.</summary>
    /// <param name="processes">The spans of each process.</param>
    /// <exception cref="GradusException">No process has a step.</exception>
    public static string Draw(IReadOnlyList<IReadOnlyList<TimelineSpan>> processes)
    {
        ArgumentNullException.ThrowIfNull(processes);
        if (processes.Count == 0 || processes.Any(static spans => spans.Count == 0))
            throw new GradusException("timeline: no step was made; nothing to draw.");
        var step = processes.Min(static spans => spans.Max(static span => span.Step));
        var drawn = processes.Select(spans => spans.Where(span => span.Step == step).ToArray()).ToArray();
        var (from, to) = (drawn.Min(static spans => spans.Min(static span => span.Start)), drawn.Max(static spans => spans.Max(static span => span.End)));
        var rows = drawn.Select(static spans => 1 + spans.Where(static span => span.Kind == TimelineKind.Exchange).Select(static span => span.Index + 1)
            .DefaultIfEmpty(0).Max()).ToArray();
        var height = Top + rows.Sum(static count => (count * (Row + Gap)) + Between) + Bottom;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" ")
            .Append(CultureInfo.InvariantCulture, $"width=\"{Width}\" height=\"{height}\">\n")
            .Append("<style>text{font:12px system-ui,sans-serif;fill:#222}rect{stroke:#fff}")
            .Append(".forward{fill:#9ecae9}.backward{fill:#f2a65a}.exchange{fill:#7fc97f}.update{fill:#bbb}")
            .Append("@media(prefers-color-scheme:dark){text{fill:#ddd}rect.ground{fill:#1b1b1b}.span text{fill:#111}rect{stroke:#1b1b1b}}</style>\n")
            .Append(CultureInfo.InvariantCulture, $"<rect class=\"ground\" width=\"{Width}\" height=\"{height}\" fill=\"#fff\"/>\n")
            .Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"18\">step {step}: {(to - from) * 1000:0.0} ms</text>\n");
        DrawLegend(text);
        var y = Top;
        for (var rank = 0; rank < drawn.Length; rank++)
        {
            text.Append(CultureInfo.InvariantCulture, $"<text x=\"8\" y=\"{y + 15}\">rank {rank}</text>\n");
            foreach (var span in drawn[rank]) DrawSpan(text, span, y, from, to);
            y += (rows[rank] * (Row + Gap)) + Between;
        }

        DrawTimes(text, y, to - from);
        return text.Append("</svg>\n").ToString();
    }

    private static void DrawLegend(StringBuilder text)
    {
        var x = Left + 200;
        foreach (var kind in Enum.GetValues<TimelineKind>())
        {
            text.Append(CultureInfo.InvariantCulture, $"<rect class=\"{Name(kind)}\" x=\"{x}\" y=\"8\" width=\"14\" height=\"12\"/>")
                .Append(CultureInfo.InvariantCulture, $"<text x=\"{x + 19}\" y=\"18\">{Words(kind)}</text>\n");
            x += 34 + (Words(kind).Length * Letter);
        }
    }

    private static void DrawSpan(StringBuilder text, TimelineSpan span, double y, double from, double to)
    {
        double X(double time) => Left + ((time - from) / (to - from) * (Width - Left - Right));
        var isSent = span.Kind == TimelineKind.Exchange;
        var (x, width) = (X(span.Start), Math.Max(1, X(span.End) - X(span.Start)));
        var top = y + (isSent ? (span.Index + 1) * (Row + Gap) : 0);
        text.Append(CultureInfo.InvariantCulture, $"<g class=\"span\"><title>{Title(span)}: {span.Seconds * 1000:0.###} ms</title>")
            .Append(CultureInfo.InvariantCulture, $"<rect class=\"{Name(span.Kind)}\" x=\"{x:0.0}\" y=\"{top}\" width=\"{width:0.0}\" height=\"{Row}\"/>");
        if (width > Title(span).Length * Letter) text.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + 4:0.0}\" y=\"{top + 15}\">{Title(span)}</text>");
        text.Append("</g>\n");
    }

    private static void DrawTimes(StringBuilder text, double y, double seconds)
    {
        const int parts = 5;
        for (var part = 0; part <= parts; part++)
        {
            var x = Left + ((Width - Left - Right) * part / parts);
            text.Append(CultureInfo.InvariantCulture, $"<text x=\"{x}\" y=\"{y + 12}\" text-anchor=\"{(part == parts ? "end" : "middle")}\">")
                .Append(CultureInfo.InvariantCulture, $"{seconds * 1000 * part / parts:0.0} ms</text>\n");
        }
    }

    private static string Name(TimelineKind kind) => kind.ToString().ToLowerInvariant();

    private static string Words(TimelineKind kind) => kind switch
    {
        TimelineKind.Forward => "forward, of a shard",
        TimelineKind.Backward => "backward",
        TimelineKind.Exchange => "a bucket of gradients on its way",
        _ => "update",
    };

    private static string Title(TimelineSpan span) => span.Kind switch
    {
        TimelineKind.Update => "update",
        TimelineKind.Exchange => FormattableString.Invariant($"bucket {span.Index}"),
        _ => FormattableString.Invariant($"{Name(span.Kind)} {span.Index}"),
    };
}
