using System.Globalization;
using System.Text;

namespace Gradus.Nn;

/// <summary>What <see cref="Doctor.Examine"/> found. Prints as a table of the layers and the findings below it.</summary>
/// <param name="Loss">The loss of the batch.</param>
/// <param name="Layers">The layers in the order in which they finished, those that were not called last.</param>
/// <param name="Findings">What is wrong, causes before consequences.</param>
public sealed record Examination(double Loss, IReadOnlyList<LayerFlow> Layers, IReadOnlyList<Finding> Findings)
{
    /// <summary>Whether there is no illness; advice there may be.</summary>
    public bool IsHealthy => Findings.All(static finding => finding.Severity == Severity.Advice);

    /// <summary>The table and the findings.</summary>
    public override string ToString()
    {
        string[][] cells =
        [
            ["layer", "activation", "zeros", "dead", "saturated", "gradient", "× next", "weights", "their gradient", "update/weight"],
            .. Layers.Select(Row),
        ];
        // Columns without a figure in any row are left out.
        int[] columns = [.. Enumerable.Range(0, cells[0].Length).Where(column => column == 0 || cells.Skip(1).Any(row => row[column].Length > 0))];
        var text = new StringBuilder();
        foreach (var row in cells)
        {
            var line = string.Join("  ", columns.Select(column =>
            {
                var width = cells.Max(other => other[column].Length);
                return column == 0 ? row[column].PadRight(width) : row[column].PadLeft(width);
            }));
            text.Append(line.TrimEnd()).Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"loss {Loss:G6}\n");
        foreach (var finding in Findings) text.Append('\n').Append(finding).Append('\n');
        if (Findings.Count == 0) text.Append("nothing found\n");
        return text.ToString();
    }

    private static string[] Row(LayerFlow layer) =>
    [
        $"{layer.Path} {layer.Type}".Trim(),
        layer.Calls == 0 ? "not called" : Number(layer.Activation),
        Each(layer, static activation => Share(activation.ZeroShare)),
        Each(layer, static activation => activation.DeadUnits is { } dead ? $"{dead}/{activation.Units}" : ""),
        Each(layer, static activation => activation.SaturatedShare is { } share ? Share(share) : ""),
        Number(layer.Gradient),
        Number(layer.GradientRatio),
        Number(layer.Weight),
        Number(layer.WeightGradient),
        Number(layer.UpdateRatio),
    ];

    private static string Each(LayerFlow layer, Func<ActivationFlow, string> text) =>
        string.Join(' ', layer.Activations.Select(text).Where(static cell => cell.Length > 0));

    private static string Share(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");

    private static string Number(double? number) => number is { } value ? value.ToString("G3", CultureInfo.InvariantCulture) : "";
}
