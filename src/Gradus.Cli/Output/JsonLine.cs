using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gradus.Data;
using Gradus.Training;

namespace Gradus.Cli.Output;

/// <summary>Objects as lines of JSON: full precision, null for numbers that are not finite.</summary>
internal static class JsonLine
{
    // Lines are read by programs and people, never put into a web page unescaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An object with what is written into it.</summary>
    public static string Of(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return PlainText.OfJson(Encoding.UTF8.GetString(stream.ToArray()));
    }

    /// <summary>The line that says which data were read, and what was made of a table's missing values.</summary>
    public static string Of(LoadedData data) => Of(json =>
    {
        var (train, valid, test) = data.Split;
        json.WriteString("event", "data");
        json.WriteNumber("train", train.Length);
        json.WriteNumber("valid", valid.Length);
        json.WriteNumber("test", test.Length);
        json.WriteStartArray("input_shape");
        foreach (var size in train.InputShape) json.WriteNumberValue(size);
        json.WriteEndArray();
        if (train.ClassNames is { } names) json.WriteNumber("classes", names.Count);
        if (data.Table is { } table) json.WriteString("target", table.Target.Name);
        if (data.Report is { } report) Report(json, report);
        if (data.Pictures is { } pictures) json.WriteNumber("skipped", pictures.Skipped.Count);
    });

    /// <summary>What was made of a table's missing values.</summary>
    public static void Report(Utf8JsonWriter json, TableReport report)
    {
        json.WriteNumber("rows", report.Rows);
        json.WriteNumber("filled", report.Filled);
        json.WriteNumber("dropped", report.Dropped);
        json.WriteNumber("unknown", report.Unknown);
        if (report.Notes.Count == 0) return;
        json.WriteStartArray("notes");
        foreach (var note in report.Notes) json.WriteStringValue(Flags.TextOf(note));
        json.WriteEndArray();
    }

    /// <summary>The line of a training event, or null for those that are not written.</summary>
    public static string? Of(TrainingEvent happened, string model) => happened switch
    {
        TrainingStarted start => Of(json =>
        {
            json.WriteString("event", "start");
            json.WriteNumber("parameters", start.Parameters);
            json.WriteNumber("samples", start.Samples);
            json.WriteNumber("steps", start.Steps);
        }),
        EpochDone epoch => Of(json =>
        {
            json.WriteString("event", "epoch");
            json.WriteNumber("epoch", epoch.Epoch);
            json.WriteNumber("step", epoch.Step);
            Real(json, "train_loss", epoch.TrainLoss);
            if (epoch.Validation is { } valid) Write(json, "valid", valid);
            Real(json, "seconds", epoch.Seconds);
        }),
        NetworkExamined examined => Of(json =>
        {
            json.WriteString("event", "doctor");
            json.WriteNumber("epoch", examined.Epoch);
            json.WriteNumber("step", examined.Step);
            ExaminationJson.Write(json, examined.Examination);
        }),
        TrainingInterrupted interrupted => Of(json =>
        {
            json.WriteString("event", "interrupted");
            json.WriteNumber("epoch", interrupted.Epoch);
            json.WriteNumber("step", interrupted.Step);
            json.WriteString("model", model);
            Real(json, "seconds", interrupted.Seconds);
        }),
        TrainingDone done => Of(json =>
        {
            json.WriteString("event", "done");
            json.WriteNumber("best_epoch", done.BestEpoch);
            if (done.Test is { } test) Write(json, "test", test);
            else if (done.Validation is { } valid) Write(json, "valid", valid);
            json.WriteString("model", model);
            Real(json, "seconds", done.Seconds);
        }),
        _ => null,
    };

    /// <summary>A number, or null if it is not finite.</summary>
    public static void Real(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }

    /// <summary>The figures of an evaluation, each name beginning with the split's.</summary>
    public static void Write(Utf8JsonWriter json, string split, Evaluation evaluation)
    {
        Real(json, split + "_loss", evaluation.Loss);
        if (evaluation.Accuracy is { } accuracy) Real(json, split + "_accuracy", accuracy);
        if (evaluation.RootMeanSquaredError is { } error) Real(json, split + "_rmse", error);
        if (evaluation.MeanSquaredError is { } square) Real(json, split + "_mse", square);
    }
}
