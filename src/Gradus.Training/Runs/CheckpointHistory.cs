namespace Gradus.Training;

/// <summary>Which checkpoints of a run stay: the newest, and some of the older ones, spread evenly over the run.</summary>
internal static class CheckpointHistory
{
    /// <summary>Deletes those that are too many.</summary>
    /// <exception cref="IOException">A file cannot be deleted.</exception>
    public static void Thin(string directory, CheckpointOptions options)
    {
        // From the oldest to the newest. The newest of those that may go counts as a neighbor alone.
        var older = Checkpoint.In(directory).Skip(options.Keep).Reverse().Select(static path => (Path: path, Step: Checkpoint.StepOf(path))).ToList();
        while (older.Count > options.History || (older.Count > 0 && older.Sum(static file => new FileInfo(file.Path).Length) > options.HistoryBytes))
        {
            var least = LeastMissed(older);
            File.Delete(older[least].Path);
            older.RemoveAt(least);
        }
    }

    /// <summary>The one between whose neighbors there are the fewest steps; the start of the run is a neighbor too.</summary>
    private static int LeastMissed(List<(string Path, long Step)> files)
    {
        var (least, shortest) = (files.Count - 1, long.MaxValue);
        for (var index = 0; index < files.Count - 1; index++)
        {
            var gap = files[index + 1].Step - (index == 0 ? 0 : files[index - 1].Step);
            if (gap < shortest) (least, shortest) = (index, gap);
        }

        return least;
    }
}
