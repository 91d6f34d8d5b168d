namespace Gradus.Reports;

/// <summary>How runs are called side by side: by their folders, and by a number too where two are called alike.</summary>
internal static class RunNames
{
    public static IReadOnlyList<string> Of(IReadOnlyList<ReportedRun> runs)
    {
        var counts = runs.CountBy(static run => run.Record.Name).ToDictionary();
        return [.. runs.Select((run, index) => counts[run.Record.Name] == 1 ? run.Record.Name : $"{run.Record.Name} ({index + 1})")];
    }
}
