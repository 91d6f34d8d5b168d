namespace Gradus.Training;

/// <summary>Lets a run stand still and go on, as the buttons of an app ask. See <see cref="TrainerExtensions.FitAsync"/>.</summary>
/// <remarks>Safe to use from any thread. One control is for one run at a time.</remarks>
public sealed class TrainingControl
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _paused;
    private TaskCompletionSource? _goesOn;
    private bool _isOver;

    /// <summary>Whether the run stands still, or will after what it is at.</summary>
    public bool IsPaused
    {
        get
        {
            lock (_lock) return _goesOn is not null;
        }
    }

    /// <summary>Lets the run stand still at its next event, which is at most a step or an evaluation away.</summary>
    /// <returns>Ends when the run stands still or is over: weights may be read and saved from then on until <see cref="Resume"/>.</returns>
    public Task Pause()
    {
        lock (_lock)
        {
            _goesOn ??= new TaskCompletionSource();
            _paused ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_isOver) _paused.TrySetResult();
            return _paused.Task;
        }
    }

    /// <summary>Lets the run go on. Without effect where it is not paused.</summary>
    public void Resume()
    {
        lock (_lock)
        {
            _goesOn?.SetResult();
            (_goesOn, _paused) = (null, null);
        }
    }

    /// <summary>Stands still for as long as the run is paused.</summary>
    internal void StandStill(CancellationToken cancellation)
    {
        Task goesOn;
        lock (_lock)
        {
            if (_goesOn is null) return;
            _paused!.TrySetResult();
            goesOn = _goesOn.Task;
        }

        // A run that is canceled goes on to its end.
        try
        {
            goesOn.Wait(cancellation);
        }
        catch (OperationCanceledException)
        {
        }
    }

    internal void Begin()
    {
        lock (_lock) _isOver = false;
    }

    /// <summary>Tells whoever waits for the run to stand still that it is over.</summary>
    internal void End()
    {
        lock (_lock)
        {
            _isOver = true;
            _paused?.TrySetResult();
        }
    }
}
