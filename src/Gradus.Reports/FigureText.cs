using System.Globalization;
using Gradus.Graphs;

namespace Gradus.Reports;

/// <summary>Figures of a run as a person reads them.</summary>
internal static class FigureText
{
    /// <summary>A number of some digits, a large one with its thousands apart; or what stands for one that is not finite.</summary>
    public static string Of(double? number, int digits = 4)
    {
        if (number is not { } value || !double.IsFinite(value)) return "not finite";
        return Math.Abs(value) is >= 10_000 and < 1e12
            ? NumberText.Of(value, "N0") : Power(NumberText.Of(value, string.Create(CultureInfo.InvariantCulture, $"G{digits}")));
    }

    /// <summary>From <c>2.5E−08</c> to <c>2.5·10⁻⁸</c>.</summary>
    private static string Power(string text)
    {
        if (text.IndexOf('E') is not (> 0 and var at)) return text;
        var digits = text[(at + 2)..].TrimStart('0').Select(static digit => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']);
        return $"{text[..at]}·10{(text[at + 1] == '+' ? "" : "⁻")}{string.Concat(digits)}";
    }

    /// <summary>A part of a whole: <c>98.31 %</c>.</summary>
    public static string Share(double share) =>
        double.IsNaN(share) ? "–" : string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.00} %");

    /// <summary>A count with its thousands apart.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A time: <c>12.3 s</c>, <c>4 min 05 s</c>, <c>2 h 07 min</c>.</summary>
    public static string Time(double seconds)
    {
        if (!double.IsFinite(seconds)) return "–";
        if (seconds < 60) return string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s");
        var whole = (long)Math.Round(seconds);
        return whole < 3600
            ? string.Create(CultureInfo.InvariantCulture, $"{whole / 60} min {whole % 60:00} s")
            : string.Create(CultureInfo.InvariantCulture, $"{whole / 3600:N0} h {whole % 3600 / 60:00} min");
    }

    /// <summary>A figure by its name in the events: of an accuracy its share.</summary>
    public static string Of(string name, double value) => IsShare(name) && double.IsFinite(value) ? Share(value) : Of(value);

    /// <summary>Whether a figure is a share of 1.</summary>
    public static bool IsShare(string name) => MetricOf(name) == "accuracy";

    /// <summary>What a figure measures, without the split: <c>loss</c>, <c>accuracy</c>.</summary>
    public static string MetricOf(string name) => SplitOf(name) is { } split ? name[(split.Length + 1)..] : name;

    /// <summary>The split that a figure is of; null if its name tells none.</summary>
    public static string? SplitOf(string name) =>
        Array.Find(["train", "valid", "test"], split => name.StartsWith(split + "_", StringComparison.Ordinal));

    /// <summary>The name of a split in words.</summary>
    public static string SplitName(string? split) => split switch { "train" => "training", "valid" => "validation", "test" => "test", _ => "" };

    /// <summary>The name of a metric in words.</summary>
    public static string MetricName(string metric) => metric switch { "rmse" => "RMSE", "mse" => "MSE", _ => metric.Replace('_', ' ') };

    /// <summary>A figure in words: <c>Test accuracy</c>.</summary>
    public static string Title(string name) => Capital($"{SplitName(SplitOf(name))} {MetricName(MetricOf(name))}".Trim());

    /// <summary>A text that begins with a capital letter.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
