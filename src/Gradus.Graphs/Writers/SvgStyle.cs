using System.Globalization;
using System.Text;

namespace Gradus.Graphs;

/// <summary>The colors and type of a picture, light and dark. What a graph does not have is left out.</summary>
internal static class SvgStyle
{
    /// <summary>The darkest shade of a cell; the lightest is 0.</summary>
    public const int Shades = 10;

    private const string Common = """
        text { font-family: "Inter", "Segoe UI", "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums; }
        .page { fill: #ffffff; }
        .wire { fill: none; stroke: #94a3b8; stroke-width: 1.5; }
        .arrow { fill: #94a3b8; }
        .head { fill: #f1f5f9; stroke: #475569; stroke-width: 1.5; }
        .output .head { stroke-width: 2.5; }
        .symbol { fill: #0f172a; font-size: 15px; text-anchor: middle; }
        .variable .symbol { font-style: italic; }
        .constant .symbol { fill: #64748b; }
        .label { font-size: 12px; }
        .index { font-size: 75%; }
        .value { fill: #1d4ed8; }
        .name { fill: #0f172a; font-style: italic; }
        .gradient { fill: #c2410c; }
        .muted { fill: #64748b; font-size: 11px; }
        @media (prefers-color-scheme: dark) {
          .page { fill: #0f172a; }
          .wire { stroke: #64748b; }
          .arrow { fill: #64748b; }
          .head { fill: #1e293b; stroke: #94a3b8; }
          .symbol, .name { fill: #f1f5f9; }
          .constant .symbol, .muted { fill: #94a3b8; }
          .value { fill: #7dd3fc; }
          .gradient { fill: #fdba74; }
        }
        """;

    private const string Modules = """
        .frame { fill: #94a3b8; fill-opacity: .1; stroke: #cbd5e1; }
        .caption { fill: #475569; font-size: 12px; font-weight: 600; }
        .inset { fill: none; stroke: #94a3b8; stroke-width: .75; }
        .module .head { fill: #e0e7ff; stroke: #4f46e5; }
        @media (prefers-color-scheme: dark) {
          .frame { stroke: #475569; }
          .caption { fill: #cbd5e1; }
          .module .head { fill: #312e81; stroke: #a5b4fc; }
        }
        """;

    // The hue says whether it is a value or a gradient, as everywhere; light is negative and dark positive.
    private const string Strips = """
        .strip rect { fill: #ffffff; stroke: #94a3b8; stroke-width: .6; }
        .value-cells path { stroke: #1d4ed8; }
        .gradient-cells path { stroke: #c2410c; }
        @media (prefers-color-scheme: dark) {
          .strip rect { fill: #0f172a; stroke: #64748b; }
          .value-cells path { stroke: #7dd3fc; }
          .gradient-cells path { stroke: #fdba74; }
        }
        """;

    // One color for each head, light and dark; further heads begin again.
    private static readonly (string Light, string Dark)[] Colors =
    [
        ("#c2410c", "#fdba74"), ("#7c3aed", "#c4b5fd"), ("#0f766e", "#5eead4"),
        ("#be185d", "#f9a8d4"), ("#4d7c0f", "#bef264"), ("#0369a1", "#7dd3fc"),
    ];

    /// <summary>The number of a head's color.</summary>
    public static int Color(int head) => head % Colors.Length;

    public static string Of(GraphModel graph)
    {
        var style = new StringBuilder(Common).Append('\n');
        if (graph.Nodes.Any(static node => node.Group is not null || node.Folded is not null)) style.Append(Modules).Append('\n');
        if (graph.Nodes.Any(static node => HeatGrid.SizeOf(node.Value).Width + HeatGrid.SizeOf(node.Gradient).Width > 0))
        {
            style.Append(Strips).Append('\n');
            for (var shade = 0; shade < Shades; shade++)
            {
                style.Append(CultureInfo.InvariantCulture, $".s{shade} {{ opacity: {Math.Round((double)shade / Shades, 2)}; }}\n");
            }
        }

        if (SvgWriter.HasFlows(graph))
        {
            // What is added has colors; the sum has none.
            style.Append(".flow { fill: none; stroke-width: 2; }\n.gradient { fill: #0f172a; }\n");
            for (var head = 0; head < Colors.Length; head++)
            {
                style.Append($".h{head} {{ fill: {Colors[head].Light}; }} .f{head} {{ stroke: {Colors[head].Light}; }}\n");
            }

            style.Append("@media (prefers-color-scheme: dark) {\n  .gradient { fill: #f1f5f9; }\n");
            for (var head = 0; head < Colors.Length; head++)
            {
                style.Append($"  .h{head} {{ fill: {Colors[head].Dark}; }} .f{head} {{ stroke: {Colors[head].Dark}; }}\n");
            }

            style.Append("}\n");
        }

        return style.ToString();
    }
}
