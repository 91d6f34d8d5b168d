using Gradus.Nn;

namespace Gradus.Training;

/// <summary>A training step from inside: between its backward pass and the move of the optimizer. See <see cref="ITrainer.LookInto"/>.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Step">The step, from 1, over the whole run.</param>
/// <param name="LearningRate">The learning rate of the optimizer.</param>
/// <param name="Rows">The numbers of the batch's samples.</param>
/// <param name="Batch">The tensors of the batch by name, as <see cref="LearningTask{TBatch}.TensorsOf"/> tells them.</param>
/// <param name="Network">The network, with the weights before the step and its gradients.</param>
/// <param name="Optimizer">The optimizer that is about to move.</param>
/// <param name="Loss">The loss, with its graph.</param>
public sealed record StepInsight(
    int Epoch, long Step, double LearningRate, IReadOnlyList<int> Rows, IReadOnlyDictionary<string, Tensor> Batch, Module Network, Optimizer Optimizer,
    Tensor Loss)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"StepInsight(step {Step}, {Rows.Count} samples)");
}
