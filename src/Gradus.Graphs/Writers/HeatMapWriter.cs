using System.Globalization;
using System.Security;
using System.Text;

namespace Gradus.Graphs;

/// <summary>
/// Heat maps over a picture, side by side: the picture, then each map in two colors with zero as the page, the picture's outline over it, and its scale
/// below.
/// </summary>
/// <remarks>
/// One file without scripts, fonts or references; light or dark as the reader's system is, in the colors of the graphs: what raises in the gradient's, what
/// lowers in the value's.
/// </remarks>
public static class HeatMapWriter
{
    private const double PanelSide = 168;
    private const double Gap = 28;
    private const double Top = 56;
    private const double Below = 66;
    private const int MostColumns = 4;

    private const string Style = """
        text { font-family: "Inter", "Segoe UI", "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums; }
        .page { fill: #ffffff; }
        .frame { fill: none; stroke: #cbd5e1; stroke-width: 1; }
        .title { fill: #0f172a; font-size: 15px; }
        .name { fill: #0f172a; font-size: 12px; }
        .note { fill: #64748b; font-size: 11px; }
        .low { text-anchor: start; }
        .zero { text-anchor: middle; }
        .high { text-anchor: end; }
        .cells { shape-rendering: crispEdges; }
        .ink { fill: #0f172a; }
        .raises { fill: #c2410c; }
        .lowers { fill: #1d4ed8; }
        .outline { fill: none; stroke: #475569; stroke-width: 1; stroke-opacity: 0.55; }
        @media (prefers-color-scheme: dark) {
          .page { fill: #0f172a; }
          .frame { stroke: #334155; }
          .title, .name { fill: #f1f5f9; }
          .note { fill: #94a3b8; }
          .ink { fill: #f1f5f9; }
          .raises { fill: #fdba74; }
          .lowers { fill: #7dd3fc; }
          .outline { stroke: #cbd5e1; }
        }
        """;

    /// <summary>The picture and its maps.</summary>
    /// <param name="title">What is shown, on one line: <c>sample 3: a 7</c>.</param>
    /// <param name="picture">
    /// [height, width], or [channels, height, width] with one channel, drawn as ink on the page, or three, drawn in their colors; the least number is 0,
    /// the greatest 1.
    /// </param>
    /// <param name="maps">One or more, of the picture's height and width.</param>
    /// <returns>SVG.</returns>
    /// <exception cref="GradusException">There is no map, or a shape does not fit.</exception>
    public static string Write(string title, Tensor picture, IReadOnlyList<HeatMap> maps)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(maps);
        var pixels = PixelGrid.Picture(picture);
        if (maps.Count == 0) throw new GradusException("heatMap: there is no map to draw, expected one or more.");
        var grids = maps.Select(map => PixelGrid.Map(map, pixels)).ToArray();

