using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>
/// Trains a network on a <see cref="Dataset"/>: the <see cref="SupervisedTask"/> that the dataset is for, by a <see cref="Trainer{TBatch}"/>.
/// </summary>
/// <remarks>
/// The loss is cross-entropy for classes and the next token of text, and otherwise the mean squared error: of the targets, or for an autoencoder of the
/// samples themselves. Equal data and options give equal bits, on any number of threads.
/// </remarks>
public sealed class Trainer : ITrainer
{
    private const int MostStepsBetweenValidations = 500;

    // Quantiles of so many rows are those of all.
    private const int MostRowsLookedAt = 100_000;

    private readonly Trainer<Labeled> _trainer;
    private readonly Func<TrainingEvent, TrainingEvent> _compare;

    /// <inheritdoc cref="Trainer{TBatch}(LearningTask{TBatch}, IBatchSource{TBatch}, IBatchSource{TBatch}?, TrainingOptions?)"/>
    /// <param name="model">The network. Its outputs are logits for classes, or predictions of the standardized targets.</param>
    /// <param name="data">Training, validation and test set. Only the training set needs samples.</param>
    /// <param name="options">How to train. Default: null, those of <see cref="TrainingOptions"/>.</param>
    /// <param name="targetDeviation">The standard deviation by which the targets were divided. Default: 1.</param>
    /// <param name="samples">
    /// What the steps read in place of the training set, such as its samples changed at random by <see cref="AugmentationPlan.Of"/>. Default: null, the
    /// training set as it is.
    /// </param>
    public Trainer(
        Module<Tensor, Tensor> model, DataSplit data, TrainingOptions? options = null, double targetDeviation = 1, IBatchSource<Labeled>? samples = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        options ??= new TrainingOptions();
        options.Validate();
        if (data.Train.Count == 0) throw new GradusException($"train: {data.Train.Name} has no samples to train on.");
        if (!(targetDeviation > 0 && double.IsFinite(targetDeviation)))
        {
            throw new ArgumentOutOfRangeException(nameof(targetDeviation), targetDeviation, "The targets' deviation is a finite number above 0.");
        }

        SupervisedTask TaskOf(Module<Tensor, Tensor> network) => options.BalanceClasses && data.Train is { IsText: false, ClassNames: { } names }
            ? new Classification(network) { ClassNames = names, ClassWeights = BalancedWeights(data.Train) }
            : SupervisedTask.For(network, data.Train, targetDeviation);
        if (model is TableNetwork table)
        {
            table.Initialize(options.Seed, keepValues: true);
            if (!table.IsLearnt) Begin(table, data.Train, TaskOf);
        }

        _compare = happened => happened is TrainingDone done && options.Baselines ? done with { Baselines = Baseline.Of(data, targetDeviation) } : happened;
        // A text's windows begin at any token: about ten validations in a run of so many steps.
        var train = data.Train.IsText ? data.Train.OverlappingWindows() : data.Train;
        _trainer = new Trainer<Labeled>(TaskOf(model), samples ?? train, data.Validation, options)
        {
            Test = data.Test,
            Order = train.IsText ? new Batches((samples ?? train).Count, Sampled(train, options)) : null,
            ReportedSamples = samples?.Count ?? train.Length,
            Examine = optimizer => Checkup.Of(model, train, optimizer, train.IsText ? options.BatchSize : Math.Max(options.BatchSize, 128)),
        };
    }

    /// <inheritdoc cref="Trainer{TBatch}.Run"/>
    public IEnumerable<TrainingEvent> Run(CancellationToken cancellation = default) => _trainer.Run(cancellation).Select(_compare);

    /// <inheritdoc cref="ITrainer.RunByEpoch"/>
    public IEnumerable<TrainingEvent> RunByEpoch(CancellationToken cancellation = default) => _trainer.RunByEpoch(cancellation).Select(_compare);

    /// <summary>Examines the network as it stands, as <see cref="TrainingOptions.DoctorEvery"/> does.</summary>
    public Examination Examine() => _trainer.ExamineHere();

    /// <inheritdoc cref="ITrainer.LookInto"/>
    public StepDone LookInto(Action<StepInsight> see) => _trainer.LookInto(see);

    /// <inheritdoc cref="Trainer{TBatch}.Capture"/>
    public TrainingState Capture() => _trainer.Capture();

    /// <inheritdoc cref="ITrainer.CaptureWeights"/>
    public IReadOnlyDictionary<string, Tensor> CaptureWeights() => _trainer.CaptureWeights();

    /// <inheritdoc cref="Trainer{TBatch}.Restore"/>
    public void Restore(TrainingState state) => _trainer.Restore(state);

    /// <inheritdoc cref="Trainer{TBatch}.FindLearningRate"/>
    public LearningRateCurve FindLearningRate(LearningRateFinderOptions? options = null, CancellationToken cancellation = default) =>
        _trainer.FindLearningRate(options, cancellation);

    /// <inheritdoc cref="Trainer{TBatch}.OverfitOneBatch"/>
    public IReadOnlyList<double> OverfitOneBatch(int steps = 200, CancellationToken cancellation = default) => _trainer.OverfitOneBatch(steps, cancellation);

    /// <inheritdoc cref="Trainer{TBatch}.TryOut"/>
    public DryRun TryOut(int batches = 2) => _trainer.TryOut(batches);

    // Of five folds of eight tables this penalty of the linear model is better than those of 1 and 10 where rows are few, and as good where they are many.
    private static void Begin(TableNetwork network, Dataset train, Func<Module<Tensor, Tensor>, SupervisedTask> taskOf)
    {
        const double Penalty = 30;
        network.Learn(train.InputTensor([.. Enumerable.Range(0, Math.Min(train.Count, MostRowsLookedAt))]));
        var model = LinearModel.Constant(train);
        LinearModel.Fit(model, train, taskOf(model), Penalty);
        using var noGrad = new NoGrad();
        foreach (var (parameter, learnt) in network.Skip.Parameters().Zip(model.Parameters())) parameter.Value.CopyFrom(learnt.Value);
    }

    // A class without samples weighs nothing.
    private static Tensor BalancedWeights(Dataset train)
    {
        var weights = new float[train.ClassNames!.Count];
        foreach (var group in train.Labels!.GroupBy(static label => label)) weights[group.Key] = train.Count / ((float)weights.Length * group.Count());
        return Tensor.From(weights, [weights.Length]);
    }

    private static BatchOptions Sampled(Dataset text, TrainingOptions options)
    {
        var sampled = options.Steps is { } steps
            ? Math.Clamp((steps + 9) / 10, 1, MostStepsBetweenValidations)
            : Math.Max(1, text.Length / ((long)options.BatchSize * text.PredictionsPerSample));
        return new BatchOptions { Size = options.BatchSize, Seed = (ulong)options.Seed, SampledBatches = (int)sampled };
    }
}
