using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Gradus.Cli.Output;
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
        Description = "Write the rows of a table with what is said of them into a file: .csv with a column for each input, the prediction and each class's " +
            "probability, or .jsonl with an object for each row.",
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
        CommandOptions.SetThreads(parsed.GetValue(Threads));
        var model = CommandOptions.ReadModel(parsed.GetRequiredValue(Model));
        if (source.Kind == DataKind.Text) throw new UsageException("predict: what may follow in a text is written by `gradus sample`.");
        var table = source.IsTable ? model.LoadTable(source, withTarget: false) : null;
        var (data, files, pictures) = table is null ? model.LoadSamples(source) : (table.Data, null, null);
        if (data.Count == 0) throw new GradusException($"predict: {data.Name} has no test samples: the model was trained with --test 0.");
        if (file is not null)
        {
            if (table is null) throw new UsageException("--out: the rows of a table are written with what is said of them; these data are none.");
            foreach (var line in Figures.Of(table.Report)) Console.Out.WriteLine(line);
            PredictionFile.Write(file, model, table);
            return 0;
        }

        if (pictures is { Skipped.Count: > 0 }) CommandOptions.Note(pictures.ToString());
        Func<TrainedModel, Place, float[], string> describe = (model.Reconstructs, parsed.GetValue(Json)) switch
        {
            (true, true) => static (_, place, error) => JsonLine.Of(json =>
            {
                place.Write(json);
                JsonLine.Real(json, "mse", error[0]);
            }),
            (true, false) => static (_, place, error) => string.Create(CultureInfo.InvariantCulture, $"{place}: mean squared error {error[0]:G4}"),
            (_, true) => DescribeAsJson,
            _ => Describe,
        };
        // The console would flush each line; of a large table they are many.
        using var output = new StreamWriter(new StandardOutput());
        // As JSON every line is a sample.
        if (!parsed.GetValue(Json))
        {
            foreach (var line in Figures.Of(table?.Report)) output.WriteLine(line);
        }

        foreach (var (rows, outputs) in Evaluation.Predict(model.Network, data))
        {
            // Of a sample that was given back, what matters is how well: an odd one is given back badly.
            var values = model.Reconstructs
                ? Array.ConvertAll(Evaluation.SquaredErrors(outputs, data, rows), static error => (float)error)
                : model.ToPredictions(outputs);
            var each = values.Length / rows.Length;
            for (var index = 0; index < rows.Length; index++)
            {
                var place = new Place(source.RowName, table?.Lines[rows[index]] ?? rows[index], files?[rows[index]]);
                var figures = values[(index * each)..((index + 1) * each)];
                model.RequireFinite($"predict: {place}: what the network gives", figures);
                output.WriteLine(describe(model, place, figures));
            }
        }

        return 0;
    }

    private static string DescribeAsJson(TrainedModel model, Place place, float[] values) => JsonLine.Of(json =>
    {
        place.Write(json);
        if (model.Record.ClassNames is not { } names)
        {
            JsonLine.Real(json, "value", values[0]);
            return;
        }

        json.WriteString("class", names[Best(values)]);
        json.WriteStartObject("probabilities");
        for (var index = 0; index < names.Length; index++) JsonLine.Real(json, names[index], values[index]);
        json.WriteEndObject();
    });

    private static string Describe(TrainedModel model, Place place, float[] values)
    {
        if (model.Record.ClassNames is not { } names) return string.Create(CultureInfo.InvariantCulture, $"{place}: {values[0]:G7}");
        var best = Best(values);
        var others = Enumerable.Range(0, names.Length).Where(index => index != best).OrderByDescending(index => values[index]).Take(2)
            .Select(index => string.Create(CultureInfo.InvariantCulture, $"{PlainText.Of(names[index])} {values[index]:0.0000}"));
        return string.Create(
            CultureInfo.InvariantCulture, $"{place}: {PlainText.Of(names[best])} {values[best]:0.0000} (then {string.Join(", ", others)})");
    }

    private static int Best(float[] values) => Array.IndexOf(values, values.Max());

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
