using System.Globalization;
using System.Net;
using System.Text;
using Gradus.Training;

namespace Gradus.Cli.Output;

/// <summary>Columns as bars of what they matter, each with its partial dependence: an SVG picture that stands by itself.</summary>
internal static class ImportancePicture
{
    private const int RowHeight = 44;
    private const int Top = 34;
    private const int NameWidth = 200;
    private const int BarWidth = 320;
    private const int CurveLeft = 640;
    private const int CurveWidth = 200;
    private const int MostColumns = 60;
    private const int LetterWidth = 8;

    private static readonly string[] Colors = ["#2f6fb0", "#c8571b", "#3b8f4b", "#8a4fa8", "#b08c1a", "#4b5563"];

    public static string Of(IReadOnlyList<ColumnImportance> columns, IReadOnlyList<string>? classes, string measure)
    {
        ColumnImportance[] shown = [.. columns.Take(MostColumns)];
        var most = Math.Max(shown.Max(static column => column.Importance), 1e-12);
        var svg = new StringBuilder();
        // So wide are the letters of a legend at most, on average.
        var words = (classes ?? []).Take(Colors.Length).Sum(static name => Short(name).Length + 2);
        var (right, bottom) = (CurveLeft + Math.Max(CurveWidth, (22 + words) * LetterWidth) + 20, Top + shown.Length * RowHeight + 20);
        svg.Append(Text($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{right}\" height=\"{bottom}\" "));
        svg.Append("font-family=\"system-ui, sans-serif\" font-size=\"13\">\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        svg.Append(Text($"<text x=\"{NameWidth}\" y=\"20\" fill=\"#4b5563\">growth of the {measure}</text>\n"));
        svg.Append(Text($"<text x=\"{CurveLeft}\" y=\"20\" fill=\"#4b5563\">what the model says{Legend(classes)}</text>\n"));
        for (var row = 0; row < shown.Length; row++)
        {
            var (column, y) = (shown[row], Top + row * RowHeight);
            var width = Math.Max(0, column.Importance) / most * BarWidth;
            svg.Append(Text($"<text x=\"{NameWidth - 8}\" y=\"{y + 22}\" text-anchor=\"end\">{Escape(Short(column.Name))}</text>\n"));
            svg.Append(Text($"<rect x=\"{NameWidth}\" y=\"{y + 8}\" width=\"{width:0.#}\" height=\"20\" fill=\"{Colors[0]}\"/>\n"));
            svg.Append(Text($"<text x=\"{NameWidth + width + 6:0.#}\" y=\"{y + 23}\" fill=\"#4b5563\">"));
            svg.Append(Text($"{column.Importance:G3} ± {column.Deviation:G2}</text>\n"));
            DrawCurve(svg, column, y + 4);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static string Legend(IReadOnlyList<string>? classes) => classes is null ? "" : ": " + string.Join(", ", classes.Take(Colors.Length).Select(
        static (name, label) => $"<tspan fill=\"{Colors[label]}\">{Escape(Short(name))}</tspan>"));

    private static void DrawCurve(StringBuilder svg, ColumnImportance column, int top)
    {
        const int Height = RowHeight - 10;
        if (column.Curve.Count < 2) return;
        var (first, last) = (column.Curve.Min(static point => point.Number), column.Curve.Max(static point => point.Number));
        var (low, high) = (column.Curve.Min(static point => point.Mean.Min()), column.Curve.Max(static point => point.Mean.Max()));
        if (!(last > first)) return;
        svg.Append(Text($"<rect x=\"{CurveLeft}\" y=\"{top}\" width=\"{CurveWidth}\" height=\"{Height}\" fill=\"#f3f4f6\"/>\n"));
        for (var output = 0; output < Math.Min(column.Curve[0].Mean.Count, Colors.Length); output++)
        {
            var points = column.Curve.Select(point =>
            {
                var share = high > low ? (point.Mean[output] - low) / (high - low) : 0.5;
                return Text($"{CurveLeft + (point.Number - first) / (last - first) * CurveWidth:0.#},{top + Height - 2 - share * (Height - 4):0.#}");
            });
            svg.Append(Text($"<polyline points=\"{string.Join(" ", points)}\" fill=\"none\" stroke=\"{Colors[output]}\" stroke-width=\"1.5\"/>\n"));
        }
    }

    private static string Short(string name) => name.Length <= 28 ? name : name[..27] + "…";

    private static string Escape(string text) => WebUtility.HtmlEncode(PlainText.Of(text));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
