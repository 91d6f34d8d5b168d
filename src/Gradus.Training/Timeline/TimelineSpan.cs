namespace Gradus.Training;

/// <summary>A time that a step of a training spent on something.</summary>
/// <param name="Kind">On what.</param>
/// <param name="Index">Of a forward or backward pass, the shard; of an exchange, the bucket in the order in which they go out; else 0.</param>
/// <param name="Step">The step, from 1.</param>
/// <param name="Start">When it began, in seconds since <see cref="StepTimeline.Start"/>.</param>
/// <param name="End">When it ended, in seconds since then.</param>
public readonly record struct TimelineSpan(TimelineKind Kind, int Index, long Step, double Start, double End)
{
    /// <summary>How long, in seconds.</summary>
    public double Seconds => End - Start;
}
