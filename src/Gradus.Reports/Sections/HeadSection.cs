using System.Globalization;
using Gradus.Training;

namespace Gradus.Reports;

/// <summary>What the page is of: the names of the runs, how far they have come, and the switch between light and dark.</summary>
internal static class HeadSection
{
    public static Html Of(IReadOnlyList<ReportedRun> runs, IReadOnlyList<string> names)
    {
        var title = runs.Count == 1
            ? Html.Of($"<h1>{names[0]} {Badge(runs[0].Record)}</h1><p>{AboutOf(runs[0])}</p>{Failure(runs[0].Record)}")
            : Html.Of($"<h1>{string.Join(" · ", names)}</h1><p>{runs.Count} runs side by side</p>");
        return Html.Of($"<header><div>{title}</div><button id=\"theme\" class=\"small\" type=\"button\" aria-pressed=\"false\">Dark</button></header>\n");
    }

    /// <summary>How far a run has come, in a word.</summary>
    public static Html Badge(RunRecord run) => run.Status switch
    {
        RunStatus.Done => Html.Of($"<span class=\"badge done\">complete</span>"),
        RunStatus.Interrupted => Html.Of($"<span class=\"badge stopped\">interrupted</span>"),
        _ => Html.Of($"<span class=\"badge going\" title=\"It goes on, or was killed\">unfinished</span>"),
    };

    private static Html Failure(RunRecord run) => File.Exists(Path.Combine(run.Directory, RunFolder.ReplayName))
        ? Html.Of($"<p class=\"wrong\">A loss was not finite. Its step is in {RunFolder.ReplayName}: <code>gradus replay</code> names the operator.</p>")
        : Html.None;

    private static string AboutOf(ReportedRun run)
    {
        string?[] parts =
        [
            run.Option("data") is { } data ? ReportedRun.Shown(data) : null,
            run.Option("from") is { } from ? $"begun with {Path.GetFileName(from)}" : run.Option("model"),
            run.Record.Parameters > 0 ? $"{FigureText.Count(run.Record.Parameters)} parameters" : null,
            $"begun {run.Record.Began.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC",
        ];
        return string.Join(" · ", parts.Where(static part => part is not null));
    }
}
