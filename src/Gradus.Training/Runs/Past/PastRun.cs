namespace Gradus.Training;

/// <summary>
/// A recorded run, any step of which can be made again: from the checkpoint before it, by a trainer of the same task, data and options. Bits are equal, so
/// what is found is what happened.
/// </summary>
/// <remarks>
/// <code>
/// var past = new PastRun("runs/a", trainer);
/// past.At(3216).LookInto(step => Console.WriteLine(step.Loss.Item()));
/// </code>
/// Not safe to use from several threads. Nothing is written to the folder.
/// </remarks>
public sealed class PastRun : IDisposable
{
    private readonly ITrainer _trainer;
    private readonly TrainingState _start;
    private IEnumerator<TrainingEvent>? _events;
    private int _stepsPerEpoch;

    /// <summary>Opens a run.</summary>
    /// <param name="directory">The folder of the run.</param>
    /// <param name="trainer">A trainer of the same task, data and options that has not run, without a time as its budget. It is moved about.</param>
    /// <exception cref="IOException">There is no run in the folder, or it cannot be read.</exception>
    public PastRun(string directory, ITrainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        (Record, _trainer) = (RunRecord.Open(directory), trainer);
        var state = trainer.Capture();
        if (state.Progress.Step is > 0 and var made)
        {
            throw new GradusException($"run: the trainer has made {made} steps already; expected one that has not run.");
        }

        _start = state with { Tensors = state.Tensors.ToDictionary(static entry => entry.Key, static entry => entry.Value.Clone()) };
        Checkpoints = [.. Checkpoint.In(Path.Combine(directory, RunFolder.CheckpointsName)).Select(Checkpoint.StepOf).Order()];
    }

    /// <summary>What the run says of itself.</summary>
    public RunRecord Record { get; }

    /// <summary>The steps after which there is a checkpoint.</summary>
    public IReadOnlyList<long> Checkpoints { get; }

    /// <summary>Number of steps that were made again so far.</summary>
    public long StepsMade { get; private set; }

    /// <summary>Where the trainer stands: the steps that are done.</summary>
    private long Step => _trainer.Capture().Progress.Step;

    /// <summary>Brings the trainer to where so many steps are done, and an epoch that ends there too.</summary>
    /// <param name="step">The number of steps, from 0 to those of the record.</param>
    /// <returns>The trainer: its <see cref="ITrainer.Capture"/> is the state after the step, its <see cref="ITrainer.LookInto"/> makes the next one.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The run has no such step.</exception>
    /// <exception cref="GradusException">The trainer does not fit the run.</exception>
    public ITrainer At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        if (step > Record.LastStep)
        {
            throw new ArgumentOutOfRangeException(nameof(step), step, FormattableString.Invariant($"The run made {Record.LastStep} steps."));
        }

        if (!(_events is not null && Step <= step && !Checkpoints.Any(saved => saved > Step && saved <= step))) GoBefore(step);
        foreach (var happened in MakeUntil(step)) GC.KeepAlive(happened);
        return Step == step ? _trainer : throw new GradusException(FormattableString.Invariant(
            $"run: by its recipe it ends after step {Step}, but it recorded {Record.LastStep}: its recipe or its data are not those of the run."));
    }

    /// <inheritdoc/>
    public void Dispose() => _events?.Dispose();

    /// <summary>Puts the trainer to a checkpoint, or to the start of the run.</summary>
    /// <param name="step">The step of the checkpoint, or 0.</param>
    /// <exception cref="InvalidDataException">The checkpoint is damaged.</exception>
    internal void Restore(long step)
    {
        _events?.Dispose();
        // Until all is done nothing stands anywhere.
        _events = null;
        _trainer.Restore(step == 0 ? _start : Read(step).State);
        _events = _trainer.Run().GetEnumerator();
        // The first event tells where it stands, and makes no step.
        _events.MoveNext();
        _stepsPerEpoch = _events.Current switch
        {
            TrainingStarted started => started.StepsPerEpoch,
            TrainingResumed resumed => resumed.StepsPerEpoch,
            _ => throw new GradusException($"run: the trainer began with {_events.Current}; expected where it stands."),
        };
    }

    /// <summary>
    /// What differs between the trainer, which stands after a step and the end of an epoch there, and the checkpoint after it; null if nothing does.
    /// </summary>
    /// <exception cref="InvalidDataException">The checkpoint is damaged.</exception>
    internal StateDifference? ChangeOf(long step)
    {
        var (now, saved) = (Now(), Read(step).State);
        // One was saved before the end of the epoch, or after an end that came early because the time was over.
        var isOtherPlace = (saved.Progress.Epoch, saved.Progress.Batch) != (now.Progress.Epoch, now.Progress.Batch);
        return StateDifference.Of(now, saved, isOtherPlace);
    }

    /// <summary>The checkpoint after a step, as it was recorded.</summary>
    private (TrainingState State, long EventsLength) Read(long step) =>
        Checkpoint.Read(Path.Combine(Record.Directory, RunFolder.CheckpointsName, Checkpoint.NameOf(step)));

    /// <summary>Goes on until so many steps are done, and an epoch that ends there too; yields what happens.</summary>
    internal IEnumerable<TrainingEvent> MakeUntil(long step)
    {
        var progress = _trainer.Capture().Progress;
        var (made, isWhole) = (progress.Step, progress.Batch == _stepsPerEpoch);
        while ((made < step || isWhole) && MoveNext())
        {
            var happened = _events!.Current;
            yield return happened;
            switch (happened)
            {
                case StepDone done:
                    StepsMade++;
                    made = done.Step;
                    isWhole = made >= step && _trainer.Capture().Progress.Batch == _stepsPerEpoch;
                    break;
                case EpochDone:
                    isWhole = false;
                    break;
            }
        }
    }

    /// <summary>The state where the trainer stands.</summary>
    internal TrainingState Now() => _trainer.Capture();

    /// <summary>The weights there, as the model's file has them.</summary>
    internal IReadOnlyDictionary<string, Tensor> Weights() => _trainer.CaptureWeights();

    /// <summary>Goes on to the end of the run.</summary>
    internal IEnumerable<TrainingEvent> MakeAll()
    {
        while (MoveNext())
        {
            if (_events!.Current is StepDone) StepsMade++;
            yield return _events.Current;
        }
    }

    // A run that is over has taken its best weights: it stands nowhere any more.
    private bool MoveNext()
    {
        if (_events is null) return false;
        var (events, goesOn) = (_events, false);
        try
        {
            goesOn = events.MoveNext();
            return goesOn;
        }
        finally
        {
            if (!goesOn)
            {
                events.Dispose();
                _events = null;
            }
        }
    }

    // One that is damaged, or gone because the run goes on, is passed over: the one before serves as well.
    private void GoBefore(long step)
    {
        foreach (var saved in Checkpoints.Where(saved => saved <= step).Reverse())
        {
            try
            {
                Restore(saved);
                return;
            }
            catch (Exception exception) when (exception is InvalidDataException or IOException)
            {
            }
        }

        Restore(0);
    }
}
