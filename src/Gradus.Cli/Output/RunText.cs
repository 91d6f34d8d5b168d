using System.Globalization;
using System.Text.Json;
using Gradus.Training;

namespace Gradus.Cli.Output;

/// <summary>What is known of a recorded run, as people and programs read it.</summary>
internal static class RunText
{
    /// <summary>How far a run has come, in a word.</summary>
    public static string Of(RunStatus status) => Flags.Word(status);

    /// <summary>A figure in a table: shares in percent.</summary>
    public static string Figure(string name, double value) => !double.IsFinite(value) ? "–"
        : name.EndsWith("accuracy", StringComparison.Ordinal) ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.00} %")
        : Number(value);

    /// <summary>A number of some digits.</summary>
    public static string Number(double value) => double.IsFinite(value) ? value.ToString("G5", CultureInfo.InvariantCulture) : "–";

    /// <summary>A number with all its digits.</summary>
    public static string Full(double value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A time, in the unit that suits it.</summary>
    public static string Time(double seconds) => seconds switch
    {
        double.NaN => "–",
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
        < 6000 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0.0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.0} h"),
    };

    /// <summary>The steps that are made, of all.</summary>
    public static string Steps(RunRecord run) => FormattableString.Invariant($"{run.LastStep} of {run.Steps}");

    /// <summary>The name of a figure as it is read: <c>valid accuracy</c>.</summary>
    public static string Name(string figure) => figure.Replace('_', ' ').Replace("rmse", "RMSE", StringComparison.Ordinal);

    /// <summary>An option of the recipe; null where it is not in it.</summary>
    public static string? Option(RunRecord run, string name) => run.Options.FirstOrDefault(option => option.Key == name).Value;

    /// <summary>The architecture, or the model that the run began with.</summary>
    public static string Model(RunRecord run) => Option(run, "model") ?? (Option(run, "from") is { } from ? $"from {from}" : "");

    /// <summary>Members that a list and a run itself have in common.</summary>
    public static void Write(Utf8JsonWriter json, RunRecord run, string name)
    {
        json.WriteString("name", name);
        json.WriteString("directory", run.Directory);
        json.WriteString("status", Of(run.Status));
        json.WriteNumber("step", run.LastStep);
        json.WriteNumber("steps", run.Steps);
        json.WriteNumber("parameters", run.Parameters);
        json.WriteNumber("samples", run.Samples);
        JsonLine.Real(json, "loss", run.LastLoss);
        if (run.BestEpoch is { } best) json.WriteNumber("best_epoch", best);
        WriteFigures(json, run.Figures);
        JsonLine.Real(json, "seconds", run.Seconds);
        json.WriteString("began", run.Began);
    }

    /// <summary>Figures as an object.</summary>
    public static void WriteFigures(Utf8JsonWriter json, IReadOnlyDictionary<string, double> figures)
    {
        json.WriteStartObject("figures");
        foreach (var (name, value) in figures) JsonLine.Real(json, name, value);
        json.WriteEndObject();
    }
}
