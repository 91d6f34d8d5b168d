using System.CommandLine;
using System.Text.Json;
using Gradus.Cli.Output;
using Gradus.Formats;
using Gradus.Reports;
using Gradus.Training;
using Spectre.Console;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus runs compare</c>: what two runs were told otherwise, which is better, and from which step on they part.</summary>
internal static class RunsCompareCommand
{
    private static readonly Argument<string> First = CommandOptions.Run("A");
    private static readonly Argument<string> Second = CommandOptions.Run("B");
    private static readonly Option<string?> Csv = RunsCommand.Csv("the losses of every step");
    private static readonly Option<string?> Html = new("--html")
    {
        Description = "Write a page with the curves of both, one over the other.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> Json = CommandOptions.Json();

    /// <summary>What is written of a comparison when an option asks for it: to which file, and what is to be told of it.</summary>
    private static readonly (Option<string?> Option, Action<string, RunComparison> Write)[] Files = [(Csv, WriteCsv), (Html, WriteHtml)];

    public static Command Create()
    {
        var command = new Command("compare", "Compare two runs: options, figures, and the first step whose losses differ.") { First, Second, Json };
        foreach (var (option, _) in Files) command.Add(option);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var comparison = RunComparison.Of(RunsCommand.Open(parsed.GetRequiredValue(First)), RunsCommand.Open(parsed.GetRequiredValue(Second)));
        var isJson = parsed.GetValue(Json);
        if (isJson) Console.Out.WriteLine(ToJson(comparison));
        else Print(comparison);
        foreach (var (option, write) in Files)
        {
            if (parsed.GetValue(option) is not { } file) continue;
            write(file, comparison);
            RunsCommand.TellSaved(file, isJson);
        }

        return 0;
    }

    private static void WriteCsv(string file, RunComparison comparison) => CsvFile.Write(
        file, ["step", "loss_a", "loss_b"], comparison.AllLosses.Select(static pair => (object?[])[pair.Step, pair.A, pair.B]));

    private static void WriteHtml(string file, RunComparison comparison) => AtomicFile.WriteText(file, RunReport.Write([comparison.A, comparison.B]));

    private static void Print(RunComparison comparison)
    {
        var (a, b) = (comparison.A, comparison.B);
        foreach (var (side, run) in ((string, RunRecord)[])[("A", a), ("B", b)])
        {
            Say($"{side}  {run.Directory}: {RunText.Of(run.Status)}, step {RunText.Steps(run)}, {RunText.Time(run.Seconds)}");
        }

        Say("");
        if (comparison.Options.Count == 0) Say("the options are the same");
        else PrintOptions(comparison);
        if (comparison.Figures.Count > 0) PrintFigures(comparison);
        Say("");
        foreach (var line in PartingOf(comparison)) Say(line);
        PrintCurves(comparison);
    }

    private static void PrintOptions(RunComparison comparison)
    {
        var table = new TextColumns("option", "A", "B");
        foreach (var option in comparison.Options) table.Add(option.Name, option.A ?? "–", option.B ?? "–");
        foreach (var line in table.Lines()) Say(line);
    }

    private static void PrintFigures(RunComparison comparison)
    {
        var table = new TextColumns("figure", " A", " B", " B − A", "better");
        foreach (var figure in comparison.Figures)
        {
            table.Add(
                RunText.Name(figure.Name), RunText.Figure(figure.Name, figure.A), RunText.Figure(figure.Name, figure.B),
                RunText.Figure(figure.Name, figure.Difference), VerdictOf(figure));
        }

        Say("");
        foreach (var line in table.Lines()) Say(line);
    }

    private static string VerdictOf(FigureDifference figure)
    {
        if (figure.IsHigherBetter is not { } isHigher) return "";
        return $"{figure.Better?.ToString() ?? "neither"} ({(isHigher ? "higher" : "lower")} is better)";
    }

    private static IEnumerable<string> PartingOf(RunComparison comparison)
    {
        if (comparison.StepsInCommon == 0)
        {
            yield return "the runs have no step in common";
            yield break;
        }

        if (comparison.FirstDifference is not { } first)
        {
            yield return FormattableString.Invariant($"the losses of all {comparison.StepsInCommon} steps in common are the same, to the last digit");
            yield break;
        }

        yield return $"first step whose losses differ: {Pair(first)}";
        yield return comparison.FirstApart is { } apart ? $"first step whose losses differ by more than 1 %: {Pair(apart)}"
            : "at no step do the losses differ by more than 1 %";
        yield return $"look at it: gradus diff {RunFiles.Word(comparison.A.Directory)} {RunFiles.Word(comparison.B.Directory)}"
            + FormattableString.Invariant($", gradus at {RunFiles.Word(comparison.A.Directory)} {first.Step}");
        if (comparison.ApartForGood is { } good) yield return FormattableString.Invariant($"from step {good.Step} on they always do");
    }

    private static string Pair(LossPair pair) => FormattableString.Invariant($"{pair.Step} (A {pair.A}, B {pair.B})");

    private static void PrintCurves(RunComparison comparison)
    {
        if (PlotOf(comparison) is not { } plot) return;
        foreach (var curves in Curves(comparison)) plot.Add(curves.Steps, curves.Losses);
        Say("");
        AnsiConsole.MarkupLine($"loss of every step: A {CurvePlot.KeyOf(0)}  B {CurvePlot.KeyOf(1)}");
        plot.Print();
    }

    private static RunCurves[] Curves(RunComparison comparison) => [comparison.CurvesA, comparison.CurvesB];

    private static CurvePlot? PlotOf(RunComparison comparison)
    {
        var drawn = Curves(comparison).Where(static curves => curves.Steps.Count > 0).ToArray();
        return drawn.Length == 0 ? null : new CurvePlot(drawn.Min(static curves => curves.Steps[0]), drawn.Max(static curves => curves.Steps[^1]));
    }

    private static string ToJson(RunComparison comparison) => JsonLine.Of(json =>
    {
        foreach (var (side, run) in ((string, RunRecord)[])[("a", comparison.A), ("b", comparison.B)])
        {
            json.WriteStartObject(side);
            RunText.Write(json, run, run.Name);
            json.WriteEndObject();
        }

        json.WriteStartArray("options");
        foreach (var option in comparison.Options)
        {
            json.WriteStartObject();
            json.WriteString("name", option.Name);
            json.WriteString("a", option.A);
            json.WriteString("b", option.B);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("figures");
        foreach (var figure in comparison.Figures)
        {
            json.WriteStartObject();
            json.WriteString("name", figure.Name);
            JsonLine.Real(json, "a", figure.A);
            JsonLine.Real(json, "b", figure.B);
            JsonLine.Real(json, "difference", figure.Difference);
            if (figure.IsHigherBetter is { } isHigher) json.WriteBoolean("higher_is_better", isHigher);
            json.WriteString("better", figure.Better?.ToString().ToLowerInvariant());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("steps_in_common", comparison.StepsInCommon);
        WritePair(json, "first_difference", comparison.FirstDifference);
        WritePair(json, "first_apart", comparison.FirstApart);
        WritePair(json, "apart_for_good", comparison.ApartForGood);
        json.WriteStartArray("curves");
        WriteCurves(json, comparison);
        json.WriteEndArray();
    });

    // As they are drawn; every step is in the CSV file.
    private static void WriteCurves(Utf8JsonWriter json, RunComparison comparison)
    {
        if (PlotOf(comparison) is not { } plot) return;
        var (a, b) = (plot.Add(comparison.CurvesA.Steps, comparison.CurvesA.Losses), plot.Add(comparison.CurvesB.Steps, comparison.CurvesB.Losses));
        for (var column = 0; column < a.Count; column++)
        {
            if (!double.IsNaN(a[column]) || !double.IsNaN(b[column])) WritePair(json, null, new LossPair(plot.StepOf(column), a[column], b[column]));
        }
    }

    private static void WritePair(Utf8JsonWriter json, string? name, LossPair? pair)
    {
        if (pair is null)
        {
            json.WriteNull(name!);
            return;
        }

        if (name is null) json.WriteStartObject();
        else json.WriteStartObject(name);
        json.WriteNumber("step", pair.Step);
        JsonLine.Real(json, "a", pair.A);
        JsonLine.Real(json, "b", pair.B);
        json.WriteEndObject();
    }

    private static void Say(string line) => Console.Out.WriteLine(PlainText.Of(line));
}
