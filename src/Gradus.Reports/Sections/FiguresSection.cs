using Gradus.Training;

namespace Gradus.Reports;

/// <summary>The final figures in large type.</summary>
internal static class FiguresSection
{
    // In the order in which a reader wants them; the first that is there is the figure of the run.
    private static readonly string[] Wanted =
    [
        "test_accuracy", "valid_accuracy", "test_rmse", "valid_rmse", "test_loss", "valid_loss",
    ];

    public static Html Of(ReportedRun run)
    {
        var record = run.Record;
        var figures = OfRun(record).Select(static (figure, index) =>
            Tile(FigureText.Title(figure.Key), Html.Of($"{FigureText.Of(figure.Key, figure.Value)}"), isMain: index == 0)).ToList();
        if (figures.Count == 0 && record.LastStep > 0) figures.Add(Tile("Loss of the last step", Html.Of($"{FigureText.Of(record.LastLoss)}"), isMain: true));
        if (record.BestEpoch is { } best && run.Curves.Epochs.Count > 0)
        {
            figures.Add(Tile("Best epoch", Html.Of($"{best} <small>of {run.Curves.Epochs.Count}</small>"), isMain: false));
        }

        figures.Add(Tile("Steps", record.Steps > record.LastStep
            ? Html.Of($"{FigureText.Count(record.LastStep)} <small>of {FigureText.Count(record.Steps)}</small>")
            : Html.Of($"{FigureText.Count(record.LastStep)}"), isMain: false));
        figures.Add(Tile("Time", Html.Of($"{FigureText.Time(record.Seconds)}"), isMain: false));
        return Html.Of($"<dl class=\"figures\" aria-label=\"Figures\">\n{Html.Join(figures)}</dl>\n");
    }

    /// <summary>The figures of a run that are worth large type: at most four, the best-known first.</summary>
    public static IEnumerable<KeyValuePair<string, double>> OfRun(RunRecord run)
    {
        string[] names =
        [
            .. Wanted.Where(run.Figures.ContainsKey),
            // Those of a task of one's own, and of the training where nothing else was measured.
            .. run.Figures.Keys.Where(static name => !Wanted.Contains(name) && FigureText.MetricOf(name) is not ("mse" or "rmse"))
                .Order(StringComparer.Ordinal),
        ];
        return names.Take(4).Select(name => KeyValuePair.Create(name, run.Figures[name]));
    }

    private static Html Tile(string title, Html figure, bool isMain) =>
        Html.Of($"<div class=\"card {(isMain ? "main" : "more")}\"><dt>{title}</dt><dd>{figure}</dd></div>\n");
}
