using System.Text;
using System.Text.Json;
using Gradus.Distributed;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary>The ranks of one training: all begin where rank 0 stands, and their weights are compared while they go on.</summary>
internal sealed class TrainingRanks(ICommunicator communicator, PreparedTraining prepared)
{
    private readonly WeightCheck _check = new(communicator, prepared.Model.Network);

    /// <summary>Threads of each rank, where the user does not say: those of the machine, shared by the ranks on it.</summary>
    public static int ThreadsOfEach => Math.Max(1, Environment.ProcessorCount / Communicator.RanksHere);

    /// <summary>Whether rank 0 has told the others to begin.</summary>
    public bool HaveBegun { get; private set; }

    /// <summary>How many ranks there are.</summary>
    public int Count => communicator.Size;

    /// <summary>Brings all ranks to where rank 0 stands: at the beginning, or at the checkpoint that it has read.</summary>
    /// <returns>Whether the training begins.</returns>
    public bool ShareState()
    {
        var state = communicator.Rank == 0 ? Written() : [];
        var length = new[] { state.LongLength };
        HaveBegun = true;
        communicator.Broadcast<long>(length);
        if (length[0] < 0) return false;
        RequireEqualOptions();
        if (prepared.Timeline is { } timeline)
        {
            // From here on, so that the times of machines whose clocks differ lie side by side.
            communicator.Barrier();
            timeline.Start();
        }

        if (communicator.Rank > 0) state = new byte[length[0]];
        communicator.Broadcast<byte>(state);
        if (communicator.Rank > 0) Read(state);
        return true;
    }

    /// <summary>Tells the other ranks that the training does not begin.</summary>
    public void Refuse() => communicator.Broadcast<long>(new[] { -1L });

    /// <summary>Compares the weights after every so many steps.</summary>
    public void Check(TrainingEvent happened)
    {
        if (happened is StepDone { Step: var step }) _check.AfterStep(step);
    }

    /// <summary>The timelines of all ranks, in all ranks.</summary>
    public IReadOnlyList<IReadOnlyList<TimelineSpan>> Gather(StepTimeline timeline)
    {
        TimelineSpan[] own = [.. timeline.Spans];
        var lengths = new int[communicator.Size];
        communicator.AllGather<int>(new[] { own.Length }, lengths);
        var most = lengths.Max();
        var all = new TimelineSpan[most * communicator.Size];
        Array.Resize(ref own, most);
        communicator.AllGather<TimelineSpan>(own, all);
        return [.. lengths.Select((length, rank) => all[(rank * most)..((rank * most) + length)])];
    }

    /// <exception cref="UsageException">This rank was started with other options than rank 0, and would learn something else.</exception>
    private void RequireEqualOptions()
    {
        var options = Encoding.UTF8.GetBytes(prepared.Recipe);
        var length = new[] { options.Length };
        communicator.Broadcast<int>(length);
        var first = communicator.Rank == 0 ? options : new byte[length[0]];
        communicator.Broadcast<byte>(first);
        var others = new byte[communicator.Size];
        var isTimed = new[] { prepared.Timeline is null ? (byte)0 : (byte)1 };
        communicator.AllGather<byte>(isTimed, others);
        if (others.Distinct().Count() > 1)
            throw new UsageException("--timeline: some ranks were started with it and some without; start all with the same options.");
        using var own = JsonDocument.Parse(prepared.Recipe);
        using var theirs = JsonDocument.Parse(first);
        var different = own.RootElement.EnumerateObject().Concat(theirs.RootElement.EnumerateObject()).Select(static option => option.Name).Distinct()
            .Where(name => name != "threads" && TextOf(own, name) != TextOf(theirs, name)).ToArray();
        if (different.Length == 0) return;
        throw new UsageException($"this rank was started with other options than rank 0: {string.Join(", ", different)}. Start all ranks with the same.");
    }

    private static string? TextOf(JsonDocument recipe, string name) => recipe.RootElement.TryGetProperty(name, out var value) ? value.GetRawText() : null;

    private byte[] Written()
    {
        var path = Path.GetTempFileName();
        try
        {
            Checkpoint.Write(path, prepared.Trainer.Capture());
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private void Read(byte[] state)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, state);
            prepared.Trainer.Restore(Checkpoint.Read(path).State);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
