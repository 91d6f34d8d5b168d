using System.Text.Json;
using Gradus.Data;
using Gradus.Formats;
using Gradus.Training;

namespace Gradus.Cli.Output;

/// <summary>The rows of a table with what a model says of them, as a file.</summary>
internal sealed class PredictionFile
{
    private readonly TrainedModel _model;
    private readonly TableRows _table;
    private readonly string[] _names;

    public PredictionFile(TrainedModel model, TableRows table)
    {
        (_model, _table) = (model, table);
        var names = TableCells.Names(table).ToList();
        foreach (var name in Said(model))
        {
            var free = name;
            for (var number = 2; names.Contains(free, StringComparer.OrdinalIgnoreCase); number++) free = FormattableString.Invariant($"{name}_{number}");
            names.Add(free);
            if (free != name) Renamed.Add((name, free));
        }

        _names = [.. names];
    }

    /// <summary>The names of what the model says.</summary>
    public IEnumerable<string> Added => _names.Skip(TableCells.Names(_table).Count);

    /// <summary>What the model says that is called otherwise, since the table has a column of its name.</summary>
    public List<(string Name, string Free)> Renamed { get; } = [];

    /// <summary>Number of rows.</summary>
    public int Rows => _table.Data.Count;

    /// <summary>Whether the file's name says what it is to be.</summary>
    public static bool Fits(string path) => IsCsv(path) || path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="IOException">The file cannot be written; one that was there before is as it was.</exception>
    /// <exception cref="GradusException">What the network gives is not finite.</exception>
    public void Write(string path)
    {
        if (IsCsv(path))
        {
            CsvFile.Write(path, _names, Lines().Select(static line => line.Cells.Select(static object? (cell) => cell.Text).Concat(line.Said)));
            return;
        }

        AtomicFile.Write(path, stream =>
        {
            using var text = new StreamWriter(stream, bufferSize: 1 << 16, leaveOpen: true);
            foreach (var (cells, said) in Lines()) text.WriteLine(JsonLine.Of(json => WriteRow(json, cells.Select(static cell => cell.Value).Concat(said))));
        });
    }

    private static bool IsCsv(string path) => path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Said(TrainedModel model)
    {
        if (model.Reconstructs) return ["mean squared error"];
        if (model.Record.ClassNames is { } classes) return ["prediction", .. classes.Select(static name => $"probability of {name}")];
        return Usual(model) is { Coverage: var coverage }
            ? ["prediction", FormattableString.Invariant($"lower_{100 * coverage:0.#}"), FormattableString.Invariant($"upper_{100 * coverage:0.#}")]
            : ["prediction"];
    }

    private static IntervalRecord? Usual(TrainedModel model) => model.Record.Calibration?.HalfWidthOf(CalibrationRecord.UsualCoverage);

    private static object?[] Said(Prediction prediction)
    {
        if (prediction.ClassName is { } name) return [name, .. prediction.Values];
        return prediction.Interval is { } interval ? [prediction.Value, interval.From, interval.To] : [prediction.Value];
    }

    private IEnumerable<(TableCell[] Cells, object?[] Said)> Lines()
    {
        using var cells = TableCells.Read(_table).GetEnumerator();
        var prediction = new Prediction();
        foreach (var (samples, outputs) in Evaluation.Predict(_model.Network, _table.Data))
        {
            var values = _model.Reconstructs
                ? Array.ConvertAll(Evaluation.SquaredErrors(outputs, _table.Data, samples), static error => (float)error)
                : _model.ToPredictions(outputs);
            _model.RequireFinite("predict: what the network gives", values);
            var each = values.Length / samples.Length;
            for (var index = 0; index < samples.Length && cells.MoveNext(); index++)
            {
                prediction.Fill(values.AsSpan(index * each, each), _model.Reconstructs ? null : _model.Record.ClassNames, _model.Record.Calibration);
                yield return (cells.Current, Said(prediction));
            }
        }
    }

    private void WriteRow(Utf8JsonWriter json, IEnumerable<object?> row)
    {
        foreach (var (name, value) in _names.Zip(row))
        {
            switch (value)
            {
                case double number: JsonLine.Real(json, name, number); break;
                case float number: JsonLine.Real(json, name, number); break;
                case string text: json.WriteString(name, text); break;
                default: json.WriteNull(name); break;
            }
        }
    }
}
