using System.Globalization;
using System.Security;
using System.Text;

namespace Gradus.Graphs;

/// <summary>A layer in the picture of a network's flow. What is null is not drawn.</summary>
/// <param name="Label">What the layer is called.</param>
/// <param name="Activation">The size of what it gives, at least 0.</param>
/// <param name="Gradient">The size of the gradient that reaches it, at least 0.</param>
/// <param name="Note">What is wrong with it, in a few words; null or empty for nothing.</param>
public sealed record FlowBar(string Label, double? Activation, double? Gradient, string? Note = null)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(FlowBar), PrintMembers);
}

/// <summary>The flow through a network as a picture: for each layer what it gives and the gradient that comes back, as bars on a logarithmic scale.</summary>
/// <remarks>One file without scripts, fonts or references; light or dark as the reader's system is.</remarks>
public static class FlowWriter
{
    private const string Style = """
        text { font-family: "Inter", "Segoe UI", "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums; }
        .page { fill: #ffffff; }
        .title { fill: #0f172a; font-size: 15px; }
        .label { fill: #0f172a; font-size: 12px; text-anchor: end; }
        .grid { stroke: #e2e8f0; stroke-width: 1; }
        .tick, .muted { fill: #64748b; font-size: 11px; }
        .tick { text-anchor: middle; }
        .number { font-size: 11px; }
        .forward { fill: #1d4ed8; }
        .backward { fill: #c2410c; }
        .note { fill: #b91c1c; font-size: 12px; font-style: italic; }
        @media (prefers-color-scheme: dark) {
          .page { fill: #0f172a; }
          .title, .label { fill: #f1f5f9; }
          .grid { stroke: #334155; }
          .tick, .muted { fill: #94a3b8; }
          .forward { fill: #7dd3fc; }
          .backward { fill: #fdba74; }
          .note { fill: #fca5a5; }
        }
        """;

    private const double Margin = 20, Top = 74, Pitch = 34, BarHeight = 11, PlotWidth = 480, NumberWidth = 64;
    private const int LongestLabel = 48, MostTicks = 9;

    /// <summary>The picture.</summary>
    /// <param name="title">What is drawn.</param>
    /// <param name="bars">The layers from the input to the output, drawn from top to bottom.</param>
    public static string Write(string title, IReadOnlyList<FlowBar> bars)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(bars);
        var (low, high) = Decades(bars);
        var left = Margin + 10 + bars.Select(static bar => TextWidth.Of(Short(bar.Label), 12)).Append(0).Max();
        var notes = bars.Select(static bar => TextWidth.Of(bar.Note ?? "", 12)).Append(0).Max();
        var (width, height) = (Math.Max(left + PlotWidth + NumberWidth + notes + Margin, TextWidth.Of(title, 15) + (2 * Margin)),
            Top + (Pitch * bars.Count) + 32);
        var svg = new StringBuilder();
        svg.Append(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{N(width)}\" height=\"{N(height)}\" viewBox=\"0 0 {N(width)} {N(height)}\" role=\"img\">\n");
        svg.Append($"<title>{Escape(title)}</title>\n<style>\n{Style}\n</style>\n<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n");
        svg.Append($"<text class=\"title\" x=\"{N(Margin)}\" y=\"28\">{Escape(title)}</text>\n");
        svg.Append($"<text class=\"muted\" x=\"{N(Margin)}\" y=\"46\"><tspan class=\"forward\">■</tspan> activation, root mean square " +
            "<tspan dx=\"12\" class=\"backward\">■</tspan> gradient, norm over the batch</text>\n");
        WriteGrid(svg, bars.Count, left, low, high);
        for (var row = 0; row < bars.Count; row++) Write(svg, bars[row], Top + (Pitch * row), left, low, high);
        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>The powers of ten that the scale goes between.</summary>
    private static (int Low, int High) Decades(IReadOnlyList<FlowBar> bars)
    {
        double[] drawn = [.. bars.SelectMany(static bar => new[] { bar.Activation, bar.Gradient }).OfType<double>()
            .Where(static value => value > 0 && double.IsFinite(value))];
        if (drawn.Length == 0) return (-1, 1);
        // The smallest, too, has a bar.
        var low = (int)Math.Floor(Math.Log10(drawn.Min()) - 0.1);
        return (low, Math.Max(low + 1, (int)Math.Ceiling(Math.Log10(drawn.Max()))));
    }

