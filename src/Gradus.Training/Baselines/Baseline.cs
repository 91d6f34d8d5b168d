using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>What a model does that needs no network: what a network has to beat.</summary>
/// <param name="Name"><c>linear</c>, a linear or logistic regression; <c>mean</c>, the mean of the targets; <c>majority</c>, the shares of the classes.</param>
/// <param name="Validation">Its evaluation on the validation set; null where that is empty.</param>
/// <param name="Test">Its evaluation on the test set; null where that is empty.</param>
public sealed record Baseline(string Name, Evaluation? Validation, Evaluation? Test)
{
    // What is learnt from so many numbers is learnt from all.
    private const int MostNumbers = 20_000_000;
    private const int MostRows = 50_000;

    // In float32 a search for the minimum comes no nearer.
    private const int Iterations = 100;

    /// <summary>The baselines of a table: the linear one, then the one without inputs.</summary>
    /// <remarks>
    /// Linear: y = W·x + b, the minimum of the mean loss + ‖W‖²/(2n) over the training rows, by L-BFGS. The loss is that of the network: cross-entropy, or the
    /// mean squared error of the standardized targets. Of many rows the first 50,000 are taken.
    /// </remarks>
    /// <param name="data">Training, validation and test set.</param>
    /// <param name="targetDeviation">The standard deviation by which the targets were divided. Default: 1.</param>
    public static IReadOnlyList<Baseline> Of(DataSplit data, double targetDeviation = 1)
    {
        ArgumentNullException.ThrowIfNull(data);
        var model = Constant(data.Train);
        var constant = Judge(data.Train.ClassNames is null ? "mean" : "majority", model, data, targetDeviation);
        Fit(model, data.Train);
        return [Judge("linear", model, data, targetDeviation), constant];
    }

    /// <summary>The linear model of a training set.</summary>
    /// <param name="train">The training set.</param>
    public static Module<Tensor, Tensor> LinearOf(Dataset train)
    {
        ArgumentNullException.ThrowIfNull(train);
        var model = Constant(train);
        Fit(model, train);
        return model;
    }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(Baseline), PrintMembers);

    // Weights of zero, and a bias that says the shares of the classes, none of which is impossible; standardized targets have the mean 0.
    private static Sequential Constant(Dataset train)
    {
        var linear = new Linear(train.Inputs.Size, ModelData.Of(train).Outputs, init: Init.Zeros);
        using var noGrad = new NoGrad();
        linear.Bias!.Value.Fill(0);
        if (train.Labels is { } labels)
        {
            var logarithms = Enumerable.Range(0, train.ClassNames!.Count)
                .Select(label => (float)Math.Log((labels.Count(other => other == label) + 1.0) / (labels.Length + train.ClassNames.Count)));
            linear.Bias.Value.CopyFrom(Tensor.From([.. logarithms], [train.ClassNames.Count]));
        }

        return new Sequential(new Flatten(), linear);
    }

    private static void Fit(Sequential model, Dataset train)
    {
        var rows = Math.Min(train.Count, Math.Max(1, Math.Min(MostRows, MostNumbers / train.Inputs.Size)));
        var batch = train.Read([.. Enumerable.Range(0, rows)], epoch: 0);
        var task = SupervisedTask.For(model, train);
        var weight = ((Linear)model[1]).Weight;
        var optimizer = new Lbfgs(model.Parameters(), new LbfgsOptions { Iterations = Iterations });
        optimizer.Step(() => task.Loss(batch) + weight.Value.Square().Sum() * (0.5 / rows));
        optimizer.ZeroGrad();
    }

    private static Baseline Judge(string name, Module<Tensor, Tensor> model, DataSplit data, double deviation) => new(
        name,
        data.Validation.Count > 0 ? Evaluation.Of(model, data.Validation, deviation) : null,
        data.Test.Count > 0 ? Evaluation.Of(model, data.Test, deviation) : null);
}
