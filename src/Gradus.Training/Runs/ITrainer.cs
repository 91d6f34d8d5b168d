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

    /// <summary>
    /// Makes the next step before the eyes of somebody, and puts back everything that it moved: weights, optimizers, averages, random streams. Default: an
    /// error, for a trainer that shows no steps.
    /// </summary>
    /// <param name="see">
    /// Is shown the step after each of its backward passes, before the gradients are clipped and the optimizer moves; its graph is still there inside a
    /// <see cref="GraphRecording"/>.
    /// </param>
    /// <returns>The step, as <see cref="Run"/> would yield it.</returns>
    /// <exception cref="TrainingException">The loss is not finite.</exception>
    StepDone LookInto(Action<StepInsight> see) => throw new GradusException($"{GetType().Name} does not show its steps.");

    /// <inheritdoc cref="Trainer{TBatch}.Capture"/>
    TrainingState Capture();

    /// <summary>
    /// The network's weights as its model's file has them: adapters merged. The tensors share memory with the network. Default: those of <see cref="Capture"/>.
    /// </summary>
    IReadOnlyDictionary<string, Tensor> CaptureWeights() =>
        Capture().Tensors.Where(static entry => entry.Key.StartsWith(TrainingState.Weights, StringComparison.Ordinal))
            .ToDictionary(static entry => entry.Key[TrainingState.Weights.Length..], static entry => entry.Value);

    /// <inheritdoc cref="Trainer{TBatch}.Restore"/>
    void Restore(TrainingState state);
}
