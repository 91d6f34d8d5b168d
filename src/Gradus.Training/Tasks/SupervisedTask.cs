using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>From inputs to targets: one network, and a loss of its outputs.</summary>
public abstract class SupervisedTask : LearningTask<Labeled, Module<Tensor, Tensor>>
{
    /// <summary>A task for a network.</summary>
    protected SupervisedTask(Module<Tensor, Tensor> network) : base(network)
    {
    }

    /// <summary>The mean loss of the network's outputs.</summary>
    /// <param name="outputs">What the network gives for the inputs.</param>
    /// <param name="target">The targets.</param>
    public abstract Tensor LossOf(Tensor outputs, Tensor target);

    /// <summary>The mean loss of the network's outputs; of an <see cref="IEnsemble"/> that of its members, each of which is trained by itself.</summary>
    /// <inheritdoc/>
    public override Tensor Loss(Labeled batch)
    {
        if (Network is not IEnsemble ensemble) return LossOf(Network.Forward(batch.Input), batch.Target);
        var targets = batch.Target.Unsqueeze(0).Expand([ensemble.Members, .. batch.Target.Shape.AsSpan()]);
        return LossOf(ensemble.ForwardMembers(batch.Input).Flatten(0, 1), targets.Flatten(0, 1));
    }

    /// <summary>The task that a dataset is for: its next tokens, its classes, its numeric targets, or the samples themselves.</summary>
    /// <param name="network">Gives logits, or standardized targets.</param>
    /// <param name="data">The dataset.</param>
    /// <param name="targetDeviation">The standard deviation by which the targets were divided. Default: 1.</param>
    public static SupervisedTask For(Module<Tensor, Tensor> network, Dataset data, double targetDeviation = 1)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data switch
        {
            { IsText: true } => new NextToken(network, data.PredictionsPerSample),
            { ClassNames: { } names } => new Classification(network) { ClassNames = names },
            { Targets: not null } => new Regression(network, targetDeviation) { Scale = data.TargetScale },
            _ => new Reconstruction(network, targetDeviation),
        };
    }

    /// <summary>
    /// What is measured of the samples, batch by batch in order. Several processes measure a part each, and get what the others did: the same numbers.
    /// </summary>
    /// <param name="data">The data.</param>
    /// <param name="batchSize">Number of samples per batch.</param>
    /// <param name="numbers">How many numbers are measured of a sample.</param>
    /// <param name="measure">The numbers of a batch, of its outputs and targets.</param>
    private protected IEnumerable<double[]> Measure(IBatchSource<Labeled> data, int batchSize, int numbers, Func<Tensor, Tensor, double[]> measure)
    {
        double[] MeasureBatch(int[] rows)
        {
            using var noGrad = new NoGrad();
            var batch = data.Read(rows, epoch: 0);
            Tensor outputs;
            using (Module.InUse()) outputs = Network.Forward(batch.Input);
            return measure(outputs, batch.Target);
        }

        return Exchange is null
            ? RowsOf(data, batchSize).Select(MeasureBatch)
            : MeasureTogether(Exchange, [.. RowsOf(data, batchSize)], numbers, MeasureBatch);
    }

    private static IEnumerable<double[]> MeasureTogether(IShardExchange exchange, int[][] batches, int numbers, Func<int[], double[]> measure)
    {
        var starts = new int[batches.Length + 1];
        for (var index = 0; index < batches.Length; index++) starts[index + 1] = starts[index] + (batches[index].Length * numbers);
        int BatchOf(int rank) => (int)((long)batches.Length * rank / exchange.Processes);
        var values = new double[starts[^1]];
        for (var index = BatchOf(exchange.Rank); index < BatchOf(exchange.Rank + 1); index++) measure(batches[index]).CopyTo(values, starts[index]);
        exchange.Gather(values, [.. Enumerable.Range(0, exchange.Processes).Select(rank => starts[BatchOf(rank)]..starts[BatchOf(rank + 1)])]);
        return Enumerable.Range(0, batches.Length).Select(index => values[starts[index]..starts[index + 1]]);
    }
}
