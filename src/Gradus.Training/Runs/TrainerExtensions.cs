namespace Gradus.Training;

/// <summary>Runs to the end, here or in the background. Whoever wants to know more reads the events.</summary>
public static class TrainerExtensions
{
    /// <summary>Runs to the end on this thread.</summary>
    /// <param name="trainer">The trainer.</param>
    /// <param name="progress">Is told each event, on this thread. Default: null.</param>
    /// <param name="cancellation">Ends the run after the current batch.</param>
    /// <returns>What came out; null where the run was canceled: the network then has the weights of its last step.</returns>
    /// <exception cref="TrainingException">As of <see cref="Trainer{TBatch}.Run"/>.</exception>
    public static TrainingDone? Fit(this ITrainer trainer, IProgress<TrainingEvent>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return Follow(progress is null ? trainer.RunByEpoch(cancellation) : trainer.Run(cancellation), progress, null, cancellation);
    }

    /// <summary>Runs to the end on a thread of its own, for an app that goes on meanwhile.</summary>
    /// <param name="trainer">The trainer. Nobody else uses it, its network or its optimizers until the run is over or stands still.</param>
    /// <param name="progress">Is told each event, on the thread of the run; a <see cref="Progress{T}"/> brings it to the app's. Default: null.</param>
    /// <param name="control">Lets the run stand still and go on. Default: null.</param>
    /// <param name="cancellation">Ends the run after the current batch, also one that stands still.</param>
    /// <returns>What came out; null where the run was canceled: the network then has the weights of its last step.</returns>
    /// <exception cref="TrainingException">As of <see cref="Trainer{TBatch}.Run"/>, when the result is awaited.</exception>
    public static Task<TrainingDone?> FitAsync(
        this ITrainer trainer, IProgress<TrainingEvent>? progress = null, TrainingControl? control = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        var isFollowed = progress is not null || control is not null;
        return FollowAsync(isFollowed ? trainer.Run(cancellation) : trainer.RunByEpoch(cancellation), progress, control, cancellation);
    }

    /// <summary>Follows a run on a thread of its own, such as one that is recorded: <c>folder.Record(trainer, cancellation: stop).FollowAsync()</c>.</summary>
    /// <param name="events">The run.</param>
    /// <param name="progress">Is told each event, on the thread of the run. Default: null.</param>
    /// <param name="control">Lets the run stand still and go on. Default: null.</param>
    /// <param name="cancellation">Ends a standstill; the run itself is ended by the token that it was given.</param>
    /// <returns>What came out; null where the run was canceled.</returns>
    public static Task<TrainingDone?> FollowAsync(
        this IEnumerable<TrainingEvent> events, IProgress<TrainingEvent>? progress = null, TrainingControl? control = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        // Not one of the pool's threads, which are for short work.
        return Task.Factory.StartNew(
            () => Follow(events, progress, control, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private static TrainingDone? Follow(
        IEnumerable<TrainingEvent> events, IProgress<TrainingEvent>? progress, TrainingControl? control, CancellationToken cancellation)
    {
        TrainingDone? done = null;
        control?.Begin();
        try
        {
            foreach (var happened in events)
            {
                progress?.Report(happened);
                done = happened as TrainingDone;
                control?.StandStill(cancellation);
            }

            return done;
        }
        finally
        {
            control?.End();
        }
    }
}
