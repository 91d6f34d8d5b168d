namespace Gradus.Distributed;

/// <summary>How far a rank is.</summary>
internal enum HeartbeatStage : byte
{
    /// <summary>It works.</summary>
    Working,

    /// <summary>Its work is done, and it waits for the others.</summary>
    Done,

    /// <summary>It knows that the work of all is done, and says nothing more.</summary>
    Parted,
}

/// <summary>A rank on another machine: what was heard of it, and what was told to it.</summary>
internal sealed class HeartbeatPeer(ICommunicator communicator, int rank, string host)
{
    private readonly HeartbeatStage[] _told = new HeartbeatStage[1], _heard = new HeartbeatStage[1];
    private Transfer? _send, _receive;
    private bool _isBroken;

    public int Rank => rank;

    public string Host => host;

    /// <summary>How far it is, as it said last.</summary>
    public HeartbeatStage Said { get; private set; }

    /// <summary>For how long nothing has come.</summary>
    public TimeSpan Silence { get; private set; }

    /// <summary>Whether both sides know that the other is done, and no message is on its way.</summary>
    public bool HasParted => Said == HeartbeatStage.Parted && _told[0] == HeartbeatStage.Parted && _send is { IsDone: true };

    /// <summary>Says how far this rank is, where it is time to, or it is further than it said; not while the message before is still on its way.</summary>
    public void Tell(HeartbeatStage stage, bool isTime) => Try(() =>
    {
        if (_send is { IsDone: false } || _told[0] == HeartbeatStage.Parted) return;
        if (!isTime && stage == _told[0]) return;
        _told[0] = stage;
        _send = communicator.Send<HeartbeatStage>(_told, rank, Collectives.HeartbeatTag);
    });

    /// <summary>Takes what has come.</summary>
    /// <param name="passed">The time since the last call.</param>
    public void Listen(TimeSpan passed)
    {
        if (Said == HeartbeatStage.Parted) return;
        Silence += passed;
        Try(() =>
        {
            while (Said != HeartbeatStage.Parted)
            {
                _receive ??= communicator.Receive(_heard.AsMemory(), rank, Collectives.HeartbeatTag);
                if (!_receive.IsDone) return;
                (_receive, Said, Silence) = (null, _heard[0], TimeSpan.Zero);
            }
        });
    }

    /// <summary>A connection that is broken is silent: mpirun has as long to say that the process has ended, and how.</summary>
    private void Try(Action action)
    {
        if (_isBroken) return;
        try
        {
            action();
        }
        catch (GradusException)
        {
            _isBroken = true;
        }
    }
}
