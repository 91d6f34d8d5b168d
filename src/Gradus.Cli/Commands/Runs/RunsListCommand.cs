using System.CommandLine;
using System.Globalization;
using Gradus.Cli.Output;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus runs list</c>: a line for each run in a folder.</summary>
internal static class RunsListCommand
{
    private static readonly Argument<string?> Folder = new("DIR")
    {
        Description = "The folder with the runs. Default: runs.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<Key?> Sort = CommandOptions.Choice(
        "--sort", "What the list is ordered by. Default: began, the newest first; figure puts the best first.",
        ("began", Key.Began), ("name", Key.Name), ("status", Key.Status), ("data", Key.Data), ("model", Key.Model),
        ("step", Key.Step), ("figure", Key.Figure), ("loss", Key.Loss), ("time", Key.Time));

    private static readonly Option<string?> Csv = RunsCommand.Csv("the list");
    private static readonly Option<bool> Json = CommandOptions.Json();

    private enum Key
    {
        Began,
        Name,
        Status,
        Data,
        Model,
        Step,
        Figure,
        Loss,
        Time,
    }

    public static Command Create(string name, string description)
    {
        var command = new Command(name, description) { Folder, Sort, Csv, Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var folder = parsed.GetValue(Folder) ?? RunsCommand.DefaultFolder;
        if (parsed.GetValue(Folder) is not null && !Directory.Exists(folder)) throw new DirectoryNotFoundException($"{folder}: there is no such folder.");
        Row[] rows = [.. RunListing.In(folder).Select(run => new Row(run, folder))];
        rows = [.. Sorted(rows, parsed.GetValue(Sort) ?? Key.Began)];
        var isJson = parsed.GetValue(Json);
        if (isJson) foreach (var row in rows) Console.Out.WriteLine(row.ToJson());
        else Print(rows, folder);
        if (parsed.GetValue(Csv) is not { } file) return 0;
        CsvFile.Write(file, Row.Columns, rows.Select(static row => row.Cells));
        RunsCommand.TellSaved(file, isJson);
        return 0;
    }

    // Of equal ones the newest first; those that are damaged come last.
    private static IEnumerable<Row> Sorted(IEnumerable<Row> rows, Key key)
    {
        var newest = rows.OrderBy(static row => row.Run is null).ThenByDescending(static row => row.Began);
        return key switch
        {
            Key.Name => newest.OrderBy(static row => row.Name, StringComparer.Ordinal),
            Key.Status => newest.OrderBy(static row => row.Status, StringComparer.Ordinal),
            Key.Data => newest.OrderBy(static row => row.Data, StringComparer.Ordinal),
            Key.Model => newest.OrderBy(static row => row.Model, StringComparer.Ordinal),
            Key.Step => newest.OrderByDescending(static row => row.Run?.LastStep),
            Key.Figure => newest.OrderBy(static row => row.Order),
            Key.Loss => newest.OrderBy(static row => double.IsFinite(row.Loss) ? row.Loss : double.PositiveInfinity),
            Key.Time => newest.OrderByDescending(static row => row.Run?.Seconds),
            _ => newest,
        };
    }

    private static void Print(Row[] rows, string folder)
    {
        if (rows.Length == 0)
        {
            Console.Out.WriteLine(PlainText.Of($"{folder}: no runs yet. This makes one: gradus train digits"));
            return;
        }

        var table = new TextColumns("name", "status", "data", "model", " step", "figure", " value", " loss", " time", "began");
        foreach (var row in rows.Where(static row => row.Run is not null))
        {
            var run = row.Run!;
            table.Add(
                row.Name, row.Status, row.Data, row.Model, RunText.Steps(run), row.Main is { } main ? RunText.Name(main.Key) : "",
                row.Main is { } value ? RunText.Figure(value.Key, value.Value) : "", RunText.Number(run.LastLoss), RunText.Time(run.Seconds),
                run.Began.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
        }

        if (rows.Any(static row => row.Run is not null)) foreach (var line in table.Lines()) Console.Out.WriteLine(line);
        foreach (var row in rows.Where(static row => row.Run is null)) Console.Out.WriteLine(PlainText.Of($"{row.Name}  damaged: {row.Fault}"));
    }

    /// <summary>A run in the list.</summary>
    private sealed class Row(RunListing listing, string folder)
    {
        public static readonly string[] Columns =
            ["name", "directory", "status", "data", "model", "step", "steps", "figure", "value", "loss", "seconds", "began", "fault"];

        public RunRecord? Run => listing.Record;

        public string? Fault => listing.Fault;

        public string Name { get; } = Path.GetRelativePath(folder, listing.Directory) is var name and not "." ? name
            : Path.GetFileName(Path.GetFullPath(Path.TrimEndingDirectorySeparator(listing.Directory)));

        public string Status => Run is null ? "damaged" : RunText.Of(Run.Status);

        public string Data => Run is null ? "" : RunText.Option(Run, "data") ?? "";

        public string Model => Run is null ? "" : RunText.Model(Run);

        public KeyValuePair<string, double>? Main { get; } = listing.Record is { } run ? RunFigures.MainOf(run.Figures) : null;

        public double Loss => Run?.LastLoss ?? double.NaN;

        public DateTime Began { get; } = listing.Record?.Began ?? DateTime.MinValue;

        /// <summary>Accuracies before errors before losses, since they cannot be compared, and the best of each first.</summary>
        public (int Kind, double Value) Order => Main is not { } main || double.IsNaN(main.Value) ? (int.MaxValue, 0)
            : RunFigures.IsHigherBetter(main.Key) == true ? (0, -main.Value)
            : (main.Key.EndsWith("loss", StringComparison.Ordinal) ? 2 : 1, main.Value);

        public IEnumerable<object?> Cells => Run is null
            ? [Name, listing.Directory, Status, null, null, null, null, null, null, null, null, null, Fault]
            :
            [
                Name, listing.Directory, Status, Data, Model, Run.LastStep, Run.Steps, Main?.Key, Main?.Value, Loss, Run.Seconds,
                Began.ToString("O", CultureInfo.InvariantCulture), null,
            ];

        public string ToJson() => JsonLine.Of(json =>
        {
            if (Run is null)
            {
                json.WriteString("name", Name);
                json.WriteString("directory", listing.Directory);
                json.WriteString("status", Status);
                json.WriteString("fault", Fault);
                return;
            }

            RunText.Write(json, Run, Name);
            json.WriteString("data", Data);
            json.WriteString("model", Model);
            if (Main is { } main) json.WriteString("figure", main.Key);
        });
    }
}
