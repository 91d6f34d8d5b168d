namespace Gradus.Training;

/// <summary>A run in a list: its record, or what is wrong with it.</summary>
/// <param name="Directory">Its folder.</param>
/// <param name="Record">Its record; null where it cannot be read.</param>
/// <param name="Fault">Why it cannot be read; null where it can.</param>
public sealed record RunListing(string Directory, RunRecord? Record, string? Fault)
{
    /// <summary>The runs below a folder, by name, those that are damaged included. Of each only the ends of its events are read.</summary>
    /// <param name="directory">The folder, or a run's own.</param>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    public static IReadOnlyList<RunListing> In(string directory) => [.. RunRecord.Find(directory).ToArray().AsParallel().AsOrdered().Select(Of)];

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(RunListing), PrintMembers);

    private static RunListing Of(string directory)
    {
        try
        {
            return new RunListing(directory, RunRecord.Open(directory), null);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return new RunListing(directory, null, exception.Message);
        }
    }
}
