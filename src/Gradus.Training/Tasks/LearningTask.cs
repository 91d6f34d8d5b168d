using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>What is learned, as one object: the network, what a batch's loss is, what is measured, and how a step is made.</summary>
/// <remarks>
/// A subclass writes <see cref="Loss"/>, and more only where it needs it: a GAN has two optimizers and takes over <see cref="Step"/>. The tasks of the
/// library (<see cref="Classification"/>, <see cref="Regression"/>, <see cref="NextToken"/>, <see cref="Reconstruction"/>) are written in the same way.
/// <code>
/// sealed class Ranking(Sequential score) : LearningTask&lt;Pair, Sequential&gt;(score)
/// {
///     public override Tensor Loss(Pair batch) => (1 - Network.Forward(batch.Better) + Network.Forward(batch.Worse)).Relu().Mean();
/// }
/// </code>
/// </remarks>
/// <typeparam name="TBatch">What a batch is: <see cref="Labeled"/>, or a record of your own.</typeparam>
public abstract class LearningTask<TBatch>
{
    /// <summary>A task for a network.</summary>
    /// <param name="network">
    /// The network with all that is trained and saved. Several networks go into one: a <see cref="ModuleDict{TModule}"/>, or your own.
    /// </param>
    protected LearningTask(Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Network = network;
    }

    /// <summary>The network with all that is trained and saved.</summary>
    public Module Network { get; }

    /// <summary>
    /// The random stream of the task, for what <see cref="Loss"/> and <see cref="Step"/> draw: noise, a time, a mask. Each step begins at a place of its own,
    /// which follows from the seed and the step, so that a run that is taken up draws the same; and each evaluation draws what the others draw.
    /// </summary>
    protected Generator Random { get; private set; } = new(0, "task");

    /// <summary>Number of predictions per sample, for progress and rates. Default: 1.</summary>
    public virtual int PredictionsPerSample => 1;

    /// <summary>The processes that evaluate together; null for this one alone.</summary>
    internal IShardExchange? Exchange { get; set; }

    /// <summary>The mean loss over the samples of a batch: a tensor of one number that depends on the parameters.</summary>
    public abstract Tensor Loss(TBatch batch);

    /// <summary>Makes the optimizers. Default: one for all parameters of the network.</summary>
    /// <param name="create">Makes an optimizer as the options of the training say.</param>
    public virtual IReadOnlyList<Optimizer> CreateOptimizers(Func<IEnumerable<Parameter>, Optimizer> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return [create(Network.Parameters())];
    }

    /// <summary>Makes one training step. Default: one step of the first optimizer down the loss.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="step">Back-propagates, clips and moves the parameters.</param>
    /// <returns>The loss before the step, as it is reported.</returns>
    public virtual double Step(TBatch batch, TrainingStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Optimizers[0] is Lbfgs ? DescendAlong(batch, step) : step.Descend(Loss(batch));
    }

    /// <summary>
    /// The tensors of a batch by name, for the file of a step that failed. Default: the input and target of <see cref="Labeled"/>, else none.
    /// </summary>
    public virtual IEnumerable<(string Name, Tensor Value)> TensorsOf(TBatch batch) =>
        batch is Labeled labeled ? [("input", labeled.Input), ("target", labeled.Target)] : [];

    /// <summary>Makes the metrics of an evaluation, empty. Default: none.</summary>
    public virtual IReadOnlyList<Metric> CreateMetrics() => [];

    /// <summary>Adds a batch to the metrics. Default: nothing.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="metrics">Those of <see cref="CreateMetrics"/>.</param>
    public virtual void Observe(TBatch batch, IReadOnlyList<Metric> metrics)
    {
    }

    /// <summary>Evaluates the network on data without training it. Default: the mean of <see cref="Loss"/> over the samples, and the metrics.</summary>
    /// <remarks>The network runs in evaluation mode on this thread only, and the modes of its modules are not changed.</remarks>
    /// <param name="data">The data.</param>
    /// <param name="batchSize">Number of samples per batch. Default: 256.</param>
    /// <exception cref="GradusException">There are no samples, or they do not fit the network.</exception>
    public virtual Evaluation Evaluate(IBatchSource<TBatch> data, int batchSize = 256)
    {
        var metrics = CreateMetrics();
        var sum = 0.0;
        var random = Random;
        Random = new Generator(0, "evaluation");
        try
        {
            foreach (var rows in RowsOf(data, batchSize))
            {
                using var noGrad = new NoGrad();
                using var inUse = Module.InUse();
                using var scope = new TensorScope();
                var batch = data.Read(rows, epoch: 0);
                sum += Loss(batch).Item() * rows.Length;
                Observe(batch, metrics);
            }
        }
        finally
        {
            Random = random;
        }

        return new Evaluation(sum / data.Count, null, null, null)
        {
            Metrics = metrics.ToDictionary(static metric => metric.ToString(), static metric => metric.Value),
        };
    }

    // By itself, so that a step down one value makes no closure.
    private double DescendAlong(TBatch batch, TrainingStep step) => step.Descend(() => Loss(batch));

    /// <summary>Brings the random stream to the place of a step.</summary>
    internal void BeginStep(long seed, long step)
    {
        if (Random.Seed != seed) Random = new Generator(seed, "task");
        // No step draws as many numbers as lie between two places.
        Random.Position = step << 32;
    }

    /// <summary>Brings the random stream to a place.</summary>
    /// <returns>Where it was.</returns>
    internal long PlaceStream(long position)
    {
        var before = Random.Position;
        Random.Position = position;
        return before;
    }

    /// <summary>The rows of each batch of an evaluation, in order.</summary>
    private protected static IEnumerable<int[]> RowsOf(IBatchSource<TBatch> data, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (data.Count == 0) throw new GradusException($"evaluate: {(data as Dataset)?.Name ?? "the data"} has no samples in this split.");
        for (var start = 0; start < data.Count; start += batchSize) yield return [.. Enumerable.Range(start, Math.Min(batchSize, data.Count - start))];
    }
}

/// <summary>A <see cref="LearningTask{TBatch}"/> that knows its network by its type.</summary>
/// <typeparam name="TBatch">What a batch is.</typeparam>
/// <typeparam name="TNetwork">What the network is.</typeparam>
/// <param name="network">The network with all that is trained and saved.</param>
public abstract class LearningTask<TBatch, TNetwork>(TNetwork network) : LearningTask<TBatch>(network) where TNetwork : Module
{
    /// <inheritdoc cref="LearningTask{TBatch}.Network"/>
    public new TNetwork Network { get; } = network;
}
