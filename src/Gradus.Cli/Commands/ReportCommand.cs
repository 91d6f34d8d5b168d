using System.CommandLine;
using Gradus.Formats;
using Gradus.Reports;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus report</c>: the page of a run, which may be over, go on, or have been killed.</summary>
internal static class ReportCommand
{
    private static readonly Argument<string> Run = CommandOptions.Run();

    private static readonly Option<string?> Html = new("--html")
    {
        Description = "Where the page is written. Default: report.html in the folder of the run.",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        var command = new Command("report", "Write a page about a run: curves, mistakes, and how to make it again.") { Run, Html };
        command.SetAction(Write);
        return command;
    }

    /// <summary>Measures the model of a run that ends, and writes its page. That it cannot be done is told, and the run is what it is.</summary>
    public static void Write(RunFolder folder, Func<RunEvaluation?> measure)
    {
        Try("the model was not measured sample by sample", () => measure()?.Write(folder.Path));
        Try("the report was not written", () => AtomicFile.WriteText(folder.ReportPath, RunReport.Write(RunRecord.Open(folder.Path))));
    }

    private static void Try(string fault, Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or GradusException
            or OutOfMemoryException or ArgumentException or InvalidOperationException or OverflowException)
        {
            CommandOptions.Note($"{fault}: {exception.Message}");
        }
    }

    private static int Write(ParseResult parsed)
    {
        var record = RunsCommand.Open(parsed.GetRequiredValue(Run));
        var file = parsed.GetValue(Html) ?? Path.Combine(record.Directory, RunFolder.ReportName);
        AtomicFile.WriteText(file, RunReport.Write(record));
        Console.Out.WriteLine(PlainText.Of($"wrote {file}"));
        Console.Out.WriteLine(PlainText.Of($"open it in a browser: {new Uri(Path.GetFullPath(file)).AbsoluteUri}"));
        return 0;
    }
}
