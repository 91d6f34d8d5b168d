namespace Gradus.Training;

/// <summary>When a run's checkpoints are written, and how many are kept.</summary>
public sealed record CheckpointOptions
{
    /// <summary>Steps from one checkpoint to the next. Default: null, by <see cref="Every"/>.</summary>
    public int? EverySteps { get; init; }

    /// <summary>
    /// Time from one checkpoint to the next. Where <see cref="EverySteps"/> is unset there is also one at the end of each epoch, unless that would take more
    /// than a fiftieth of the time. Default: null, a minute, and whenever a part of the time so far is over, so that there is one for each place of
    /// <see cref="History"/>, two seconds apart at least.
    /// </summary>
    public TimeSpan? Every { get; init; }

    /// <summary>How many checkpoints are kept, the newest ones; at least 1. Default: 2, so that there is one before a damaged one.</summary>
    public int Keep { get; init; } = 2;

    /// <summary>
    /// How many older checkpoints stay besides, spread evenly over the run, so that any past step is near one: <see cref="PastRun"/>. They take at most
    /// <see cref="HistoryBytes"/>. Default: 32.
    /// </summary>
    public int History { get; init; } = 32;

    /// <summary>The most bytes that the checkpoints of <see cref="History"/> take together. Default: 192 MB.</summary>
    public long HistoryBytes { get; init; } = 192L << 20;

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(CheckpointOptions), PrintMembers);

    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    internal void Validate()
    {
        if (EverySteps is { } steps) ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1, nameof(EverySteps));
        if (Every is { } time) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero, nameof(Every));
        ArgumentOutOfRangeException.ThrowIfLessThan(Keep, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(History);
        ArgumentOutOfRangeException.ThrowIfNegative(HistoryBytes);
    }
}
