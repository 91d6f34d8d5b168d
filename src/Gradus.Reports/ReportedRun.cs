using Gradus.Training;

namespace Gradus.Reports;

/// <summary>All that a folder tells of a run.</summary>
/// <param name="Record">The recipe, and how far it has come.</param>
/// <param name="Curves">Steps, epochs and events.</param>
/// <param name="Environment">Where it was computed; null if the folder does not tell.</param>
/// <param name="Evaluation">What was measured at its end; null if it has not come to it.</param>
internal sealed record ReportedRun(RunRecord Record, RunCurves Curves, RunEnvironment? Environment, RunEvaluation? Evaluation)
{
    /// <summary>The event of the data; null if it is not there yet.</summary>
    public RunEvent? Data => Curves.OtherEvents.FirstOrDefault(static happened => happened.Name == "data");

    /// <summary>Reads a run's folder.</summary>
    public static ReportedRun Of(RunRecord record) => new(record, record.ReadCurves(), record.ReadEnvironment(), record.ReadEvaluation());

    /// <summary>
    /// A value of the recipe as it is shown. Of a file that is named by all of its path only the name: a page is passed on, and the folders are its owner's.
    /// </summary>
    public static string Shown(string value)
    {
        var colon = value.IndexOf(':');
        // A letter before a colon is a drive.
        var (kind, path) = colon > 1 ? (value[..(colon + 1)], value[(colon + 1)..]) : ("", value);
        return Path.IsPathRooted(path) ? kind + Path.GetFileName(Path.TrimEndingDirectorySeparator(path)) : value;
    }

    /// <summary>An option of the recipe; null if it is not there.</summary>
    public string? Option(string name) => Record.Options.Where(option => option.Key == name).Select(static option => option.Value).FirstOrDefault();
}
