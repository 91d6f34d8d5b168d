namespace Gradus.Training;

/// <summary>What a run is recorded of: a <see cref="Trainer{TBatch}"/>, or a loop of your own.</summary>
public interface ITrainer
{
    /// <inheritdoc cref="Trainer{TBatch}.Run"/>
    IEnumerable<TrainingEvent> Run(CancellationToken cancellation = default);

    /// <summary>
    /// As <see cref="Run"/>, without the events of single steps: a run that nobody follows step by step does not allocate them. A run is canceled after
    /// the current batch all the same. Default: <see cref="Run"/>, from which they are left out.
    /// </summary>
    /// <param name="cancellation">Cancels the run.</param>
    IEnumerable<TrainingEvent> RunByEpoch(CancellationToken cancellation = default) => Run(cancellation).Where(static happened => happened is not StepDone);

    /// <inheritdoc cref="Trainer{TBatch}.Capture"/>
    TrainingState Capture();

    /// <inheritdoc cref="Trainer{TBatch}.Restore"/>
    void Restore(TrainingState state);
}
