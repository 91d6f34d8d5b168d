using System.CommandLine;
using Gradus.Cli.Output;
using Gradus.Data;
using Gradus.Training;
using Spectre.Console;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus evaluate</c>: how a saved model does on data.</summary>
internal static class EvaluateCommand
{
    private enum Part
    {
        Test,
        Valid,
        Train,
        All,
    }

    private static readonly Argument<string> Model = CommandOptions.Model();
    private static readonly Argument<string> Data = CommandOptions.Data();
    private static readonly Option<string?> DataDirectory = CommandOptions.DataDirectory();
    private static readonly Option<string?> Query = CommandOptions.Query();

    private static readonly Option<Part?> SplitPart = CommandOptions.Choice(
        "--split", "Which samples: the split is made again as the model's training data were split. Default: test, of a text valid.",
        ("test", Part.Test), ("valid", Part.Valid), ("train", Part.Train), ("all", Part.All));

    private static readonly Option<int?> Threads = CommandOptions.Threads();
    private static readonly Option<bool> Json = CommandOptions.Json();

    public static Command Create()
    {
        var command = new Command("evaluate", "Measure a saved model on data.") { Model, Data, DataDirectory, Query, SplitPart, Threads, Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var source = CommandOptions.ReadSource(parsed.GetRequiredValue(Data), parsed.GetValue(DataDirectory), parsed.GetValue(Query));
        CommandOptions.SetThreads(parsed.GetValue(Threads));
        var part = parsed.GetValue(SplitPart) ?? (source.Kind == DataKind.Text ? Part.Valid : Part.Test);
        var model = CommandOptions.ReadModel(parsed.GetRequiredValue(Model));
        var table = source.IsTable ? model.LoadTable(source, withTarget: true) : null;
        IReadOnlyList<Dataset> parts = table is not null && part == Part.All
            ? [table.Data]
            : Choose(table is null ? model.LoadSplit(source) : model.SplitTable(source, table), part);
        var deviation = model.TargetDeviation;
        var evaluation = parts.Count == 1
            ? Evaluation.Of(model.Network, parts[0], deviation)
            : Evaluation.Merge(
                [.. parts.Where(static data => data.Count > 0).Select(data => (Evaluation.Of(model.Network, data, deviation), data.Count))],
                deviation);
        model.RequireFinite("evaluate: the loss", evaluation);
        var samples = parts.Sum(static data => (long)data.Count * data.PredictionsPerSample);
        var persistence = table is null ? null : model.Record.ReadTable()!.PersistenceError(parts[0]);
        var measures = Measures.Of(model, [.. parts.Where(static data => data.Count > 0)]);
        if (parsed.GetValue(Json)) PrintJson(evaluation, measures, persistence, part, samples, table?.Report);
        else Print(evaluation, measures, persistence, part, samples, table?.Report);
        return 0;
    }

    private static Dataset[] Choose(DataSplit split, Part part) => part switch
    {
        Part.Train => [split.Train],
        Part.Valid => [split.Validation],
        Part.Test => [split.Test],
        _ => [split.Train, split.Validation, split.Test],
    };

    private static void PrintJson(
        Evaluation evaluation, IReadOnlyList<KeyValuePair<string, double>> measures, double? persistence, Part part, long samples, TableReport? report) =>
        Print(json =>
    {
        json.WriteString("split", part.ToString().ToLowerInvariant());
        json.WriteNumber("samples", samples);
        JsonLine.Real(json, "loss", evaluation.Loss);
        if (evaluation.Accuracy is { } accuracy) JsonLine.Real(json, "accuracy", accuracy);
        if (evaluation.BitsPerByte is { } bits) JsonLine.Real(json, "bits_per_byte", bits);
        if (evaluation.RootMeanSquaredError is { } error) JsonLine.Real(json, "rmse", error);
        if (evaluation.MeanSquaredError is { } square) JsonLine.Real(json, "mse", square);
        foreach (var (name, value) in measures) JsonLine.Real(json, name, value);
        if (persistence is { } naive) JsonLine.Real(json, "persistence_rmse", naive);
        if (report is not null) JsonLine.Report(json, report);
        if (evaluation.Confusion is not { } confusion) return;
        json.WriteStartArray("classes");
        foreach (var name in confusion.ClassNames) json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteStartArray("confusion");
        for (var actual = 0; actual < confusion.ClassNames.Count; actual++)
        {
            json.WriteStartArray();
            for (var predicted = 0; predicted < confusion.ClassNames.Count; predicted++) json.WriteNumberValue(confusion[actual, predicted]);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    });

    private static void Print(Action<System.Text.Json.Utf8JsonWriter> write) => Console.Out.WriteLine(JsonLine.Of(write));

    private static void Print(
        Evaluation evaluation, IReadOnlyList<KeyValuePair<string, double>> measures, double? persistence, Part part, long samples, TableReport? report)
    {
        foreach (var line in Figures.Of(report)) Console.Out.WriteLine(line);
        Console.Out.WriteLine($"{part.ToString().ToLowerInvariant()}, {samples} samples: {Figures.Of(evaluation)}{Figures.OfPersistence(persistence)}");
        if (measures.Count > 0) Console.Out.WriteLine($"  {Figures.Of(measures)}");
        if (evaluation.Confusion is not { } confusion || confusion.ClassNames.Count > 20) return;
        var table = new Spectre.Console.Table().Border(TableBorder.Simple).AddColumn("true \\ predicted");
        foreach (var name in confusion.ClassNames) table.AddColumn(new Spectre.Console.TableColumn(Cell(name)).RightAligned());
        for (var actual = 0; actual < confusion.ClassNames.Count; actual++)
        {
            var row = actual;
            table.AddRow([
                Cell(confusion.ClassNames[actual]),
                .. Enumerable.Range(0, confusion.ClassNames.Count).Select(predicted => Cell(confusion[row, predicted])),
            ]);
        }

        AnsiConsole.Write(table);
    }

    private static string Cell(string name) => Markup.Escape(PlainText.Of(name));

    // Zeros are left out, so that the mistakes stand out.
    private static string Cell(long count) => count == 0 ? "." : count.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
