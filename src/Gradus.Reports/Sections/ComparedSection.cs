namespace Gradus.Reports;

/// <summary>Several runs side by side: their figures, and the options in which they differ.</summary>
internal static class ComparedSection
{
    public static Html Of(IReadOnlyList<ReportedRun> runs, IReadOnlyList<string> names)
    {
        string[] figures = [.. runs.SelectMany(static run => FiguresSection.OfRun(run.Record)).Select(static figure => figure.Key).Distinct()];
        string[] options = [.. runs.SelectMany(static run => run.Record.Options).Select(static option => option.Key).Distinct()
            .Where(key => key != "threads" && runs.Select(run => run.Option(key)).Distinct().Count() > 1)];
        Html[] rows =
        [
            Row("State", runs, static run => HeadSection.Badge(run.Record)),
            .. figures.Select(name => Row(FigureText.Title(name), runs, run =>
                Html.Of($"{(run.Record.Figures.TryGetValue(name, out var value) ? FigureText.Of(name, value) : "–")}"))),
            Row("Steps", runs, static run => Html.Of($"{FigureText.Count(run.Record.LastStep)}")),
            Row("Time", runs, static run => Html.Of($"{FigureText.Time(run.Record.Seconds)}")),
            .. options.Select(key => Row(key.Replace('_', ' '), runs, run => Html.Of($"{(run.Option(key) is { } value ? ReportedRun.Shown(value) : "–")}"))),
        ];
        var heads = names.Select(static (name, index) => Html.Of($"<th scope=\"col\" class=\"run{index % 6}\"><i class=\"swatch\"></i> {name}</th>"));
        return Html.Of($"<section class=\"card\">{HtmlTable.Of("compared", heads.Prepend(HtmlTable.Cell("")), rows)}</section>\n");
    }

    private static Html Row(string name, IReadOnlyList<ReportedRun> runs, Func<ReportedRun, Html> cell) =>
        HtmlTable.Row(runs.Select(run => Html.Of($"<td>{cell(run)}</td>")).Prepend(HtmlTable.Name(name)));
}
