using Gradus.Nn;

namespace Gradus.Training;

/// <summary>Something that happened in a training run. Console, files, reports and tests all read this one stream.</summary>
public abstract record TrainingEvent
{
    /// <inheritdoc/>
    public sealed override string ToString() => RecordText.Of(GetType().Name, PrintMembers);
}

/// <summary>The run begins.</summary>
/// <param name="Parameters">Numbers that are trained.</param>
/// <param name="Samples">Training samples; of text, characters.</param>
/// <param name="Steps">Steps the run will make.</param>
/// <param name="StepsPerEpoch">Steps that make an epoch; of text, steps between two validations.</param>
public sealed record TrainingStarted(long Parameters, int Samples, long Steps, int StepsPerEpoch) : TrainingEvent;

/// <summary>A step was made.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Step">The step, from 1, over the whole run.</param>
/// <param name="Loss">The batch's loss before the step.</param>
/// <param name="Samples">Samples in the batch; of text, characters.</param>
/// <param name="LearningRate">The rate of the step.</param>
public sealed record StepDone(int Epoch, long Step, double Loss, int Samples, double LearningRate) : TrainingEvent;

/// <summary>An epoch ended, or the last part of one.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="TrainLoss">The mean loss over the epoch's samples, each before its step.</param>
/// <param name="Valid">How the network does on the validation data; null where there are none.</param>
/// <param name="IsBest">Whether its weights are the best so far.</param>
/// <param name="Seconds">Seconds since the run began.</param>
public sealed record EpochDone(int Epoch, double TrainLoss, Evaluation? Valid, bool IsBest, double Seconds) : TrainingEvent
{
    /// <summary>The last step that was made, over the whole run.</summary>
    public long Step { get; init; }
}

/// <summary>The network was examined.</summary>
/// <param name="Epoch">The epochs that were over.</param>
/// <param name="Step">The steps that were made.</param>
/// <param name="Examination">What was found; updates are those at the highest learning rate of the schedule.</param>
public sealed record NetworkExamined(int Epoch, long Step, Examination Examination) : TrainingEvent;

/// <summary>The run was broken off by the user; the network has the weights of that moment.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Step">The last step that was made, over the whole run; 0 if none was.</param>
/// <param name="Seconds">Seconds since the run began.</param>
public sealed record TrainingInterrupted(int Epoch, long Step, double Seconds) : TrainingEvent;

/// <summary>The run ended; the network has the weights of the best epoch.</summary>
/// <param name="BestEpoch">The epoch whose weights were kept.</param>
/// <param name="Test">How the network does on the test data; null where there are none.</param>
/// <param name="Seconds">Seconds since the run began.</param>
public sealed record TrainingDone(int BestEpoch, Evaluation? Test, double Seconds) : TrainingEvent
{
    /// <summary>How the kept weights do on the validation data; null where there are none.</summary>
    public Evaluation? Valid { get; init; }

    /// <summary>The last step of that epoch, over the whole run.</summary>
    public long BestStep { get; init; }
}
