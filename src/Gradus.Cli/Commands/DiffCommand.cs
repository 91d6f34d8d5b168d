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
        var (first, second) = (parsed.GetRequiredValue(First), parsed.GetRequiredValue(Second));
        using var a = new PastRun(first, TrainCommand.PrepareAgain(first).Trainer);
        using var b = new PastRun(second, TrainCommand.PrepareAgain(second).Trainer);
        var options = Options(a.Record, b.Record).ToArray();
        var difference = RunDifference.Between(a, b);
        if (parsed.GetValue(Json))
        {
            Console.Out.WriteLine(JsonLine.Of(json => Write(json, options, difference)));
        }
        else
        {
            foreach (var (name, one, other) in options) Console.Out.WriteLine(PlainText.Of($"{name}: {one ?? "not set"} and {other ?? "not set"}"));
            Console.Out.WriteLine(difference is null
                ? FormattableString.Invariant($"equal to the bit, in all {Math.Min(a.Record.LastStep, b.Record.LastStep)} steps")
                : PlainText.Of(difference.Text));
            if (difference is { Kind: not DifferenceKind.Start and not DifferenceKind.Record } inside)
            {
                Console.Out.WriteLine(PlainText.Of(FormattableString.Invariant($"look at it: gradus at {first} {inside.Step} --graph")));
            }
        }

        return difference is null ? 0 : Failure.WorkFailed;
    }

    /// <summary>The options of the recipes that differ; threads say nothing of the result.</summary>
    private static IEnumerable<(string Name, string? A, string? B)> Options(RunRecord a, RunRecord b)
    {
        var (first, second) = (a.Options.ToDictionary(), b.Options.ToDictionary());
        return first.Keys.Union(second.Keys).Where(static name => name != "threads")
            .Select(name => (name, first.GetValueOrDefault(name), second.GetValueOrDefault(name))).Where(static option => option.Item2 != option.Item3);
    }

    private static void Write(Utf8JsonWriter json, (string Name, string? A, string? B)[] options, RunDifference? difference)
    {
        json.WriteBoolean("equal", difference is null);
        json.WriteStartObject("options");
        foreach (var (name, one, other) in options)
        {
            json.WriteStartArray(name);
            json.WriteStringValue(one);
            json.WriteStringValue(other);
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
