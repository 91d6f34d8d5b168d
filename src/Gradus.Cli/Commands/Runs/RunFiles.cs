using Gradus.Cli.Output;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary>What lies in the folder of a run, and which commands make sense of it next.</summary>
internal static class RunFiles
{
    private static readonly (string What, string Name)[] Known =
    [
        ("model", RunFolder.ModelName), ("report", RunFolder.ReportName), ("checkpoints", RunFolder.CheckpointsName), ("replay", RunFolder.ReplayName),
        ("pictures", "reconstructions.png"), ("recipe", RunFolder.RecipeName), ("environment", RunEnvironment.FileName),
        ("events", RunFolder.EventsName), ("evaluation", RunEvaluation.FileName),
    ];

    /// <summary>What there is, with its path.</summary>
    public static IEnumerable<(string What, string Path)> Of(RunRecord run) =>
        Known.Select(file => (file.What, Path: Path.Combine(run.Directory, file.Name))).Where(static file => Path.Exists(file.Path));

    /// <summary>Commands to type next.</summary>
    public static IEnumerable<string> NextCommands(RunRecord run)
    {
        var folder = Word(run.Directory);
        var replay = Path.Combine(run.Directory, RunFolder.ReplayName);
        if (File.Exists(replay)) yield return $"gradus replay {Word(replay)}";
        else if (run.Status != RunStatus.Done) yield return $"gradus train --resume {folder}";
        yield return $"gradus report {folder}";
        if (OtherOf(run) is { } other) yield return $"gradus runs compare {Word(other)} {folder}";
    }

    /// <summary>The newest run beside this one, of the same data if there is such.</summary>
    private static string? OtherOf(RunRecord run)
    {
        var parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(run.Directory));
        if (parent is null) return null;
        var beside = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };
        // What lies deeper is not looked for: the parent may be a home folder.
        return Directory.EnumerateDirectories(parent.Length == 0 ? "." : parent, "*", beside)
            .Where(static directory => File.Exists(Path.Combine(directory, RunFolder.RecipeName)))
            .SelectMany(RunListing.In).Select(static listing => listing.Record).OfType<RunRecord>()
            .Where(other => Path.GetFullPath(other.Directory) != Path.GetFullPath(run.Directory))
            .OrderByDescending(other => RunText.Option(other, "data") == RunText.Option(run, "data")).ThenByDescending(static other => other.Began)
            .FirstOrDefault()?.Directory is { } found ? Path.GetRelativePath(".", found) : null;
    }

    /// <summary>A path as a shell takes it.</summary>
    public static string Word(string path) =>
        path.All(static character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.' or '/' or '\\' or ':') ? path
            : $"'{path.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
