using System.CommandLine;
using Gradus.Distributed;

namespace Gradus.Cli.Commands;

/// <content>Training by the processes that mpirun started: rank 0 writes the run and shows it, the others compute their shards.</content>
internal static partial class TrainCommand
{
    private static int TrainTogether(ParseResult parsed, string? resumed, ICommunicator communicator)
    {
        var prepared = PrepareTogether(communicator, () => Prepare(parsed, resumed, exchange: new ShardExchange(communicator)));
        if (prepared is null) return Failure.WorkFailed;
        using var ranks = new TrainingRanks(communicator, prepared);
        if (communicator.Rank == 0) return Train(parsed, resumed, prepared, ranks);
        ranks.ShareState();
        using var stop = new StopSignals();
        foreach (var happened in prepared.Trainer.Run(stop.Token)) ranks.Check(happened);
        return 0;
    }

    /// <summary>What all ranks prepare. Where none can, for the same reason, rank 0 alone tells it, and the others get null.</summary>
    private static PreparedTraining? PrepareTogether(ICommunicator communicator, Func<PreparedTraining> prepare)
    {
        PreparedTraining? prepared = null;
        Exception? failure = null;
        try
        {
            prepared = prepare();
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        var failed = new byte[communicator.Size];
        communicator.AllGather<byte>(new[] { failure is null ? (byte)0 : (byte)1 }, failed);
        if (failure is null && failed.AsSpan().Contains((byte)1)) failure = new GradusException($"rank {failed.AsSpan().IndexOf((byte)1)} could not begin.");
        if (failure is null) return prepared;
        if (failed.AsSpan().Contains((byte)0) || communicator.Rank == 0) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        return null;
    }
}