    private static void WriteGrid(StringBuilder svg, int rows, double left, int low, int high)
    {
        var (bottom, every) = (Top + (Pitch * rows), Math.Max(1, (int)Math.Ceiling((high - low) / (double)MostTicks)));
        for (var power = low; power <= high; power += every)
        {
            var x = left + (PlotWidth * (power - low) / (high - low));
            svg.Append($"<line class=\"grid\" x1=\"{N(x)}\" y1=\"{N(Top - 6)}\" x2=\"{N(x)}\" y2=\"{N(bottom)}\"/>");
            svg.Append($"<text class=\"tick\" x=\"{N(x)}\" y=\"{N(bottom + 16)}\">10" +
                $"<tspan dy=\"-4\" font-size=\"8\">{power.ToString(CultureInfo.InvariantCulture).Replace('-', '−')}</tspan></text>\n");
        }
    }

    private static void Write(StringBuilder svg, FlowBar bar, double y, double left, int low, int high)
    {
        var middle = y + ((Pitch - 6) / 2);
        svg.Append($"<g class=\"layer\"><title>{Escape(Describe(bar))}</title>" +
            $"<text class=\"label\" x=\"{N(left - 10)}\" y=\"{N(middle + 4)}\">{Escape(Short(bar.Label))}</text>");
        Write(svg, "forward", bar.Activation, middle - BarHeight - 1);
        Write(svg, "backward", bar.Gradient, middle + 1);
        if (!string.IsNullOrEmpty(bar.Note))
        {
            svg.Append($"<text class=\"note\" x=\"{N(left + PlotWidth + NumberWidth)}\" y=\"{N(middle + 4)}\">{Escape(bar.Note)}</text>");
        }

        svg.Append("</g>\n");

        void Write(StringBuilder svg, string kind, double? size, double top)
        {
            if (size is not { } value) return;
            var length = value > 0 && double.IsFinite(value) ? PlotWidth * (Math.Log10(value) - low) / (high - low) : 0;
            if (length > 0) svg.Append($"<rect class=\"{kind}\" x=\"{N(left)}\" y=\"{N(top)}\" width=\"{N(length)}\" height=\"{N(BarHeight)}\" rx=\"2\"/>");
            svg.Append($"<text class=\"number {kind}\" x=\"{N(left + length + 5)}\" y=\"{N(top + BarHeight - 1.5)}\">{Text(value)}</text>");
        }
    }

    private static string Describe(FlowBar bar) =>
        $"{bar.Label}: activation {(bar.Activation is { } activation ? Text(activation) : "none")}, " +
        $"gradient {(bar.Gradient is { } gradient ? Text(gradient) : "none")}{(string.IsNullOrEmpty(bar.Note) ? "" : $"; {bar.Note}")}";

    private static string Short(string label) => label.Length <= LongestLabel ? label : label[..(LongestLabel - 1)] + "…";

    /// <summary>Three digits: <c>0.0125</c>, <c>2.17·10⁻⁵</c>.</summary>
    private static string Text(double value)
    {
        if (double.IsPositiveInfinity(value)) return "∞";
        var text = value.ToString("G3", CultureInfo.InvariantCulture);
        var mark = text.IndexOf('E', StringComparison.Ordinal);
        if (mark < 0) return text;
        var power = int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        return $"{text[..mark]}·10{string.Concat(power.Select(static digit => digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']))}";
    }

    private static string N(double number) => Math.Round(number, 1).ToString(CultureInfo.InvariantCulture);

    private static string Escape(string text) => SecurityElement.Escape(PlainText.Of(text, ' '));
}
