using System.CommandLine;
using Gradus.Cli.Output;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus runs export</c>: a recorded run for another tool.</summary>
internal static class RunsExportCommand
{
    private static readonly Argument<string> Folder = CommandOptions.Run("RUN");

    private static readonly Option<string> TensorBoard = new("--tensorboard")
    {
        Description = "Write a file for TensorBoard into this folder: tensorboard --logdir DIR.",
        HelpName = "DIR",
        Required = true,
    };

    private static readonly Option<bool> Json = CommandOptions.Json();

    public static Command Create()
    {
        var command = new Command("export", "Write a recorded run for another tool.") { Folder, TensorBoard, Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var run = RunsCommand.Open(parsed.GetRequiredValue(Folder));
        var directory = parsed.GetRequiredValue(TensorBoard);
        if (directory.Length == 0) throw new UsageException("--tensorboard: the folder's name is empty.");
        var path = Path.Combine(run.Directory, "model.safetensors");
        var model = File.Exists(path) ? CommandOptions.ReadModel(path) : null;
        var file = RunBoard.Export(run, directory, model?.Network, model is null ? null : ModuleGraph.Of(model.Network, model.SampleOfZeros()));
        if (parsed.GetValue(Json)) Console.Out.WriteLine(JsonLine.Of(json => json.WriteString("saved", file)));
        else RunsCommand.TellSaved(file, isJson: false);
        return 0;
    }
}
