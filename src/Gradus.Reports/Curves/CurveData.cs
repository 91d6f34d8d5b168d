using System.Text;
using System.Text.Json;

namespace Gradus.Reports;

/// <summary>What the page's script reads: the charts with their lines, numbers at full precision, null for those that are not finite.</summary>
internal static class CurveData
{
    public static string Of(IReadOnlyList<ReportedRun> runs, IReadOnlyList<string> names)
    {
        using var stream = new MemoryStream();
        // The default encoder: no name can end the script that this is put into.
        using (var json = new Utf8JsonWriter(stream)) Write(json, CurveChart.Of(runs), names);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<CurveChart> charts, IReadOnlyList<string> names)
    {
        json.WriteStartObject();
        json.WriteStartArray("runs");
        foreach (var name in names)
        {
            json.WriteStartObject();
            json.WriteString("name", PlainText.Of(name));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("charts");
        foreach (var chart in charts)
        {
            json.WriteStartObject();
            json.WriteString("id", chart.Id);
            json.WriteString("title", PlainText.Of(chart.Title));
            if (chart.IsShare) json.WriteString("unit", "share");
            json.WriteStartArray("lines");
            foreach (var line in chart.Lines) Write(json, line);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, CurveLine line)
    {
        json.WriteStartObject();
        json.WriteNumber("run", line.Run);
        json.WriteString("name", PlainText.Of(line.Name));
        json.WriteBoolean("marked", line.IsMarked);
        json.WriteBoolean("noisy", line.IsNoisy);
        WriteNumbers(json, line, digits: null);
        if (line.Means is { } means)
        {
            json.WriteStartObject("means");
            WriteNumbers(json, means, digits: 6);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, CurveLine line, int? digits)
    {
        json.WriteStartArray("steps");
        foreach (var step in line.Steps) json.WriteNumberValue(step);
        json.WriteEndArray();
        json.WriteStartArray("values");
        foreach (var value in line.Values)
        {
            if (!double.IsFinite(value)) json.WriteNullValue();
            else json.WriteNumberValue(digits is { } kept ? Rounded(value, kept) : value);
        }

        json.WriteEndArray();
    }

    private static double Rounded(double value, int digits)
    {
        if (value == 0) return 0;
        var places = digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return places is >= 0 and <= 15 ? Math.Round(value, places) : value;
    }
}
