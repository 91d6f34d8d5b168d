namespace Gradus.Training;

/// <summary>Whether the record of a run is what its recipe gives.</summary>
/// <param name="Steps">Number of steps that were made again.</param>
/// <param name="Stretches">Number of stretches between checkpoints that they were in.</param>
/// <param name="Fault">The first thing that is not as it is recorded; null where all is.</param>
public sealed record RunVerification(long Steps, int Stretches, string? Fault)
{
    /// <summary>Whether all that was made again is as it is recorded.</summary>
    public bool IsTrue => Fault is null;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{(IsTrue ? "true" : $"not true: {Fault}")} ({Steps} steps made again)");

    /// <summary>
    /// Makes stretches of a run again, each from one checkpoint to the next, and compares losses, learning rates and the figures of epochs with the events,
    /// and the state at the end with the checkpoint; after the last stretch also the weights with the model's file.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="stretches">How many stretches, chosen at random. Default: null, all of them.</param>
    /// <param name="seed">The seed of the choice. Default: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of stretches is below 1.</exception>
    public static RunVerification Of(PastRun run, int? stretches = null, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (stretches is { } wanted) ArgumentOutOfRangeException.ThrowIfLessThan(wanted, 1, nameof(stretches));
        return new Verifier(run).Run(stretches, seed);
    }
}
