using System.Text.Json;
using Gradus.Data;
using Gradus.Training;

namespace Gradus.Cli.Output;

/// <summary>Objects as lines of JSON: full precision, null for numbers that are not finite.</summary>
internal static class JsonLine
{
    /// <summary>An object with what is written into it.</summary>
    public static string Of(Action<Utf8JsonWriter> write) => EventJson.Line(write);

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
        if (data.Table?.PersistenceError(valid) is { } validError) Real(json, "valid_persistence_rmse", validError);
        if (data.Table?.PersistenceError(test) is { } testError) Real(json, "test_persistence_rmse", testError);
        if (data.Report is { } report) Report(json, report);
        if (data.Audit is { } audit) Audit(json, audit);
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

    private static void Audit(Utf8JsonWriter json, TableAudit audit)
    {
        json.WriteStartArray("audit");
        foreach (var finding in audit.Findings)
        {
            json.WriteStartObject();
            json.WriteString("kind", Flags.Word(finding.Kind));
            if (finding.Column is { } column) json.WriteString("column", column);
            json.WriteString("text", finding.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The line of a training event on the screen: as in the run's file, but for the steps, of which there are too many.</summary>
    public static string? Of(TrainingEvent happened, string model) => happened switch
    {
        StepDone => null,
        TrainingResumed resumed => Of(json =>
        {
            json.WriteString("event", "resumed");
            json.WriteNumber("step", resumed.Step);
            json.WriteNumber("steps", resumed.Steps);
        }),
        ParametersUnused unused => Of(json =>
        {
            json.WriteString("event", "unused");
            json.WriteStartArray("parameters");
            foreach (var name in unused.Names) json.WriteStringValue(name);
            json.WriteEndArray();
        }),
        CheckpointFailed failed => Of(json =>
        {
            json.WriteString("event", "checkpoint_failed");
            json.WriteNumber("step", failed.Step);
            json.WriteString("message", failed.Message);
        }),
        _ => EventJson.Of(happened, model),
    };

    /// <summary>A number, or null if it is not finite.</summary>
    public static void Real(Utf8JsonWriter json, string name, double value) => EventJson.Real(json, name, value);
}
