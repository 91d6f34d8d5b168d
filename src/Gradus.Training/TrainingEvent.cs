using Gradus.Nn;

namespace Gradus.Training;

/// <summary>An event of a training run, as <see cref="Trainer{TBatch}.Run"/> yields it.</summary>
public abstract record TrainingEvent
{
    /// <inheritdoc/>
    public sealed override string ToString() => RecordText.Of(GetType().Name, PrintMembers);
}

/// <summary>The run starts.</summary>
/// <param name="Parameters">Number of trainable parameters, counted by element.</param>
/// <param name="Samples">Number of training samples; for text, of tokens.</param>
/// <param name="Steps">Number of optimizer steps in the whole run.</param>
/// <param name="StepsPerEpoch">Number of steps per epoch, hence between two validations.</param>
public sealed record TrainingStarted(long Parameters, int Samples, long Steps, int StepsPerEpoch) : TrainingEvent;

/// <summary>A run that was taken up again goes on.</summary>
/// <param name="Epoch">The current epoch, from 1.</param>
/// <param name="Step">The steps that are done.</param>
/// <param name="Steps">Number of optimizer steps in the whole run.</param>
/// <param name="StepsPerEpoch">Number of steps per epoch.</param>
public sealed record TrainingResumed(int Epoch, long Step, long Steps, int StepsPerEpoch) : TrainingEvent;

/// <summary>An optimizer step is done.</summary>
/// <param name="Epoch">The current epoch, from 1.</param>
/// <param name="Step">The step, from 1, counted over all epochs.</param>
/// <param name="Loss">The mean loss of the batch, computed before the step.</param>
/// <param name="Samples">Number of samples in the batch; for text, of tokens.</param>
/// <param name="LearningRate">The learning rate of the step.</param>
public sealed record StepDone(int Epoch, long Step, double Loss, int Samples, double LearningRate) : TrainingEvent
{
    /// <summary>
    /// The norm of all gradients of the first optimizer's parameters before they were clipped, as <see cref="TrainingOptions.GradientNormEvery"/> asks; NaN
    /// where it was not computed.
    /// </summary>
    public double GradientNorm { get; init; } = double.NaN;
}

/// <summary>After the first step of a run in shards: some parameters have no part in the loss, and stay as they are.</summary>
/// <param name="Names">Which.</param>
public sealed record ParametersUnused(IReadOnlyList<string> Names) : TrainingEvent
{
    /// <inheritdoc/>
    public bool Equals(ParametersUnused? other) => other is not null && Names.SequenceEqual(other.Names);

    /// <inheritdoc/>
    public override int GetHashCode() => Names.Count == 0 ? 0 : Names[0].GetHashCode(StringComparison.Ordinal);
}

/// <summary>An epoch ended. The last one may be cut short by <see cref="TrainingOptions.Steps"/>.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="TrainLoss">The mean training loss of the epoch, each batch before its step.</param>
/// <param name="Validation">The evaluation on the validation set; null where it is empty.</param>
/// <param name="IsBest">
/// Whether this epoch is the best so far, as <see cref="Evaluation.IsBetterThan"/> decides. Without a validation set each epoch is.
/// </param>
/// <param name="Seconds">Seconds since the run began.</param>
public sealed record EpochDone(int Epoch, double TrainLoss, Evaluation? Validation, bool IsBest, double Seconds) : TrainingEvent
{
    /// <summary>The last step of the epoch, counted over all epochs.</summary>
    public long Step { get; init; }

    /// <summary>Whether a <see cref="NetworkExamined"/> follows.</summary>
    public bool IsExamined { get; init; }
}

/// <summary>The network was examined for problems, as <see cref="TrainingOptions.DoctorEvery"/> asks.</summary>
/// <param name="Epoch">The number of epochs done.</param>
/// <param name="Step">The number of steps done.</param>
/// <param name="Examination">The findings. Update sizes are given for the highest learning rate of the schedule.</param>
public sealed record NetworkExamined(int Epoch, long Step, Examination Examination) : TrainingEvent;

/// <summary>The run was canceled. The network keeps the weights of its last step.</summary>
/// <param name="Epoch">The current epoch, from 1.</param>
/// <param name="Step">The last step, counted over all epochs; 0 if there was none.</param>
/// <param name="Seconds">Seconds since the run began.</param>
public sealed record TrainingInterrupted(int Epoch, long Step, double Seconds) : TrainingEvent;

/// <summary><see cref="TrainingBudget.Time"/> is over: the epoch that ended was the last, cut short or not.</summary>
/// <param name="Epoch">That epoch, from 1.</param>
/// <param name="Step">The last step, counted over all epochs.</param>
/// <param name="Seconds">Seconds since the run began.</param>
public sealed record BudgetSpent(int Epoch, long Step, double Seconds) : TrainingEvent;

/// <summary>The run is complete. The network has the weights of the best epoch.</summary>
/// <param name="BestEpoch">The best epoch, from 1: the one whose weights the network has.</param>
/// <param name="Test">The evaluation of these weights on the test set; null where it is empty.</param>
/// <param name="Seconds">Seconds since the run began.</param>
public sealed record TrainingDone(int BestEpoch, Evaluation? Test, double Seconds) : TrainingEvent
{
    /// <summary>The evaluation of these weights on the validation set; null where it is empty.</summary>
    public Evaluation? Validation { get; init; }

    /// <summary>The last step of the best epoch, counted over all epochs.</summary>
    public long BestStep { get; init; }

    /// <summary>What models without a network do, where <see cref="TrainingOptions.Baselines"/> asks for it. Default: none.</summary>
    public IReadOnlyList<Baseline> Baselines { get; init; } = [];
}

/// <summary>The state of the run was saved.</summary>
/// <param name="Step">The steps that are done.</param>
/// <param name="Path">The file.</param>
public sealed record CheckpointSaved(long Step, string Path) : TrainingEvent;

/// <summary>The state of the run could not be saved; the run goes on, and the checkpoint before is in use.</summary>
/// <param name="Step">The steps that are done.</param>
/// <param name="Message">Why.</param>
public sealed record CheckpointFailed(long Step, string Message) : TrainingEvent;
