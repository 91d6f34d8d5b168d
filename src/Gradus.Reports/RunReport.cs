using Gradus.Training;

namespace Gradus.Reports;

/// <summary>The report of training runs as a page: what a run is, its curves, what its model gets right and wrong, and how it is made again.</summary>
/// <remarks>
/// One file that needs nothing else and asks for nothing: it works offline, from a disk, by mouse or by keyboard, light and dark, and on paper. It is below
/// two megabytes for a million steps.
/// </remarks>
public static class RunReport
{
    /// <summary>The page of a run, which may go on meanwhile, or have been killed.</summary>
    /// <param name="run">The run.</param>
    /// <exception cref="IOException">A file of the run cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file of the run is damaged. The message names it.</exception>
    public static string Write(RunRecord run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Write([run]);
    }

    /// <summary>The page of several runs: their figures side by side, and their curves in the same charts, a color for each run.</summary>
    /// <param name="runs">The runs, at least one. Of one the page tells all that is known of it.</param>
    /// <exception cref="ArgumentException">There are no runs.</exception>
    /// <inheritdoc cref="Write(RunRecord)"/>
    public static string Write(IReadOnlyList<RunRecord> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        if (runs.Count == 0) throw new ArgumentException("There is no run to report.", nameof(runs));
        return ReportPage.Of([.. runs.Select(ReportedRun.Of)]);
    }
}
