using System.CommandLine;
using Gradus.Cli.Output;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus replay</c>: makes the step once more that ended a run, and names the operator at fault.</summary>
internal static class ReplayCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "The replay.safetensors of a run that ended with a loss that is not finite." };
    private static readonly Option<int?> Threads = CommandOptions.Threads();
    private static readonly Option<bool> Json = CommandOptions.Json();

    public static Command Create()
    {
        var command = new Command("replay", "Make the step again that ended a run with NaN, and name its operator.") { File, Threads, Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        CommandOptions.SetThreads(parsed.GetValue(Threads));
        var result = ReplayFile.Run(parsed.GetRequiredValue(File));
        if (parsed.GetValue(Json))
        {
            Console.Out.WriteLine(JsonLine.Of(json =>
            {
                json.WriteNumber("step", result.Step);
                JsonLine.Real(json, "loss", result.Loss);
                if (result.Fault is null) json.WriteNull("fault");
                else json.WriteString("fault", result.Fault);
            }));
        }
        else
        {
            Console.Out.WriteLine(PlainText.OfLines(FormattableString.Invariant(
                $"step {result.Step}: {result.Fault ?? $"loss {result.Loss}; every value and gradient is finite"}")));
        }

        return result.Fault is null ? 0 : 3;
    }
}