        // The last panel says how to read the others.
        var panels = maps.Count + 2;
        var columns = Math.Min(MostColumns, panels);
        var cell = PanelSide / Math.Max(pixels.Width, pixels.Height);
        var (panelWidth, panelHeight) = (PanelSide, cell * pixels.Height);
        var width = Gap + (columns * (panelWidth + Gap));
        var height = Top + ((panels + columns - 1) / columns * (panelHeight + Below)) + 6;
        var svg = new StringBuilder(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{N(width)}\" height=\"{N(height)}\" viewBox=\"0 0 {N(width)} {N(height)}\" role=\"img\">\n");
        svg.Append($"<title>{Text(title)}</title>\n<style>\n{Style}\n</style>\n");
        svg.Append($"<defs><path id=\"outline\" class=\"outline\" vector-effect=\"non-scaling-stroke\" d=\"{PixelPaths.Outline(pixels)}\"/>{Scale()}</defs>\n");
        svg.Append($"<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n<text class=\"title\" x=\"{N(Gap)}\" y=\"26\">{Text(title)}</text>\n");
        for (var panel = 0; panel < panels; panel++)
        {
            var (left, top) = (Gap + (panel % columns * (panelWidth + Gap)), Top + (panel / columns * (panelHeight + Below)));
            svg.Append($"<g class=\"panel\" transform=\"translate({N(left)} {N(top)})\">\n");
            if (panel == 0) WritePicture(svg, pixels, cell);
            else if (panel <= maps.Count) WriteMap(svg, maps[panel - 1], grids[panel - 1], cell);
            else WriteReading(svg);
            svg.Append("</g>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void WritePicture(StringBuilder svg, PixelGrid pixels, double cell)
    {
        svg.Append("<text class=\"name\" y=\"-7\">input</text>\n");
        svg.Append($"<g class=\"cells\" transform=\"scale({Fine(cell)})\">" +
            $"{(pixels.IsColored ? PixelPaths.Colors(pixels) : PixelPaths.Levels(pixels, "ink", "ink"))}</g>\n");
        WriteFrame(svg, pixels, cell);
    }

    private static void WriteMap(StringBuilder svg, HeatMap map, PixelGrid grid, double cell)
    {
        var (bottom, most) = (cell * grid.Height, grid.Greatest);
        svg.Append(
            $"<title>{Text(map.Note.Length > 0 ? $"{map.Title}: {map.Note}" : map.Title)}</title>\n<text class=\"name\" y=\"-7\">{Text(map.Title)}</text>\n");
        svg.Append($"<g class=\"cells\" transform=\"scale({Fine(cell)})\">{PixelPaths.Levels(grid, "raises", "lowers")}</g>\n");
        svg.Append($"<use href=\"#outline\" transform=\"scale({Fine(cell)})\"/>\n");
        WriteFrame(svg, grid, cell);
        svg.Append($"<use href=\"#scale\" y=\"{N(bottom + 7)}\"/>\n");
        svg.Append($"<text class=\"note low\" y=\"{N(bottom + 25)}\">{Number(0 - most)}</text>" +
            $"<text class=\"note zero\" x=\"{N(PanelSide / 2)}\" y=\"{N(bottom + 25)}\">0</text>");
        svg.Append($"<text class=\"note high\" x=\"{N(PanelSide)}\" y=\"{N(bottom + 25)}\">{Number(most)}</text>\n");
        if (map.Note.Length > 0) svg.Append($"<text class=\"note\" y=\"{N(bottom + 40)}\">{Text(map.Note)}</text>\n");
    }

    private static void WriteReading(StringBuilder svg)
    {
        svg.Append("<text class=\"name\" y=\"-7\">how to read it</text>\n<use href=\"#scale\" y=\"8\"/>\n");
        svg.Append($"<text class=\"note low\" y=\"27\">lowers</text><text class=\"note zero\" x=\"{N(PanelSide / 2)}\" y=\"27\">nothing</text>" +
            $"<text class=\"note high\" x=\"{N(PanelSide)}\" y=\"27\">raises</text>\n");
        string[] lines =
        [
            "what this pixel does to the", "score of the class; each map", "has a scale of its own, its", "greatest number at the ends.",
            "The thin line is the outline", "of the input.",
        ];
        for (var line = 0; line < lines.Length; line++) svg.Append($"<text class=\"note\" y=\"{N(50 + (line * 16))}\">{lines[line]}</text>\n");
    }

    private static void WriteFrame(StringBuilder svg, PixelGrid grid, double cell) =>
        svg.Append($"<rect class=\"frame\" x=\"-0.5\" y=\"-0.5\" width=\"{N((cell * grid.Width) + 1)}\" height=\"{N((cell * grid.Height) + 1)}\"/>\n");

    /// <summary>The colors from the lowest to the highest, as wide as a panel.</summary>
    private static string Scale()
    {
        var scale = new StringBuilder("<g id=\"scale\" class=\"cells\">");
        var width = PanelSide / 2 / PixelPaths.LevelCount;
        for (var level = 1; level <= PixelPaths.LevelCount; level++)
        {
            var opacity = PixelPaths.Opacity(level);
            scale.Append(
                $"<rect class=\"lowers\" x=\"{Fine((PanelSide / 2) - (level * width))}\" width=\"{Fine(width)}\" height=\"5\" fill-opacity=\"{opacity}\"/>");
            scale.Append($"<rect class=\"raises\" x=\"{Fine((PanelSide / 2) + ((level - 1) * width))}\" " +
                $"width=\"{Fine(width)}\" height=\"5\" fill-opacity=\"{opacity}\"/>");
        }

        return scale.Append("</g>").ToString();
    }

    private static string Text(string text) => SecurityElement.Escape(PlainText.Of(text, ' '));

    private static string Number(double number) => NumberText.Of(number, "G3");

    private static string N(double number) => Math.Round(number, 1).ToString(CultureInfo.InvariantCulture);

    private static string Fine(double number) => Math.Round(number, 4).ToString(CultureInfo.InvariantCulture);
}
