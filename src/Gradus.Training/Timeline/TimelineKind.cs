namespace Gradus.Training;

/// <summary>What a span of a <see cref="StepTimeline"/> was spent on.</summary>
public enum TimelineKind
{
    /// <summary>The batch, or a shard of it, was read and its loss computed.</summary>
    Forward,

    /// <summary>The gradients of the loss were computed.</summary>
    Backward,

    /// <summary>A bucket of gradients was on its way between processes, from the first byte that goes out to the total.</summary>
    Exchange,

    /// <summary>The gradients were clipped, and the optimizer moved the parameters.</summary>
    Update,
}
