using Gradus.Training;

namespace Gradus.Reports;

/// <summary>The curves, which the script draws, and the epochs as a table.</summary>
internal static class CurvesSection
{
    private const int MostRows = 300;

    public static Html Of(IReadOnlyList<ReportedRun> runs)
    {
        var hasSteps = runs.Any(static run => run.Curves.Steps.Count > 0 || run.Curves.Epochs.Count > 0);
        var empty = hasSteps ? Html.None : Html.Of($"<p class=\"card empty\">No step is recorded yet.</p>\n");
        return Html.Of($"""
            <section aria-labelledby="curves-title">
            <h2 id="curves-title">Curves</h2>
            <div class="tools"{(hasSteps ? Html.None : Html.Of($" hidden"))}>
            <label>Smoothing <input id="smoothing" type="range" min="0" max="100" value="0" aria-label="Smoothing"> <output id="window" for="smoothing"></output></label>
            <div class="zooms"><span id="range" role="status"></span><button id="farther" class="small" type="button" aria-label="Zoom out">−</button>
            <button id="nearer" class="small" type="button" aria-label="Zoom in">+</button><button id="reset" class="small" type="button">Reset</button></div>
            </div>
            {empty}<div id="charts"></div>
            <p class="keys" id="keys"{(hasSteps ? Html.None : Html.Of($" hidden"))}>Drag over a chart to zoom; the wheel zooms the chart that has the focus; a double click shows all.
            By keyboard, in a chart: <kbd>←</kbd> <kbd>→</kbd> move the cross-hair, with <kbd>Shift</kbd> by a tenth, <kbd>Home</kbd> <kbd>End</kbd> to the ends,
            <kbd>+</kbd> <kbd>−</kbd> zoom, <kbd>L</kbd> logarithmic scale, <kbd>R</kbd> reset, <kbd>Esc</kbd> no cross-hair.</p>
            {Thinned(runs)}{Html.Join(runs.Count == 1 ? [Table(runs[0].Curves)] : [])}</section>

            """);
    }

    private static Html Thinned(IReadOnlyList<ReportedRun> runs)
    {
        if (runs.All(static run => run.Curves.Steps.Count <= CurveThinning.MostValues)) return Html.None;
        var count = FigureText.Count(CurveThinning.Buckets);
        return Html.Of($"<p class=\"hint\">Of each of {count} stretches of a long run the lowest and the highest value are kept.</p>\n");
    }

    private static Html Table(RunCurves curves)
    {
        if (curves.Epochs.Count == 0) return Html.None;
        string[] names = [.. curves.Epochs.SelectMany(static epoch => epoch.Figures.Keys).Distinct()];
        Html[] heads =
        [
            HtmlTable.Head("Epoch"), HtmlTable.NumberHead("Step"), .. names.Select(static name => HtmlTable.NumberHead(FigureText.Title(name))),
            HtmlTable.NumberHead("Time"),
        ];
        var rows = curves.Epochs.TakeLast(MostRows).Select(epoch => HtmlTable.Row(
        [
            HtmlTable.Name(FigureText.Count(epoch.Epoch)), HtmlTable.Number(FigureText.Count(epoch.Step)), .. names.Select(name => Cell(epoch, name)),
            HtmlTable.Number(FigureText.Time(epoch.Seconds)),
        ]));
        var left = curves.Epochs.Count > MostRows ? Html.Of($"<p class=\"hint\">The last {MostRows} of {curves.Epochs.Count} epochs.</p>") : Html.None;
        return Html.Of($"<details><summary>Epochs as a table</summary>{left}{HtmlTable.Of("epochs", heads, rows)}</details>\n");
    }

    private static Html Cell(EpochFigures epoch, string name) =>
        HtmlTable.Number(epoch.Figures.TryGetValue(name, out var value) ? FigureText.Of(name, value) : "–");
}
