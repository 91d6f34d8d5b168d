using System.Globalization;
using System.Text.Json;
using Gradus.Data;
using Gradus.Extensions;
using Gradus.Training;

namespace Gradus.Serving;

/// <summary>What a model is: what it takes, what it gives, and how sure it may be.</summary>
internal static class ModelDescription
{
    public static void Write(Utf8JsonWriter json, GradusModel model, ServerOptions options)
    {
        var version = model.Version;
        var predictor = version.Predictor;
        var record = predictor.Model.Record;
        json.WriteString("name", model.Name);
        json.WriteString("model", record.Model);
        json.WriteString("form", FormOf(predictor));
        json.WriteStartArray("input_shape");
        foreach (var size in record.InputShape) json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteNumber("outputs", record.Outputs);
        json.WriteNumber("parameters", (long)ModelSpec.CountNumbers(predictor.Model.Network));
        if (record.ReadTable()?.Target.Name is { } target) json.WriteString("target", target);
        WriteColumns(json, predictor);
        WriteNames(json, "classes", predictor.ClassNames);
        if (record.Calibration is { } calibration) Write(json, calibration);
        WriteNames(json, "explanations", Explanation.MethodsOf(predictor.Model));
        json.WriteStartObject("version");
        json.WriteString("sha256", version.Hash);
        json.WriteString("loaded", version.Loaded.ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("gradus", record.Gradus);
        json.WriteEndObject();
        json.WriteStartObject("limits");
        json.WriteNumber("body_bytes", options.MaxBody);
        json.WriteNumber("batch", options.MaxBatch);
        json.WriteNumber("seconds", options.Timeout.TotalSeconds);
        json.WriteEndObject();
    }

    /// <summary>What a sample is: <c>row</c>, <c>series</c>, <c>picture</c>, <c>sentence</c>, <c>text</c>, or <c>numbers</c>.</summary>
    public static string FormOf(Predictor predictor) => predictor.Form switch
    {
        DataForm.Text => "text",
        DataForm.Sentence => "sentence",
        DataForm.Picture => "picture",
        _ when predictor.Columns.Count == 0 => "numbers",
        _ => TakesRows(predictor) ? "row" : "series",
    };

    /// <summary>Whether a sample is an object of columns.</summary>
    public static bool TakesRows(Predictor predictor) => predictor.Columns.Count > 0 && predictor.Model.Table!.Window == 0;

    public static string WordOf(ColumnKind kind) => kind switch { ColumnKind.Number => "number", ColumnKind.Date => "date", _ => "text" };

    private static void WriteColumns(Utf8JsonWriter json, Predictor predictor)
    {
        if (predictor.Columns.Count == 0) return;
        json.WriteStartArray("columns");
        foreach (var column in predictor.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("kind", WordOf(column.Kind));
            if (column.Categories.Count > 0) WriteNames(json, "categories", column.Categories);
            if (column.Typical is double number) json.WriteNumber("typical", number);
            else if (column.Typical is string text) json.WriteString("typical", text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNames(Utf8JsonWriter json, string name, IReadOnlyList<string>? names)
    {
        if (names is null) return;
        json.WriteStartArray(name);
        foreach (var each in names) json.WriteStringValue(each);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, CalibrationRecord calibration)
    {
        json.WriteStartObject("calibration");
        json.WriteNumber("samples", calibration.Samples);
        if (calibration.Temperature is { } temperature) json.WriteNumber("temperature", temperature);
        if (calibration.ErrorBefore is { } before) json.WriteNumber("error_before", before);
        if (calibration.ErrorAfter is { } after) json.WriteNumber("error_after", after);
        if (calibration.OfLogarithms == true) json.WriteBoolean("of_logarithms", true);
        if (calibration.Intervals is { } intervals)
        {
            json.WriteStartArray("intervals");
            foreach (var interval in intervals)
            {
                json.WriteStartObject();
                json.WriteNumber("coverage", interval.Coverage);
                json.WriteNumber("half_width", interval.HalfWidth);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
