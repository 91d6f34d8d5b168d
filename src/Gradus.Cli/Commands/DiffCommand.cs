using System.CommandLine;
using System.Text.Json;
using Gradus.Cli.Output;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus diff</c>: the first step, operator and element in which two recorded runs differ.</summary>
internal static class DiffCommand
{
    private static readonly Argument<string> First = CommandOptions.Run("RUN_A");
    private static readonly Argument<string> Second = CommandOptions.Run("RUN_B");
    private static readonly Option<int?> Threads = CommandOptions.Threads();
    private static readonly Option<bool> Json = CommandOptions.Json();

    public static Command Create()
    {
        var command = new Command("diff", "Find the first step, operator and element in which two runs differ. Exit code 1 where they do.")
        {
            First, Second, Threads, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        CommandOptions.SetThreads(parsed.GetValue(Threads));
        var (first, second) = (FolderOf(parsed, First), FolderOf(parsed, Second));
        using var a = new PastRun(first, TrainCommand.PrepareAgain(first).Trainer);
        using var b = new PastRun(second, TrainCommand.PrepareAgain(second).Trainer);
        // Threads say nothing of the result.
        OptionDifference[] options = [.. RunComparison.OptionsOf(a.Record, b.Record).Where(static option => option.Name != "threads")];
        var difference = RunDifference.Between(a, b);
        if (parsed.GetValue(Json))
        {
            Console.Out.WriteLine(JsonLine.Of(json => Write(json, options, difference)));
        }
        else
        {
            foreach (var option in options) Console.Out.WriteLine(PlainText.Of($"{option.Name}: {option.A ?? "not set"} and {option.B ?? "not set"}"));
            Console.Out.WriteLine(difference is null
                ? FormattableString.Invariant($"equal to the bit, in all {Math.Min(a.Record.LastStep, b.Record.LastStep)} steps")
                : PlainText.Of(difference.Text));
            if (difference is { Kind: not DifferenceKind.Start and not DifferenceKind.Record and not DifferenceKind.Epoch } inside)
            {
                Console.Out.WriteLine(PlainText.Of(FormattableString.Invariant($"look at it: gradus at {RunFiles.Word(first)} {inside.Step} --graph")));
            }
        }

        return difference is null ? 0 : Failure.WorkFailed;
    }

    private static string FolderOf(ParseResult parsed, Argument<string> run) => RunsCommand.Open(parsed.GetRequiredValue(run)).Directory;

    private static void Write(Utf8JsonWriter json, OptionDifference[] options, RunDifference? difference)
    {
        json.WriteBoolean("equal", difference is null);
        json.WriteStartObject("options");
        foreach (var option in options)
        {
            json.WriteStartArray(option.Name);
            json.WriteStringValue(option.A);
            json.WriteStringValue(option.B);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        if (difference is null) return;
        json.WriteString("kind", Flags.Word(difference.Kind));
        json.WriteNumber("step", difference.Step);
        json.WriteString("place", difference.Place);
        if (difference.Element is { } element)
        {
            json.WriteStartArray("element");
            foreach (var index in element.Element) json.WriteNumberValue(index);
            json.WriteEndArray();
            JsonLine.Real(json, "a", element.A);
            JsonLine.Real(json, "b", element.B);
        }

        json.WriteString("text", difference.Text);
    }
}
