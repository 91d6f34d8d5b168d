using System.CommandLine;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus runs</c>: what runs there are, one of them, two side by side, one for another tool. By itself it lists them.</summary>
internal static class RunsCommand
{
    /// <summary>Where runs go unless they are told otherwise.</summary>
    public const string DefaultFolder = "runs";

    public static Command Create()
    {
        var command = RunsListCommand.Create("runs", "List recorded runs, look into one, compare two.");
        command.Add(RunsListCommand.Create("list", "List the runs in a folder, the newest first."));
        command.Add(RunsShowCommand.Create());
        command.Add(RunsCompareCommand.Create());
        command.Add(RunsExportCommand.Create());
        return command;
    }

    public static Option<string?> Csv(string what) => new("--csv") { Description = $"Write {what} to a CSV file too.", HelpName = "FILE" };

    /// <summary>The run that the user names.</summary>
    /// <exception cref="IOException">There is none.</exception>
    public static RunRecord Open(string run)
    {
        var below = Path.Combine(DefaultFolder, run);
        return RunRecord.Open(!Path.Exists(run) && Path.Exists(below) ? below : run);
    }

    /// <summary>Tells that a file was written, unless nothing but JSON is wanted.</summary>
    public static void TellSaved(string file, bool isJson)
    {
        if (!isJson) Console.Out.WriteLine($"saved {PlainText.Of(file)}");
    }
}
