using System.CommandLine;
using System.Globalization;
using Gradus.Cli.Output;
using Gradus.Formats;
using Gradus.Training;
using Spectre.Console;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus importance</c>: which columns of a table a saved model needs, and what it makes of them.</summary>
internal static class ImportanceCommand
{
    private const int Curves = 12;

    private static readonly Argument<string> Model = CommandOptions.Model();
    private static readonly Argument<string> Data = CommandOptions.Table();
    private static readonly Option<string?> Query = CommandOptions.Query();

    private static readonly Option<bool> All = new("--all")
    {
        Description = "Ask with all rows, as of a table that the model was not trained on. Default: the rows that the training kept for the test.",
    };

    private static readonly Option<int?> Repeats = CommandOptions.Whole("--repeats", "How often the cells of a column are exchanged. Default: 5.", 1, 1000);
    private static readonly Option<int?> Seed = CommandOptions.Whole("--seed", "The seed of the exchanges. Default: 0.", 0);

    private static readonly Option<string?> Svg = new("--svg")
    {
        Description = "Draw the columns as bars, each with the curve of what the model says of its values.",
        HelpName = "FILE",
    };

    private static readonly Option<int?> Threads = CommandOptions.Threads();
    private static readonly Option<bool> Json = CommandOptions.Json();

    public static Command Create()
    {
        var command = new Command("importance", "Show which columns of a table a saved model needs, and what it makes of their values.")
        {
            Model, Data, Query, All, Repeats, Seed, Svg, Threads, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var source = CommandOptions.ReadSource(parsed.GetRequiredValue(Data), null, parsed.GetValue(Query));
        if (!source.IsTable) throw new UsageException($"importance: {source.Word} is no table; expected csv:FILE, jsonl:FILE, parquet:FILE or sqlite:FILE.");
        CommandOptions.SetThreads(parsed.GetValue(Threads));
        var model = CommandOptions.ReadModel(parsed.GetRequiredValue(Model));
        var table = model.LoadTable(source, withTarget: true);
        var data = parsed.GetValue(All) ? table.Data : model.SplitTable(source, table).Test;
        if (data.Count == 0) throw new UsageException("importance: the training kept no rows for the test; ask with all rows by --all.");
        var file = parsed.GetValue(Svg);
        if (file is not null && !file.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"--svg: '{PlainText.Quote(file)}' does not end in .svg.");
        }

        var curves = file is null && !parsed.GetValue(Json) ? 0 : Curves;
        var columns = PermutationImportance.Of(model, data, parsed.GetValue(Repeats) ?? 5, parsed.GetValue(Seed) ?? 0, curves);
        var measure = model.Record.ClassNames is null ? "RMSE" : "loss";
        if (file is not null) AtomicFile.WriteText(file, ImportancePicture.Of(columns, model.Record.ClassNames, measure));
        if (parsed.GetValue(Json)) foreach (var column in columns) Console.Out.WriteLine(Line(column, model.Record.ClassNames));
        else Print(columns, measure, data.Count);
        return 0;
    }

    private static string Line(ColumnImportance column, IReadOnlyList<string>? classes) => JsonLine.Of(json =>
    {
        json.WriteString("column", column.Name);
        JsonLine.Real(json, "importance", column.Importance);
        JsonLine.Real(json, "deviation", column.Deviation);
        if (column.Curve.Count == 0) return;
        json.WriteStartArray("curve");
        foreach (var point in column.Curve)
        {
            json.WriteStartObject();
            json.WriteString("value", point.Value);
            if (classes is null) JsonLine.Real(json, "mean", point.Mean[0]);
            else for (var label = 0; label < classes.Count; label++) JsonLine.Real(json, classes[label], point.Mean[label]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void Print(IReadOnlyList<ColumnImportance> columns, string measure, int rows)
    {
        Console.Out.WriteLine(FormattableString.Invariant($"growth of the {measure} on {rows} rows where the cells of a column are exchanged"));
        var most = columns.Max(static column => column.Importance);
        var table = new Spectre.Console.Table().Border(TableBorder.Simple).AddColumn("column")
            .AddColumn(new Spectre.Console.TableColumn("importance").RightAligned())
            .AddColumn(new Spectre.Console.TableColumn("±").RightAligned()).AddColumn("");
        foreach (var column in columns)
        {
            table.AddRow(
                Markup.Escape(PlainText.Of(column.Name)), Number(column.Importance), Number(column.Deviation),
                new string('█', most > 0 ? (int)Math.Round(Math.Max(0, column.Importance) / most * 30) : 0));
        }

        AnsiConsole.Write(table);
    }

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
