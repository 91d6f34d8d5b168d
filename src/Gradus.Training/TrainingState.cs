namespace Gradus.Training;

/// <summary>Where a training run stands, as one value: what its next step depends on. See <see cref="Trainer{TBatch}.Capture"/>.</summary>
/// <param name="Tensors">Weights, random streams, optimizers, averages and the best weights so far, each under a prefix of its own.</param>
/// <param name="Progress">The counters.</param>
public sealed record TrainingState(IReadOnlyDictionary<string, Tensor> Tensors, TrainingProgress Progress)
{
    /// <summary>What the names of a part begin with.</summary>
    internal const string Weights = "network.", Streams = "random.", Best = "best.", Averages = "average.", Plateau = "plateau.", Batch = "batch.";

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"TrainingState(step {Progress.Step}, {Tensors.Count} tensors)");
}

/// <summary>The counters of a run: its cursor in the data, the sums of the epoch, and the best epoch so far.</summary>
public sealed record TrainingProgress
{
    /// <summary>Epochs done.</summary>
    public int Epoch { get; set; }

    /// <summary>Batches of the current epoch that are done: with <see cref="Epoch"/>, the cursor.</summary>
    public int Batch { get; set; }

    /// <summary>Steps done, over all epochs.</summary>
    public long Step { get; set; }

    /// <summary>Σ loss · samples over the batches of the current epoch.</summary>
    public double LossSum { get; set; }

    /// <summary>Samples of the batches of the current epoch.</summary>
    public double Samples { get; set; }

    /// <summary>The best epoch so far, from 1; 0 before the first ended.</summary>
    public int BestEpoch { get; set; }

    /// <summary>The last step of the best epoch.</summary>
    public long BestStep { get; set; }

    /// <summary>Seconds that the run has taken, over all its parts.</summary>
    public double Seconds { get; set; }

    /// <summary>The evaluation of the best epoch on the validation set; null where there is none.</summary>
    public SavedEvaluation? BestEvaluation { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TrainingProgress), PrintMembers);

    internal void Take(TrainingProgress other) =>
        (Epoch, Batch, Step, LossSum, Samples, BestEpoch, BestStep, Seconds) =
            (other.Epoch, other.Batch, other.Step, other.LossSum, other.Samples, other.BestEpoch, other.BestStep, other.Seconds);
}

/// <summary>An <see cref="Evaluation"/> as it is kept in a file.</summary>
public sealed record SavedEvaluation
{
    /// <inheritdoc cref="Evaluation.Loss"/>
    public double Loss { get; init; }

    /// <inheritdoc cref="Evaluation.RootMeanSquaredError"/>
    public double? RootMeanSquaredError { get; init; }

    /// <summary>The classes of the confusion matrix; null where there is none.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>The counts of the confusion matrix, row by row; null where there is none.</summary>
    public IReadOnlyList<long>? Counts { get; init; }

    /// <summary>Samples that were given no class.</summary>
    public long Undecided { get; init; }

    /// <inheritdoc cref="Evaluation.Metrics"/>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(SavedEvaluation), PrintMembers);

    internal static SavedEvaluation? Of(Evaluation? evaluation) => evaluation is null ? null : new()
    {
        Loss = evaluation.Loss,
        RootMeanSquaredError = evaluation.RootMeanSquaredError,
        ClassNames = evaluation.Confusion?.ClassNames,
        Counts = evaluation.Confusion?.ToArray(),
        Undecided = evaluation.Confusion?.Undecided ?? 0,
        Metrics = evaluation.Metrics,
    };

    internal Evaluation ToEvaluation()
    {
        var confusion = ClassNames is null || Counts is null ? null : ConfusionMatrix.Of(ClassNames, Counts, Undecided);
        return new Evaluation(Loss, confusion?.Accuracy, RootMeanSquaredError, confusion) { Metrics = Metrics };
    }
}
