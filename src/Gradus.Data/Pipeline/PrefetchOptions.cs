namespace Gradus.Data;

/// <summary>How batches are read ahead.</summary>
public sealed record PrefetchOptions
{
    /// <summary>Number of threads that read, at most 256; with 0 each batch is read when it is asked for, by the thread that asks. Default: 1.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>
    /// The maximal number of batches that are being read or wait to be taken; the threads pause where there are so many. Default: null, two for each thread.
    /// </summary>
    public int? Ahead { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(PrefetchOptions), PrintMembers);
}
