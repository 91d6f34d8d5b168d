using System.Diagnostics;

namespace Gradus.Distributed;

/// <summary>A message on its way.</summary>
/// <param name="peer">The other rank.</param>
/// <param name="isSend">Whether it is sent to that rank, rather than received from it.</param>
/// <param name="timeout">How long <see cref="Wait"/> waits.</param>
public abstract class Transfer(int peer, bool isSend, TimeSpan timeout)
{
    private bool _isDone;

    /// <summary>The other rank.</summary>
    public int Peer => peer;

    /// <summary>Whether it is sent to that rank, rather than received from it.</summary>
    public bool IsSend => isSend;

    /// <summary>Whether the message has left its memory, or is in it. Each time it is asked it looks for news, and lets other messages advance.</summary>
    /// <exception cref="GradusException">The message could not be transferred, or is not as long as what was to be received.</exception>
    public bool IsDone => _isDone || (_isDone = Poll());

    /// <summary>Waits until the message has left its memory, or is in it.</summary>
    /// <exception cref="GradusException">As <see cref="IsDone"/>; or nothing came within the limit, which names the rank that was waited for.</exception>
    public void Wait()
    {
        var (last, arrived) = (Stopwatch.GetTimestamp(), Arrived);
        while (!IsDone)
        {
            if (arrived != Arrived) (last, arrived) = (Stopwatch.GetTimestamp(), Arrived);
            var waited = Stopwatch.GetElapsedTime(last);
            if (waited > timeout) throw TimedOut(waited);
            Pause.After(waited);
        }
    }

    /// <summary>How many pieces of the message have arrived: waiting begins anew with each.</summary>
    protected virtual int Arrived => 0;

    /// <summary>Looks whether the message has arrived; not called again once it has.</summary>
    protected abstract bool Poll();

    /// <summary>The error of a message that is longer or shorter than what was to be received.</summary>
    private protected GradusException WrongSize(string came, long expected) =>
        new(FormattableString.Invariant($"The message from rank {Peer} has {came} bytes, expected {expected}. Have all ranks the same network and options?"));

    private GradusException TimedOut(TimeSpan waited) => new(FormattableString.Invariant(
        $"Waited {waited.TotalSeconds:0.#} s for rank {Peer}, which has not {(IsSend ? "taken a message from" : "sent its message to")} this rank. ") +
        $"If it may take longer, raise {nameof(CommunicatorOptions)}.{nameof(CommunicatorOptions.Timeout)} ({timeout}).");
}
