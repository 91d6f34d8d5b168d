using System.Text.Json;
using Gradus.Training;

namespace Gradus.Reports;

/// <summary>What the doctor found, each finding once, with the steps at which it was there.</summary>
internal static class DoctorSection
{
    private const int MostFindings = 60;
    private const int MostSteps = 6;

    private static readonly Html[] Heads =
        [HtmlTable.Head("Finding"), HtmlTable.Head("Where"), HtmlTable.Head("At steps"), HtmlTable.Head("What it means, and what helps")];

    public static Html Of(ReportedRun run)
    {
        RunEvent[] examinations = [.. run.Curves.OtherEvents.Where(static happened => happened.Name == "doctor")];
        if (examinations.Length == 0) return Html.None;
        var findings = examinations
            .SelectMany(static happened => Findings(happened).Select(finding => (Step: (long)happened["step"], Finding: finding)))
            .GroupBy(static found => (JsonText.Of(found.Finding, "illness"), JsonText.Of(found.Finding, "path"))).ToArray();
        var rows = findings.Take(MostFindings).Select(static group => Row(group.Last().Finding, [.. group.Select(static found => found.Step)]));
        var left = findings.Length > MostFindings ? Html.Of($"<p class=\"hint\">The first {MostFindings} of {findings.Length} findings.</p>") : Html.None;
        var content = findings.Length == 0
            ? Html.Of($"<p class=\"card\">Nothing found, at {examinations.Length} examination{(examinations.Length == 1 ? "" : "s")}.</p>")
            : Html.Of($"{left}<div class=\"card\">{HtmlTable.Of("doctor", Heads, rows)}</div>");
        return Html.Of($"<section aria-labelledby=\"doctor-title\">\n<h2 id=\"doctor-title\">The doctor’s findings</h2>\n{content}\n</section>\n");
    }

    private static Html Row(JsonElement finding, long[] steps)
    {
        var place = JsonText.Of(finding, "path") is { Length: > 0 } path ? $"{path} ({JsonText.Of(finding, "type")})" : "the network";
        var at = steps.Length <= MostSteps ? string.Join(", ", steps.Select(FigureText.Count))
            : $"{FigureText.Count(steps[0])} to {FigureText.Count(steps[^1])}, {steps.Length} times";
        var name = JsonText.Of(finding, "severity") == "illness" ? "wrong" : "";
        return Html.Of($"""
            <tr><th scope="row" class="{name}">{FigureText.Capital(JsonText.Of(finding, "illness").Replace('-', ' '))}</th><td>{place}</td><td>{at}</td>
            <td>{FigureText.Capital(JsonText.Of(finding, "figure").TrimEnd('.'))}. {JsonText.Of(finding, "meaning")} <b>{JsonText.Of(finding, "remedy")}</b></td></tr>

            """);
    }

    private static IEnumerable<JsonElement> Findings(RunEvent happened) =>
        happened.Json.TryGetProperty("findings", out var findings) && findings.ValueKind == JsonValueKind.Array
            ? findings.EnumerateArray().Where(static finding => finding.ValueKind == JsonValueKind.Object) : [];
}
