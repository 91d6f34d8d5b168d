using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Gradus.Cli.Output;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus verify</c>: makes a recorded run again and says whether the record is true.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string> Run = CommandOptions.Run();

    private static readonly Option<int?> Spot = CommandOptions.Whole(
        "--spot", "Make only so many stretches between two checkpoints again, chosen at random. Default: the whole run.", 1);

    private static readonly Option<int?> Seed = CommandOptions.Whole("--seed", "Which stretches --spot chooses. Default: others each time.", 0);
    private static readonly Option<int?> Threads = CommandOptions.Threads();
    private static readonly Option<bool> Json = CommandOptions.Json();

    public static Command Create()
    {
        var command = new Command("verify", "Make a run again and say whether its record is true. Exit code 1 where it is not.")
        {
            Run, Spot, Seed, Threads, Json,
        };
        command.SetAction(Verify);
        return command;
    }

    private static int Verify(ParseResult parsed)
    {
        var clock = Stopwatch.StartNew();
        CommandOptions.SetThreads(parsed.GetValue(Threads));
        var directory = RunsCommand.Open(parsed.GetRequiredValue(Run)).Directory;
        using var past = new PastRun(directory, TrainCommand.PrepareAgain(directory).Trainer);
        if (past.Record.LastStep == 0) throw new UsageException($"verify: {past.Record.Name} has made no step yet.");
        var found = RunVerification.Of(past, parsed.GetValue(Spot), parsed.GetValue(Seed) ?? Environment.TickCount & int.MaxValue);
        if (parsed.GetValue(Json))
        {
            Console.Out.WriteLine(JsonLine.Of(json =>
            {
                json.WriteBoolean("true", found.IsTrue);
                json.WriteNumber("steps", found.Steps);
                json.WriteNumber("stretches", found.Stretches);
                if (found.Fault is { } fault) json.WriteString("fault", fault);
            }));
        }
        else
        {
            var again = string.Create(
                CultureInfo.InvariantCulture, $"{found.Steps} of {past.Record.LastStep} steps made again, {clock.Elapsed.TotalSeconds:0.0} s");
            Console.Out.WriteLine(PlainText.Of($"{(found.IsTrue ? "true" : $"not true: {found.Fault}")} ({again})"));
        }

        return found.IsTrue ? 0 : Failure.WorkFailed;
    }
}
