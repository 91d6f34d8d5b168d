using System.CommandLine;
using System.Runtime.ExceptionServices;
using Gradus.Distributed;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <content>Training by the processes that mpirun started: rank 0 writes the run and shows it, the others compute their shards.</content>
internal static partial class TrainCommand
{
    private static int TrainTogether(ParseResult parsed, string? resumed)
    {
        var defaults = new CommunicatorOptions();
        using var communicator = Communicator.Start(defaults with { HeartbeatTimeout = parsed.GetValue(HeartbeatTimeout) ?? defaults.HeartbeatTimeout });
        PreparedTraining? prepared = null;
        Exception? failure = null;
        try
        {
            prepared = Prepare(parsed, resumed, exchange: new ShardExchange(communicator, parsed.GetValue(HalfExchange)));
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        var failed = new byte[communicator.Size];
        communicator.AllGather<byte>(new[] { failure is null ? (byte)0 : (byte)1 }, failed);
        if (!failed.AsSpan().Contains((byte)0))
        {
            // A mistake of the command line is one of all ranks, and told once, before one of them ends, whereupon mpirun ends the others.
            if (communicator.Rank == 0) Failure.Report(failure!, parsed);
            communicator.Barrier();
            return Failure.CodeOf(failure!);
        }

        try
        {
            if (failure is not null) ExceptionDispatchInfo.Throw(failure);
            return TrainAs(parsed, resumed, prepared!, communicator);
        }
        catch (Exception exception)
        {
            communicator.Abort(Failure.LineOf(exception));
            return Failure.CodeOf(exception);
        }
    }

    private static int TrainAs(ParseResult parsed, string? resumed, PreparedTraining prepared, ICommunicator communicator)
    {
        var ranks = new TrainingRanks(communicator, prepared);
        try
        {
            if (communicator.Rank == 0) return Train(parsed, resumed, prepared, ranks);
            if (!ranks.ShareState()) return Failure.WorkFailed;
            using var stop = new StopSignals();
            foreach (var happened in prepared.Trainer.Run(stop.Token)) ranks.Check(happened);
            if (prepared.Timeline is { } timeline) ranks.Gather(timeline);
            return 0;
        }
        catch (TrainingException exception)
        {
            // All ranks have it, and wait until rank 0 has kept the step and told it.
            if (communicator.Rank == 0) Failure.Report(exception, parsed);
            communicator.Barrier();
            return Failure.CodeOf(exception);
        }
        catch (Exception exception) when (communicator.Rank == 0 && !ranks.HaveBegun)
        {
            Failure.Report(exception, parsed);
            ranks.Refuse();
            return Failure.CodeOf(exception);
        }
    }
}
