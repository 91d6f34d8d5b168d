namespace Gradus.Training;

/// <summary>A sum over all processes that is under way.</summary>
public abstract class PendingSum
{
    /// <summary>Whether the total is there. Each time it is asked, what can be done without waiting is done, for this sum and those begun before it.</summary>
    public abstract bool IsDone { get; }

    /// <summary>Waits until the total is there, and the totals of all sums begun before.</summary>
    public abstract void Wait();
}
