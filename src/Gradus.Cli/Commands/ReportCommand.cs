using System.CommandLine;
using Gradus.Formats;
using Gradus.Reports;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus report</c>: the page of a run, which may be over, go on, or have been killed.</summary>
internal static class ReportCommand
{
    private static readonly Argument<string> Run = new("RUN") { Description = "The folder of a run of `gradus train`." };

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

    /// <summary>Writes the page of a run that ends. That it cannot be written is told, and the run is what it is.</summary>
    public static void Write(RunFolder folder, RunEvaluation? evaluation)
    {
        try
        {
            evaluation?.Write(folder.Path);
            AtomicFile.WriteText(folder.ReportPath, RunReport.Write(RunRecord.Open(folder.Path)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            CommandOptions.Note($"the report was not written: {exception.Message}");
        }
    }

    private static int Write(ParseResult parsed)
    {
        var record = RunRecord.Open(parsed.GetRequiredValue(Run));
        var file = parsed.GetValue(Html) ?? Path.Combine(record.Directory, "report.html");
        AtomicFile.WriteText(file, RunReport.Write(record));
        Console.Out.WriteLine(PlainText.Of($"wrote {file}"));
        Console.Out.WriteLine(PlainText.Of($"open it in a browser: {new Uri(Path.GetFullPath(file)).AbsoluteUri}"));
        return 0;
    }
}
