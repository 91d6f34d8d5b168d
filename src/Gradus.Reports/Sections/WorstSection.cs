using Gradus.Training;

namespace Gradus.Reports;

/// <summary>The samples of the highest loss: as pictures, as rows, or as text.</summary>
internal static class WorstSection
{
    public static Html Of(ReportedRun run)
    {
        if (run.Evaluation is not { Worst.Count: > 0 } evaluation) return Html.None;
        var worst = evaluation.Worst;
        var content = worst[0].Picture is not null ? Pictures(worst) : worst[0] is { Text: not null, Actual: null, Targets: null } ? Texts(worst) : Rows(worst);
        return Html.Of($"""
            <section aria-labelledby="worst-title">
            <h2 id="worst-title">Hardest samples</h2>
            <p class="hint">The highest losses of the {FigureText.SplitName(evaluation.Split)} set, with their numbers in it: mistakes, rare cases, and perhaps wrong labels.
            {(worst[0].Actual is not null && worst[0].Picture is not null ? "Below each: its class → the class that was predicted, with its probability." : "")}</p>
            {content}</section>

            """);
    }

    private static Html Pictures(IReadOnlyList<SampleResult> samples)
    {
        var items = samples.Select(static sample => Html.Of($"""
            <li><div class="pair">{Picture(sample.Picture, "The sample")}{Picture(sample.Reconstruction, "What is made of it")}</div>
            {Said(sample)}<small>no. {sample.Row} · loss {FigureText.Of(sample.Loss, 3)}</small></li>

            """));
        return Html.Of($"<ul class=\"samples\">\n{Html.Join(items)}</ul>\n");
    }

    private static Html Picture(string? png, string name) =>
        png is null ? Html.None : Html.Of($"<img src=\"data:image/png;base64,{png}\" alt=\"{name}\">");

    private static Html Said(SampleResult sample)
    {
        if (sample.Actual is { } actual)
        {
            var wrong = sample.Predicted == actual ? "" : "wrong";
            return Html.Of($"<p><b>{actual}</b> → <b class=\"{wrong}\">{sample.Predicted ?? "nothing"}</b><small>{Certainty(sample)}</small></p>");
        }

        return sample.Targets is { Count: > 0 } targets
            ? Html.Of($"<p>{FigureText.Of(targets[0].Target, 6)} → <b>{FigureText.Of(targets[0].Prediction, 6)}</b></p>") : Html.None;
    }

    private static string Certainty(SampleResult sample) => sample.Probability is { } share ? $" {share * 100:0} %" : "";

    private static Html Texts(IReadOnlyList<SampleResult> samples) => Table(
        [HtmlTable.NumberHead("Window"), HtmlTable.NumberHead("Loss"), HtmlTable.Head("Text")],
        samples.Select(static sample => HtmlTable.Row(Place(sample), TextOf(sample))));

    private static Html Rows(IReadOnlyList<SampleResult> samples)
    {
        var first = samples[0];
        Html[] said = first.Actual is not null ? [HtmlTable.Head("True"), HtmlTable.Head("Predicted")]
            : first.Targets is not null ? [HtmlTable.NumberHead("Target"), HtmlTable.NumberHead("Predicted")] : [];
        var cells = (first.Cells ?? []).Select(static cell => HtmlTable.NumberHead(cell.Name));
        Html[] text = first.Text is not null ? [HtmlTable.Head("Text")] : [];
        return Table(
            [HtmlTable.NumberHead("Sample"), HtmlTable.NumberHead("Loss"), .. said, .. cells, .. text],
            samples.Select(static sample => HtmlTable.Row([Place(sample), Pair(sample), .. (sample.Cells ?? []).Select(CellOf), TextOf(sample)])));
    }

    private static Html TextOf(SampleResult sample) => sample.Text is { } text ? Html.Of($"<td><pre>{text}</pre></td>") : Html.None;

    private static Html CellOf(SampleCell cell) => HtmlTable.Number(cell.Value.StartsWith('-') ? $"−{cell.Value[1..]}" : cell.Value);

    private static Html Place(SampleResult sample) =>
        Html.Join([HtmlTable.Number(FigureText.Count(sample.Row)), HtmlTable.Number(FigureText.Of(sample.Loss))]);

    private static Html Pair(SampleResult sample)
    {
        if (sample.Actual is { } actual)
        {
            var kind = sample.Predicted == actual ? "right" : "wrong";
            return Html.Join([HtmlTable.Cell(actual), HtmlTable.Cell((sample.Predicted ?? "nothing") + Certainty(sample), kind)]);
        }

        if (sample.Targets is not { Count: > 0 } targets) return Html.None;
        return Html.Join([
            HtmlTable.Number(string.Join(", ", targets.Select(static one => FigureText.Of(one.Target, 6)))),
            HtmlTable.Number(string.Join(", ", targets.Select(static one => FigureText.Of(one.Prediction, 6)))),
        ]);
    }

    private static Html Table(Html[] heads, IEnumerable<Html> rows) => Html.Of($"<div class=\"card\">{HtmlTable.Of("worst", heads, rows)}</div>\n");
}
