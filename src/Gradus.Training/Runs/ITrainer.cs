namespace Gradus.Training;

/// <summary>What a run is recorded of: a <see cref="Trainer{TBatch}"/>, or a loop of your own.</summary>
public interface ITrainer
{
    /// <inheritdoc cref="Trainer{TBatch}.Run"/>
    IEnumerable<TrainingEvent> Run(CancellationToken cancellation = default);

    /// <inheritdoc cref="Trainer{TBatch}.Capture"/>
    TrainingState Capture();

    /// <inheritdoc cref="Trainer{TBatch}.Restore"/>
    void Restore(TrainingState state);
}
