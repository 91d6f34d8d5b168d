using Gradus.Training;

namespace Gradus.Reports;

/// <summary>A chart: lines of the same kind, of all runs.</summary>
/// <param name="Id">Its name in the page.</param>
/// <param name="Title">Its title.</param>
/// <param name="IsShare">Whether its values are shares of 1, told in percent.</param>
/// <param name="Lines">The lines.</param>
internal sealed record CurveChart(string Id, string Title, bool IsShare, IReadOnlyList<CurveLine> Lines)
{
    /// <summary>The charts of runs: the loss, each metric of the epochs, the learning rate, the norm of the gradients. What no run has is left out.</summary>
    public static IReadOnlyList<CurveChart> Of(IReadOnlyList<ReportedRun> runs)
    {
        var charts = new List<CurveChart> { new("loss", "Loss", false, [.. runs.SelectMany(static (run, index) => LossOf(run, index))]) };
        var metrics = runs.SelectMany(static run => run.Curves.Epochs).SelectMany(static epoch => epoch.Figures.Keys)
            .Select(FigureText.MetricOf).Distinct().Where(static metric => metric != "loss");
        foreach (var metric in metrics)
        {
            CurveLine[] lines = [.. runs.SelectMany((run, index) => MetricOf(run, index, metric))];
            charts.Add(new CurveChart($"metric{charts.Count}", FigureText.Capital(FigureText.MetricName(metric)), FigureText.IsShare(metric), lines));
        }

        charts.Add(new CurveChart("rate", "Learning rate", false, [.. runs.Select(static (run, index) =>
            CurveThinning.Of(new CurveLine(index, "learning rate", run.Curves.Steps, run.Curves.LearningRates)))]));
        charts.Add(new CurveChart("norm", "Norm of the gradients", false, [.. runs.Select(static (run, index) => NormOf(run, index))]));
        return [.. charts.Select(static chart => chart with { Lines = [.. chart.Lines.Where(static line => line.Steps.Count > 0)] })
            .Where(static chart => chart.Lines.Count > 0)];
    }

    private static IEnumerable<CurveLine> LossOf(ReportedRun run, int index)
    {
        yield return CurveThinning.Of(new CurveLine(index, "training", run.Curves.Steps, run.Curves.Losses) { IsNoisy = true });
        foreach (var line in MetricOf(run, index, "loss").Where(static line => line.Name != "training")) yield return line;
    }

    private static IEnumerable<CurveLine> MetricOf(ReportedRun run, int index, string metric) =>
        run.Curves.Epochs.SelectMany(static epoch => epoch.Figures.Keys).Distinct().Where(name => FigureText.MetricOf(name) == metric)
            .Select(name => FigureOf(run, index, name));

    private static CurveLine FigureOf(ReportedRun run, int index, string name)
    {
        EpochFigures[] epochs = [.. run.Curves.Epochs.Where(epoch => epoch.Figures.ContainsKey(name))];
        var title = FigureText.SplitOf(name) is { } split ? FigureText.SplitName(split) : FigureText.MetricName(name);
        var (steps, values) = (Array.ConvertAll(epochs, static epoch => epoch.Step), Array.ConvertAll(epochs, epoch => epoch.Figures[name]));
        return CurveThinning.Of(new CurveLine(index, title, steps, values) { IsMarked = true });
    }

    // Most steps tell no norm: those are no gaps.
    private static CurveLine NormOf(ReportedRun run, int index)
    {
        int[] told = [.. Enumerable.Range(0, run.Curves.Steps.Count).Where(place => !double.IsNaN(run.Curves.GradientNorms[place]))];
        return CurveThinning.Of(new CurveLine(
            index, "norm", Array.ConvertAll(told, place => run.Curves.Steps[place]), Array.ConvertAll(told, place => run.Curves.GradientNorms[place]))
        {
            IsNoisy = true,
        });
    }
}
