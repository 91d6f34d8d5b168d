namespace Gradus.Distributed;

/// <summary>How ranks wait for each other.</summary>
public sealed record CommunicatorOptions
{
    /// <summary>
    /// How long a rank waits for a message before it fails and names the rank that it waited for. It has to be longer than what one rank may do alone while the
    /// others wait, such as an evaluation or the reading of data. Default: 5 minutes.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long nothing may be heard of a rank on another machine before it counts as gone, and all ranks end. A rank that is at work is heard, however long
    /// its work takes. <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>: nobody listens. Default: 15 seconds, in which TCP bridges a break of ten.
    /// </summary>
    public TimeSpan HeartbeatTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The name of this machine, by which those of other ranks are told apart from it.</summary>
    internal string Host { get; init; } = Environment.MachineName;

    /// <summary>
    /// A message of more bytes is sent in pieces, so that it is seen to advance: a rank that has waited long looks seldom, and MPI moves long messages only
    /// while both sides look. Without shared reading of memory (CMA) 16 MB took 185 ms in one piece, 9 ms in these.
    /// </summary>
    internal int PieceBytes { get; init; } = 1 << 18;

    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    internal CommunicatorOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Timeout, TimeSpan.Zero);
        if (HeartbeatTimeout != System.Threading.Timeout.InfiniteTimeSpan) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(HeartbeatTimeout, TimeSpan.Zero);
        return this;
    }
}
