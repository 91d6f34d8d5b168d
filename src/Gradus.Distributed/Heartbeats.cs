using System.Diagnostics;

namespace Gradus.Distributed;

/// <summary>Ranks of different machines tell each other that they live, so that one that is slow is told apart from one that is gone.</summary>
/// <remarks>
/// TCP says for minutes nothing of a cable that is cut, and mpirun does not learn of it either. So a thread sends to each rank on another machine a byte every
/// so often, whatever the rank does meanwhile, and counts for how long none came. It counts its own turns, not the time of day: a process that was stopped and
/// goes on does not take the others for gone. Ranks of one machine need none of it, since mpirun sees each of them end.
/// </remarks>
internal sealed class Heartbeats : IDisposable
{
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(1);

    private readonly HeartbeatPeer[] _peers;
    private readonly TimeSpan _limit, _interval;
    private readonly Action<string> _lost;
    private readonly Thread _thread;
    private readonly AutoResetEvent _wake = new(false);
    private volatile bool _isDone;

    /// <summary>Begins to send and to watch.</summary>
    /// <param name="communicator">This rank.</param>
    /// <param name="hosts">The machine of each rank.</param>
    /// <param name="timeout">How long nothing may be heard of a rank.</param>
    /// <param name="lost">Is told once who is gone, and returns where the process goes on, no longer watching.</param>
    public Heartbeats(ICommunicator communicator, IReadOnlyList<string> hosts, TimeSpan timeout, Action<string> lost)
    {
        var (rank, own) = (communicator.Rank, hosts[communicator.Rank]);
        _peers = [.. Enumerable.Range(0, hosts.Count).Where(other => hosts[other] != own)
            .Select(other => new HeartbeatPeer(communicator, other, hosts[other]))];
        _interval = timeout / 10 < LongestInterval ? timeout / 10 : LongestInterval;
        // The first rank of a machine speaks for all on it, unless it is itself stuck.
        var isFirst = !hosts.Take(rank).Contains(own);
        _limit = isFirst ? timeout : timeout + (2 * _interval);
        _lost = lost;
        _thread = new Thread(Run) { Name = "heartbeats", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Goes on until all ranks have come here, or one is gone: none of them leaves while others still listen to it.</summary>
    public void Dispose()
    {
        _isDone = true;
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
    }

    private void Run()
    {
        var (stage, last, sinceBeat) = (HeartbeatStage.Working, Stopwatch.GetTimestamp(), _interval);
        while (true)
        {
            if (stage == HeartbeatStage.Working && _isDone) stage = HeartbeatStage.Done;
            if (stage == HeartbeatStage.Done && _peers.All(static peer => peer.Said >= HeartbeatStage.Done)) stage = HeartbeatStage.Parted;

            var passed = Stopwatch.GetElapsedTime(last);
            last = Stopwatch.GetTimestamp();
            if (passed > 2 * _interval) passed = 2 * _interval;
            var isTime = (sinceBeat += passed) >= _interval;
            if (isTime) sinceBeat = TimeSpan.Zero;
            foreach (var peer in _peers)
            {
                peer.Tell(stage, isTime);
                peer.Listen(passed);
            }

            if (_peers.All(static peer => peer.HasParted)) return;
            if (_peers.Any(peer => peer.Silence > _limit))
            {
                _lost(ReasonOf([.. _peers.Where(peer => peer.Silence > _limit - (2 * _interval))]));
                return;
            }

            _wake.WaitOne(stage == HeartbeatStage.Working ? _interval : _interval / 50);
        }
    }

    private static string ReasonOf(HeartbeatPeer[] gone)
    {
        const int most = 8;
        var machines = gone.GroupBy(static peer => peer.Host).Select(static machine =>
            FormattableString.Invariant($"rank {string.Join(", ", machine.Take(most).Select(static peer => peer.Rank))}") +
            $"{(machine.Count() > most ? ", …" : "")} on {machine.Key}").ToArray();
        var names = string.Join("; ", machines.Take(most)) + (machines.Length > most ? "; …" : "");
        return FormattableString.Invariant($"Nothing was heard of {names} for {gone.Max(static peer => peer.Silence).TotalSeconds:0.#} s: ") +
            "the machine is down, or the network to it. A training goes on from its last checkpoint.";
    }
}
