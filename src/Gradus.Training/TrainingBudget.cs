namespace Gradus.Training;

/// <summary>What a run may take of the machine.</summary>
public sealed record TrainingBudget
{
    /// <summary>
    /// The time after which the run ends, after the current step and one last validation, with its best weights and a <see cref="BudgetSpent"/> among its
    /// events; the parts of a run that is taken up count together. Default: null, no limit.
    /// </summary>
    public TimeSpan? Time { get; init; }

    /// <summary>
    /// The share of the machine's cores that compute, in (0, 1], so that an app stays quick beside its training; rounded to whole cores, at least one. It
    /// is <see cref="Compute.Threads"/> for as long as the run is enumerated, and changes no bit of the result. Default: null, the threads that are set.
    /// </summary>
    public double? Cores { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TrainingBudget), PrintMembers);

    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    internal void Validate()
    {
        if (Time is { } time) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero, nameof(Time));
        if (Cores is { } share && !(share is > 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(Cores), share, "The share of the cores is in (0, 1].");
    }
}

/// <summary>Computes with a share of the cores until it is disposed, and until others that began meanwhile are.</summary>
internal readonly struct CoreShare : IDisposable
{
    private static readonly Lock Gate = new();
    private static int s_holders, s_before;

    private readonly bool _holds;

    /// <param name="share">The share; null changes nothing.</param>
    public CoreShare(double? share)
    {
        if (share is not { } some) return;
        _holds = true;
        lock (Gate)
        {
            if (s_holders++ == 0) s_before = Compute.Threads;
            Compute.Threads = Math.Clamp((int)Math.Round(some * Environment.ProcessorCount), 1, 1024);
        }
    }

    public void Dispose()
    {
        if (!_holds) return;
        lock (Gate)
        {
            if (--s_holders == 0) Compute.Threads = s_before;
        }
    }
}
