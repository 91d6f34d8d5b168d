using System.CommandLine;
using System.Text;
using Gradus.Formats;
using Gradus.Reports;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <content>When the parts of the last steps were computed and sent, as a picture or a trace.</content>
internal static partial class TrainCommand
{
    private static readonly Option<string?> Timeline = new("--timeline")
    {
        Description = "Write when the parts of the last steps were computed and sent between processes: FILE.svg, a picture; FILE.json, a trace for Perfetto.",
        HelpName = "FILE",
    };

    /// <exception cref="UsageException">The file is of another kind.</exception>
    private static StepTimeline? ReadTimeline(ParseResult parsed)
    {
        if (parsed.GetValue(Timeline) is not { } path) return null;
        if (Path.GetExtension(path) is not (".svg" or ".json"))
            throw new UsageException($"--timeline: '{path}' is no file of a kind that can be written; expected FILE.svg or FILE.json.");
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new UsageException($"--timeline: there is no folder '{folder}'; make it, or name another file.");
        return new StepTimeline();
    }

    /// <summary>Writes the timelines of all processes, and says how much of the messages' time was spent computing.</summary>
    private static void WriteTimeline(ParseResult parsed, IReadOnlyList<IReadOnlyList<TimelineSpan>> processes)
    {
        if (processes.Any(static spans => spans.Count == 0)) return;
        var path = parsed.GetValue(Timeline)!;
        AtomicFile.Write(path, stream =>
        {
            if (Path.GetExtension(path) == ".json") TimelineTrace.Write(stream, processes);
            else stream.Write(Encoding.UTF8.GetBytes(TimelinePicture.Draw(processes)));
        });
        var hidden = processes.Average(StepTimeline.HiddenShare);
        if (parsed.GetValue(Json)) return;
        var share = double.IsNaN(hidden) ? "" : FormattableString.Invariant($" · in {100 * hidden:0} % of the time of exchanges the rank computed");
        Console.WriteLine(PlainText.OfLines($"{path}: the last steps{share}"));
    }
}
