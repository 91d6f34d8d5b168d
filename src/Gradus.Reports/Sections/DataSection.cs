using System.Text.Json;
using Gradus.Training;

namespace Gradus.Reports;

/// <summary>What was learned from: how many samples, what was made of missing cells, and what is doubtful about them.</summary>
internal static class DataSection
{
    private const int MostLines = 100;

    public static Html Of(ReportedRun run)
    {
        if (run.Data is not { } data) return Html.None;
        (string Name, string Value)[] facts =
        [
            .. Count(data, "train", "Training samples"), .. Count(data, "valid", "Validation samples"), .. Count(data, "test", "Test samples"),
            .. Shape(data), .. Count(data, "classes", "Classes"), .. TextOf(data, "target", "Target"), .. Count(data, "rows", "Rows in the file"),
            .. Count(data, "filled", "Missing cells filled"), .. Count(data, "dropped", "Rows dropped"), .. Count(data, "unknown", "Cells with unknown texts"),
            .. Count(data, "skipped", "Pictures skipped"), .. Figure(data, "valid_persistence_rmse", "RMSE of persistence, validation"),
            .. Figure(data, "test_persistence_rmse", "RMSE of persistence, test"),
        ];
        var rows = facts.Select(static fact => HtmlTable.Row(HtmlTable.Name(fact.Name), HtmlTable.Number(fact.Value)));
        return Html.Of($"""
            <section aria-labelledby="data-title">
            <h2 id="data-title">Data</h2>
            <div class="panels">
            <div class="card panel">{HtmlTable.OfFacts("data", rows)}</div>
            {Folds(run)}{Baselines(run)}{Audit(data)}{Notes(data)}</div>
            </section>

            """);
    }

    // Means and standard errors of a cross-validation.
    private static Html Folds(ReportedRun run)
    {
        var done = run.Curves.OtherEvents.LastOrDefault(static happened => happened.Name == "folds");
        if (done is null || !done.Json.TryGetProperty("models", out var models) || models.ValueKind != JsonValueKind.Object) return Html.None;
        var rows = from model in models.EnumerateObject().Take(MostLines)
                   where model.Value.ValueKind == JsonValueKind.Object
                   from figure in model.Value.EnumerateObject().Take(MostLines)
                   where figure.Value.ValueKind == JsonValueKind.Number
                   from error in model.Value.EnumerateObject().Where(other => other.Name == figure.Name + "_standard_error").Take(1)
                   where error.Value.ValueKind == JsonValueKind.Number
                   select HtmlTable.Row(
                       HtmlTable.Name($"{model.Name}: {FigureText.Title("test_" + figure.Name)}"),
                       HtmlTable.Number($"{FigureText.Of(figure.Name, figure.Value.GetDouble())} ± {FigureText.Of(figure.Name, error.Value.GetDouble())}"));
        var title = $"Cross-validation, {FigureText.Of(done["folds"])} folds";
        return Html.Of($"<div class=\"card panel\"><h3>{title}</h3>{HtmlTable.OfFacts("folds", rows)}</div>\n");
    }

    // What models without a network do on the same rows.
    private static Html Baselines(ReportedRun run)
    {
        var done = run.Curves.OtherEvents.LastOrDefault(static happened => happened.Name == "done");
        if (done is null || !done.Json.TryGetProperty("baselines", out var baselines) || baselines.ValueKind != JsonValueKind.Object) return Html.None;
        var rows = from baseline in baselines.EnumerateObject().Take(MostLines)
                   where baseline.Value.ValueKind == JsonValueKind.Object
                   from figure in baseline.Value.EnumerateObject().Take(MostLines)
                   where figure.Value.ValueKind == JsonValueKind.Number
                   select HtmlTable.Row(
                       HtmlTable.Name($"{baseline.Name}: {FigureText.Title(figure.Name)}"),
                       HtmlTable.Number(FigureText.Of(figure.Name, figure.Value.GetDouble())));
        return Html.Of($"<div class=\"card panel\"><h3>Models without a network</h3>{HtmlTable.OfFacts("baselines", rows)}</div>\n");
    }

    private static Html Audit(RunEvent data)
    {
        if (!data.Json.TryGetProperty("audit", out var audit) || audit.ValueKind != JsonValueKind.Array) return Html.None;
        Html[] lines = [.. audit.EnumerateArray().Where(static finding => finding.ValueKind == JsonValueKind.Object).Take(MostLines)
            .Select(static finding => Html.Of($"<li><b>{JsonText.Of(finding, "kind").Replace('-', ' ')}</b>: {JsonText.Of(finding, "text")}</li>\n"))];
        var content = lines.Length == 0 ? Html.Of($"<p>Nothing doubtful found.</p>") : Html.Of($"<ul>\n{Html.Join(lines)}</ul>");
        return Html.Of($"<div class=\"card panel wide\"><h3>Audit</h3>{content}</div>\n");
    }

    private static Html Notes(RunEvent data)
    {
        if (!data.Json.TryGetProperty("notes", out var notes) || notes.ValueKind != JsonValueKind.Array) return Html.None;
        var lines = notes.EnumerateArray().Where(static note => note.ValueKind == JsonValueKind.String).Take(MostLines)
            .Select(static note => Html.Of($"<li>{note.GetString()}</li>\n"));
        return Html.Of($"<div class=\"card panel wide\"><h3>Notes of reading</h3><ul>\n{Html.Join(lines)}</ul></div>\n");
    }

    private static IEnumerable<(string, string)> Count(RunEvent data, string name, string title) =>
        double.IsNaN(data[name]) ? [] : [(title, FigureText.Count((long)data[name]))];

    private static IEnumerable<(string, string)> Figure(RunEvent data, string name, string title) =>
        double.IsNaN(data[name]) ? [] : [(title, FigureText.Of(data[name]))];

    private static IEnumerable<(string, string)> TextOf(RunEvent data, string name, string title) =>
        JsonText.Of(data.Json, name) is { Length: > 0 } text ? [(title, text)] : [];

    private static IEnumerable<(string, string)> Shape(RunEvent data) =>
        data.Json.TryGetProperty("input_shape", out var shape) && shape.ValueKind == JsonValueKind.Array
            ? [("Shape of a sample", string.Join(" × ", shape.EnumerateArray().Select(static size => size.GetRawText())))] : [];
}
