namespace Gradus.Distributed;

/// <summary>The ranks that work together, of which this is one, and messages between them.</summary>
/// <remarks>
/// A rank is one process, or one thread (<see cref="InProcessCommunicator"/>). Of the messages between two ranks with the same tag, those sent first are
/// received first. What all ranks do together is in <see cref="Collectives"/>, written once over these members.
/// </remarks>
public interface ICommunicator : IDisposable
{
    /// <summary>The number of this rank, from 0 to before <see cref="Size"/>.</summary>
    int Rank { get; }

    /// <summary>How many ranks there are.</summary>
    int Size { get; }

    /// <summary>Begins to send a message. Its memory stays pinned, and must not be written, until the transfer is done.</summary>
    /// <param name="data">The message.</param>
    /// <param name="to">The rank it is for.</param>
    /// <param name="tag">Tells messages apart, from 0 to <see cref="Collectives.MostTag"/>.</param>
    /// <returns>The transfer, which is done when the memory may be written again.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such rank, or the tag is out of range.</exception>
    Transfer Send<T>(ReadOnlyMemory<T> data, int to, int tag) where T : unmanaged;

    /// <summary>Begins to receive a message. Its memory stays pinned, and must not be used, until the transfer is done.</summary>
    /// <param name="data">Takes the message, which must be exactly as long.</param>
    /// <param name="from">The rank that sends it.</param>
    /// <param name="tag">The tag it is sent with.</param>
    /// <returns>The transfer, which is done when the message is there.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such rank, or the tag is out of range.</exception>
    Transfer Receive<T>(Memory<T> data, int from, int tag) where T : unmanaged;

    /// <summary>
    /// Ends all ranks. Processes end with exit code 1, and <c>rank R of N: reason</c> stands on standard error; threads get it as a
    /// <see cref="GradusException"/> where they wait.
    /// </summary>
    /// <param name="reason">Why, in one line.</param>
    void Abort(string reason);
}
