namespace Gradus.Training;

/// <summary>When a run's checkpoints are written, and how many are kept.</summary>
public sealed record CheckpointOptions
{
    /// <summary>Steps from one checkpoint to the next. Default: null, by <see cref="Every"/>.</summary>
    public int? EverySteps { get; init; }

    /// <summary>
    /// Time from one checkpoint to the next. Default: a minute. Where <see cref="EverySteps"/> is unset there is also one at the end of each epoch, and one for
    /// <see cref="History"/> whenever a part of the time so far is over that is two seconds at least, unless that would take more than a fiftieth of the time.
    /// </summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many checkpoints are kept, the newest ones; at least 1. Default: 2, so that there is one before a damaged one.</summary>
    public int Keep { get; init; } = 2;

    /// <summary>
    /// How many older checkpoints stay besides, spread evenly over the run, so that any past step is near one: <see cref="PastRun"/>. They take at most
    /// <see cref="HistoryBytes"/>. Default: 24.
    /// </summary>
    public int History { get; init; } = 24;

    /// <summary>The most bytes that the checkpoints of <see cref="History"/> take together. Default: 128 MB.</summary>
    public long HistoryBytes { get; init; } = 128L << 20;

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(CheckpointOptions), PrintMembers);

    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    internal void Validate()
    {
        if (EverySteps is { } steps) ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1, nameof(EverySteps));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Every, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(Keep, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(History);
        ArgumentOutOfRangeException.ThrowIfNegative(HistoryBytes);
    }
}
