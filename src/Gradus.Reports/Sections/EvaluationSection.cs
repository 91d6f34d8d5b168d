using System.Globalization;
using System.Text.Json;
using Gradus.Training;

namespace Gradus.Reports;

/// <summary>What the model gets right and wrong: the confusion matrix and each class, or predictions against targets.</summary>
internal static class EvaluationSection
{
    // More classes are told by their numbers alone.
    private const int MostWithShares = 15;
    private const int MostClasses = 60;

    public static Html Of(ReportedRun run)
    {
        if (run.Evaluation is not { } evaluation)
        {
            var why = run.Record.Status == RunStatus.Unfinished
                ? "The model is measured sample by sample at the end of a run; this one has not come to it."
                : "This run was not measured sample by sample: evaluation.json is not in its folder.";
            return Section(null, Html.Of($"<p class=\"card panel empty\">{why}</p>"));
        }

        var panels = new List<Html>();
        if (evaluation.Classes is { } classes)
        {
            if (evaluation.Confusion is { } matrix) panels.Add(Matrix(classes, matrix));
            panels.Add(Classes(classes));
            // A small matrix shows them by itself.
            if (evaluation.Confused is { Count: > 0 } confused && classes.Count > MostWithShares) panels.Add(Confused(confused));
        }

        if (evaluation.Points is { Count: > 0 } points) panels.Add(Scatter(evaluation, points));
        if (panels.Count == 0) panels.Add(Html.Of($"<p class=\"card panel\">{Loss(run, evaluation)}</p>"));
        return Section(evaluation, Html.Join(panels));
    }

    private static Html Section(RunEvaluation? evaluation, Html content)
    {
        var unit = evaluation?.Worst is [{ Text: not null }, ..] ? "windows" : "samples";
        var samples = evaluation is null ? "" : $": {FigureText.Count(evaluation.Samples)} {unit} of the {FigureText.SplitName(evaluation.Split)} set";
        return Html.Of($"""
            <section aria-labelledby="evaluation-title">
            <h2 id="evaluation-title">Evaluation{samples}</h2>
            <div class="panels">
            {content}</div>
            </section>

            """);
    }

    private static string Loss(ReportedRun run, RunEvaluation evaluation)
    {
        var loss = $"Mean loss {FigureText.Of(evaluation.Loss)}";
        if (evaluation.RootMeanSquaredError is { } error) return $"{loss}, RMSE {FigureText.Of(error)}.";
        return run.Option("data")?.StartsWith("text:", StringComparison.Ordinal) == true && evaluation.Loss is { } nats
            ? $"{loss} nats for a character: a perplexity of {FigureText.Of(Math.Exp(nats))}." : $"{loss}.";
    }

    private static Html Matrix(IReadOnlyList<ClassResult> classes, IReadOnlyList<IReadOnlyList<long>> matrix)
    {
        var isDense = classes.Count > MostWithShares;
        var heads = Html.Join(classes.Select(static one => Html.Of($"<th scope=\"col\" title=\"{one.Name}\"><span>{one.Name}</span></th>")));
        var rows = matrix.Select((row, actual) => HtmlTable.Row(row.Select((count, predicted) => Cell(classes, actual, predicted, count))
            .Prepend(Html.Of($"<th scope=\"row\" title=\"{classes[actual].Name}\"><span>{classes[actual].Name}</span></th>"))));
        var button = isDense ? Html.Of($"<button id=\"shares\" class=\"small\" type=\"button\" aria-pressed=\"false\">Shares</button>") : Html.None;
        return Html.Of($"""
            <div class="card panel wide"><div class="titled"><h3>Confusion matrix</h3>{button}</div>
            <p class="hint">A row for each true class, a column for each predicted one; shares are of the row.</p>
            <div class="scroll"><table id="confusion"{(isDense ? Html.Of($" class=\"dense\"") : Html.None)}>
            <thead><tr><td class="none side">true \ predicted</td>{heads}</tr></thead>
            <tbody>
            {Html.Join(rows)}</tbody></table></div></div>

            """);
    }

