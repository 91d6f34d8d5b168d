using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Gradus.Cli.Output;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus runs show</c>: the options of a run, its figures, its loss as a curve, its files, and what can be done next.</summary>
internal static class RunsShowCommand
{
    private const int ShownEpochs = 10;

    private static readonly Argument<string> Folder = CommandOptions.Run("RUN");
    private static readonly Option<string?> Csv = RunsCommand.Csv("loss, learning rate and gradient norm of every step");

    private static readonly Option<string?> EpochsCsv = new("--epochs-csv")
    {
        Description = "Write the figures of every epoch to a CSV file too.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> Json = CommandOptions.Json();

    public static Command Create()
    {
        var command = new Command("show", "Show a run: its options, figures and files, and its loss as a curve.") { Folder, Csv, EpochsCsv, Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var run = RunsCommand.Open(parsed.GetRequiredValue(Folder));
        var curves = run.ReadCurves();
        var isJson = parsed.GetValue(Json);
        if (isJson) PrintJson(run, curves);
        else Print(run, curves);
        if (parsed.GetValue(Csv) is { } file)
        {
            CsvFile.Write(file, ["step", "loss", "lr", "gradient_norm"], Enumerable.Range(0, curves.Steps.Count).Select(index => (object?[])
                [curves.Steps[index], curves.Losses[index], curves.LearningRates[index], curves.GradientNorms[index]]));
            RunsCommand.TellSaved(file, isJson);
        }

        if (parsed.GetValue(EpochsCsv) is not { } epochs) return 0;
        var names = NamesOf(curves);
        CsvFile.Write(epochs, ["epoch", "step", .. names, "seconds"], curves.Epochs.Select(epoch => (object?[])
            [epoch.Epoch, epoch.Step, .. names.Select(name => (object?)Of(epoch, name)), epoch.Seconds]));
        RunsCommand.TellSaved(epochs, isJson);
        return 0;
    }

    private static void Print(RunRecord run, RunCurves curves)
    {
        Say($"{run.Name}: {RunText.Of(run.Status)}, step {RunText.Steps(run)}, {RunText.Time(run.Seconds)}, began " +
            run.Began.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        Say(FormattableString.Invariant($"{run.Parameters} parameters, {run.Samples} training samples"));
        Say("");
        var width = run.Options.Select(static option => option.Key.Length).DefaultIfEmpty(0).Max();
        foreach (var (name, value) in run.Options) Say($"{name.PadRight(width)}  {value}");
        PrintEpochs(run, curves);
        if (curves.Steps.Count > 0)
        {
            Say("");
            Say($"loss of the last step {RunText.Full(curves.Losses[^1])}");
            var plot = new CurvePlot(curves.Steps[0], curves.Steps[^1]);
            plot.Add(curves.Steps, curves.Losses);
            plot.Print();
        }

        Say("");
        foreach (var (what, path) in RunFiles.Of(run)) Say($"{what,-11}  {path}");
        Say("");
        Say("what next:");
        foreach (var command in RunFiles.NextCommands(run)) Say($"  {command}");
    }

    private static void PrintEpochs(RunRecord run, RunCurves curves)
    {
        if (curves.Epochs.Count == 0) return;
        var names = NamesOf(curves);
        var best = BestOf(run, curves);
        var table = new TextColumns([" epoch", " step", .. names.Select(static name => " " + RunText.Name(name)), " time", ""]);
        var shown = curves.Epochs.TakeLast(ShownEpochs);
        if (best is not null && !shown.Contains(best)) shown = shown.Prepend(best);
        foreach (var epoch in shown)
        {
            table.Add(
            [
                epoch.Epoch.ToString(CultureInfo.InvariantCulture), epoch.Step.ToString(CultureInfo.InvariantCulture),
                .. names.Select(name => RunText.Figure(name, Of(epoch, name))), RunText.Time(epoch.Seconds), epoch == best ? "best" : "",
            ]);
        }

        Say("");
        foreach (var line in table.Lines()) Say(line);
        // What is known at the end alone.
        foreach (var (name, value) in run.Figures.Where(figure => !names.Contains(figure.Key))) Say($"{RunText.Name(name)} {RunText.Figure(name, value)}");
    }

    private static void PrintJson(RunRecord run, RunCurves curves) => Console.Out.WriteLine(JsonLine.Of(json =>
    {
        RunText.Write(json, run, run.Name);
        json.WriteStartObject("options");
        foreach (var (name, value) in run.Options) json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteStartArray("epochs");
        foreach (var epoch in curves.Epochs)
        {
            json.WriteStartObject();
            json.WriteNumber("epoch", epoch.Epoch);
            json.WriteNumber("step", epoch.Step);
            RunText.WriteFigures(json, epoch.Figures);
            JsonLine.Real(json, "seconds", epoch.Seconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (BestOf(run, curves) is { } best) json.WriteNumber("best_epoch_so_far", best.Epoch);
        json.WriteStartArray("curve");
        WriteCurve(json, curves);
        json.WriteEndArray();
        json.WriteStartObject("files");
        foreach (var (what, path) in RunFiles.Of(run)) json.WriteString(what, path);
        json.WriteEndObject();
        json.WriteStartArray("next");
        foreach (var command in RunFiles.NextCommands(run)) json.WriteStringValue(command);
        json.WriteEndArray();
    }));

    // As it is drawn; every step is in the CSV file.
    private static void WriteCurve(Utf8JsonWriter json, RunCurves curves)
    {
        if (curves.Steps.Count == 0) return;
        var plot = new CurvePlot(curves.Steps[0], curves.Steps[^1]);
        foreach (var (column, loss) in plot.Add(curves.Steps, curves.Losses).Index().Where(static point => double.IsFinite(point.Item)))
        {
            json.WriteStartObject();
            json.WriteNumber("step", plot.StepOf(column));
            json.WriteNumber("loss", loss);
            json.WriteEndObject();
        }
    }

    private static EpochFigures? BestOf(RunRecord run, RunCurves curves) =>
        curves.Epochs.FirstOrDefault(epoch => epoch.Epoch == run.BestEpoch) ?? RunFigures.BestOf(curves.Epochs);

    private static string[] NamesOf(RunCurves curves) => [.. curves.Epochs.SelectMany(static epoch => epoch.Figures.Keys).Distinct()];

    private static double Of(EpochFigures epoch, string name) => epoch.Figures.TryGetValue(name, out var value) ? value : double.NaN;

    private static void Say(string line) => Console.Out.WriteLine(PlainText.Of(line));
}
