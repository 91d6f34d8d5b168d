using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Gradus.Cli.Output;
using Gradus.Data;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus predict</c>: what a saved model says of each sample.</summary>
internal static class PredictCommand
{
    private static readonly Argument<string> Model = CommandOptions.Model();
    private static readonly Argument<string> Data = CommandOptions.Data();
    private static readonly Option<string?> DataDirectory = CommandOptions.DataDirectory();
    private static readonly Option<string?> Query = CommandOptions.Query();
    private static readonly Option<int?> Threads = CommandOptions.Threads();
    private static readonly Option<bool> Json = CommandOptions.Json();

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "Write the rows of a table, all columns as they were read, with what is said of them into a file: the prediction, and each class's " +
            "probability or where the target is in 90 of 100 cases. .csv is a table, .jsonl an object for each row.",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        var command = new Command(
            "predict", "Print what a saved model says of each row of a table, of each picture of a folder, or of each test sample of other data; " +
            "of an autoencoder, how well it gives each back.")
        {
            Model, Data, DataDirectory, Query, Out, Threads, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        using var input = SpooledInput.Of(CommandOptions.ReadSource(parsed.GetRequiredValue(Data), parsed.GetValue(DataDirectory), parsed.GetValue(Query)));
        var source = input.Source;
        var file = parsed.GetValue(Out);
        if (file is not null && !PredictionFile.Fits(file)) throw new UsageException($"--out: '{PlainText.Quote(file)}' ends neither in .csv nor in .jsonl.");
        if (file is not null) CommandOptions.RequireAnother("--out", file, parsed.GetRequiredValue(Model), source.Path);
        CommandOptions.SetThreads(parsed.GetValue(Threads));
        var model = CommandOptions.ReadModel(parsed.GetRequiredValue(Model));
        if (source.Kind == DataKind.Text) throw new UsageException("predict: what may follow in a text is written by `gradus sample`.");
        var table = source.IsTable ? model.LoadTable(source, withTarget: false) : null;
        var (data, files, pictures) = table is null ? model.LoadSamples(source) : (table.Data, null, null);
        if (data.Count == 0) throw new GradusException($"predict: {data.Name} has no test samples: the model was trained with --test 0.");
        if (file is not null)
        {
            if (table is null) throw new UsageException("--out: the rows of a table are written with what is said of them; these data are none.");
            WriteFile(file, model, table, parsed.GetValue(Json));
            return 0;
        }

        if (pictures is { Skipped.Count: > 0 }) CommandOptions.Note(pictures.ToString());
        Func<Place, Prediction, string> describe = parsed.GetValue(Json)
            ? static (place, prediction) => JsonLine.Of(json =>
            {
                place.Write(json);
                prediction.WriteTo(json);
            })
            : static (place, prediction) => $"{place}: {prediction}";
        var prediction = new Prediction();
        // The console would flush each line; of a large table they are many.
        using var output = new StreamWriter(new StandardOutput());
        // As JSON every line is a sample.
        if (!parsed.GetValue(Json))
        {
            foreach (var line in Figures.Of(table?.Report)) output.WriteLine(line);
        }

        foreach (var (rows, outputs) in Evaluation.Predict(model.Network, data))
        {
            var values = model.ToPredictions(outputs);
            // Of a sample that was given back, what matters is how well: an odd one is given back badly.
            var errors = model.Reconstructs ? Evaluation.SquaredErrors(outputs, data, rows) : null;
            var each = values.Length / rows.Length;
            for (var index = 0; index < rows.Length; index++)
            {
                var place = new Place(source.RowName, table?.Lines[rows[index]] ?? rows[index], files?[rows[index]]);
                var figures = values.AsSpan(index * each, each);
                model.RequireFinite($"predict: {place}: what the network gives", figures);
                prediction.Fill(figures, model.Reconstructs ? null : model.Record.ClassNames, model.Record.Calibration);
                if (errors is not null) prediction.ReconstructionError = (float)errors[index];
                output.WriteLine(describe(place, prediction));
            }
        }

        return 0;
    }

    private static void WriteFile(string path, TrainedModel model, TableRows table, bool json)
    {
        var file = new PredictionFile(model, table);
        file.Write(path);
        if (json)
        {
            Console.Out.WriteLine(JsonLine.Of(line =>
            {
                line.WriteString("event", "written");
                line.WriteString("file", path);
                line.WriteNumber("predictions", file.Rows);
                line.WriteStartArray("columns");
                foreach (var name in file.Added) line.WriteStringValue(name);
                line.WriteEndArray();
                JsonLine.Report(line, table.Report);
            }));
            return;
        }

        foreach (var line in Figures.Of(table.Report)) Console.Out.WriteLine(line);
        foreach (var (name, free) in file.Renamed)
            Console.Out.WriteLine(PlainText.Of($"the table has a column \"{name}\" already: what the model says is \"{free}\""));
        Console.Out.WriteLine(PlainText.Of(FormattableString.Invariant($"wrote {file.Rows:N0} predictions to {path}")));
    }

    /// <summary>What a sample is told by: its file, its line in a table, or its number.</summary>
    private readonly record struct Place(string Name, int Number, string? File)
    {
        public void Write(Utf8JsonWriter json)
        {
            if (File is null) json.WriteNumber(Name, Number);
            else json.WriteString("file", File);
        }

        public override string ToString() => File is null ? string.Create(CultureInfo.InvariantCulture, $"{Name} {Number}") : PlainText.Of(File);
    }
}