    private static Html Cell(IReadOnlyList<ClassResult> classes, int actual, int predicted, long count)
    {
        if (count == 0) return Html.Of($"<td class=\"none\">·</td>");
        var share = (double)count / classes[actual].Support;
        // Mistakes are few: by the root of their share they are told apart.
        var heat = Math.Round(actual == predicted ? share : Math.Sqrt(share), 3);
        var title = $"{classes[actual].Name} taken for {classes[predicted].Name}: {FigureText.Count(count)}, {FigureText.Share(share)}";
        var name = actual == predicted ? "right" : "off";
        return Html.Of($"<td class=\"{name}\" style=\"--share:{heat}\" title=\"{title}\"><b>{FigureText.Count(count)}</b><small>{Brief(share)}</small></td>");
    }

    private static string Brief(double share) => share is > 0 and < 0.01 ? "<1 %" : string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");

    private static Html Confused(IReadOnlyList<ConfusedPair> pairs)
    {
        var rows = pairs.Select(static pair =>
            HtmlTable.Row(HtmlTable.Cell(pair.Actual), HtmlTable.Cell(pair.Predicted), HtmlTable.Number(FigureText.Count(pair.Count))));
        Html[] heads = [HtmlTable.Head("True"), HtmlTable.Head("Predicted"), HtmlTable.NumberHead("Samples")];
        return Html.Of($"<div class=\"card panel\"><h3>Most frequent mistakes</h3>{HtmlTable.Of("mistakes", heads, rows)}</div>\n");
    }

    private static Html Classes(IReadOnlyList<ClassResult> classes)
    {
        var shown = classes.Count <= MostClasses ? classes : [.. classes.OrderBy(static one => one.F1).Take(MostClasses)];
        var left = shown.Count < classes.Count ? Html.Of($"<p class=\"hint\">The {shown.Count} of {classes.Count} classes with the lowest F1.</p>") : Html.None;
        ClassResult[] present = [.. classes.Where(static one => one.Support > 0)];
        var mean = Html.Of($"<tr class=\"total\">{HtmlTable.Name("Mean")}{Figures(present)}</tr>\n");
        var rows = shown.Select(static one => HtmlTable.Row(HtmlTable.Name(one.Name), Figures([one])));
        Html[] heads = [HtmlTable.Head("Class"), .. Array.ConvertAll(["Precision", "Recall", "F1", "Support"], HtmlTable.NumberHead)];
        return Html.Of($"<div class=\"card panel\"><h3>Classes</h3>{left}{HtmlTable.Of("classes", heads, rows.Append(mean))}</div>\n");
    }

    private static Html Figures(IReadOnlyList<ClassResult> classes) => Html.Join([
        Share(Mean(classes, static one => one.Precision)), Share(Mean(classes, static one => one.Recall)), Share(Mean(classes, static one => one.F1)),
        HtmlTable.Number(FigureText.Count(classes.Sum(static one => one.Support))),
    ]);

    // A class that is never predicted has no precision; the mean of several counts it as 0, as the field does.
    private static double Mean(IReadOnlyList<ClassResult> classes, Func<ClassResult, double> figure) =>
        classes.Count switch
        {
            0 => double.NaN,
            1 => figure(classes[0]),
            _ => classes.Average(one => double.IsNaN(figure(one)) ? 0 : figure(one)),
        };

    private static Html Share(double share) => HtmlTable.Number(double.IsNaN(share) ? "–" : share.ToString("0.000", CultureInfo.InvariantCulture));

    private static Html Scatter(RunEvaluation evaluation, IReadOnlyList<TargetPoint> points)
    {
        TargetPoint[] finite = [.. points.Where(static point => point.Prediction is not null && double.IsFinite(point.Target))];
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            foreach (var point in finite)
            {
                json.WriteStartArray();
                json.WriteNumberValue(point.Target);
                json.WriteNumberValue(point.Prediction!.Value);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        var target = evaluation.Target is { } name ? $": {name}" : "";
        var data = new Html(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
        return Html.Of($"""
            <div class="card panel wide"><h3>Prediction against target{target}</h3>
            <p class="hint">RMSE {FigureText.Of(evaluation.RootMeanSquaredError)}; {FigureText.Count(finite.Length)} predictions, on the line where they are right.</p>
            <svg id="scatter" role="img" aria-label="Predictions against targets"></svg>
            <script type="application/json" id="scatter-data">{data}</script></div>

            """);
    }
}
