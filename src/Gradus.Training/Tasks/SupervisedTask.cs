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

    /// <summary>The outputs for each batch of an evaluation, with the targets.</summary>
    private protected IEnumerable<(Tensor Outputs, Tensor Target)> Predict(IBatchSource<Labeled> data, int batchSize)
    {
        foreach (var rows in RowsOf(data, batchSize))
        {
            var batch = data.Read(rows, epoch: 0);
            Tensor outputs;
            using (new NoGrad())
            using (Module.InUse()) outputs = Network.Forward(batch.Input);
            yield return (outputs, batch.Target);
        }
    }
}
