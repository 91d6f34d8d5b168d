using System.Text.Json;
using Gradus.Data;
using Gradus.Formats;
using Gradus.Training;

namespace Gradus.Cli.Output;

/// <summary>Rows of a table with what a model says of them, as a file.</summary>
internal static class PredictionFile
{
    /// <summary>Whether the file's name says what it is to be.</summary>
    public static bool Fits(string path) => IsCsv(path) || path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="IOException">The file cannot be written; one that was there before is as it was.</exception>
    /// <exception cref="GradusException">What the network gives is not finite.</exception>
    public static void Write(string path, TrainedModel model, TableRows table)
    {
        var inputs = model.Record.ReadTable()!.Columns.Select(static column => column.Title).ToArray();
        var rows = Rows(model, table, inputs.Length);
        if (IsCsv(path))
        {
            CsvFile.Write(path, [.. inputs, .. Names(model)], rows);
            return;
        }

        string[] names = [.. inputs, .. Names(model)];
        AtomicFile.Write(path, stream =>
        {
            using var text = new StreamWriter(stream, bufferSize: 1 << 16, leaveOpen: true);
            foreach (var row in rows) text.WriteLine(JsonLine.Of(json => WriteRow(json, names, row)));
        });
    }

    private static bool IsCsv(string path) => path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Names(TrainedModel model) =>
        model.Reconstructs ? ["mean squared error"] : ["prediction", .. (model.Record.ClassNames ?? []).Select(static name => $"probability of {name}")];

    private static IEnumerable<object?[]> Rows(TrainedModel model, TableRows table, int inputs)
    {
        foreach (var (samples, outputs) in Evaluation.Predict(model.Network, table.Data))
        {
            var values = model.Reconstructs
                ? Array.ConvertAll(Evaluation.SquaredErrors(outputs, table.Data, samples), static error => (float)error)
                : model.ToPredictions(outputs);
            model.RequireFinite("predict: what the network gives", values);
            var each = values.Length / samples.Length;
            for (var index = 0; index < samples.Length; index++)
            {
                var said = values[(index * each)..((index + 1) * each)];
                IEnumerable<object?> prediction = model.Record.ClassNames is { } names && !model.Reconstructs
                    ? [names[Array.IndexOf(said, said.Max())], .. said] : [said[0]];
                yield return [.. Enumerable.Range(0, inputs).Select(column => table.CellOf(samples[index], column)), .. prediction];
            }
        }
    }

    private static void WriteRow(Utf8JsonWriter json, string[] names, object?[] row)
    {
        for (var column = 0; column < names.Length; column++)
        {
            switch (row[column])
            {
                case double number: JsonLine.Real(json, names[column], number); break;
                case float number: JsonLine.Real(json, names[column], number); break;
                case string text: json.WriteString(names[column], text); break;
                default: json.WriteNull(names[column]); break;
            }
        }
    }
}
