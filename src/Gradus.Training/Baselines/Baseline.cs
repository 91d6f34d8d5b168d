using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>What a model does that needs no network: what a network has to beat.</summary>
/// <param name="Name"><c>linear</c>, a linear or logistic regression; <c>mean</c>, the mean of the targets; <c>majority</c>, the shares of the classes.</param>
/// <param name="Validation">Its evaluation on the validation set; null where that is empty.</param>
/// <param name="Test">Its evaluation on the test set; null where that is empty.</param>
public sealed record Baseline(string Name, Evaluation? Validation, Evaluation? Test)
{
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
        var model = LinearModel.Constant(data.Train);
        var constant = Judge(data.Train.ClassNames is null ? "mean" : "majority", model, data, targetDeviation);
        LinearModel.Fit(model, data.Train, SupervisedTask.For(model, data.Train));
        return [Judge("linear", model, data, targetDeviation), constant];
    }

    /// <summary>The linear model of a training set.</summary>
    /// <param name="train">The training set.</param>
    public static Module<Tensor, Tensor> LinearOf(Dataset train)
    {
        ArgumentNullException.ThrowIfNull(train);
        var model = LinearModel.Constant(train);
        LinearModel.Fit(model, train, SupervisedTask.For(model, train));
        return model;
    }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(Baseline), PrintMembers);

    private static Baseline Judge(string name, Module<Tensor, Tensor> model, DataSplit data, double deviation) => new(
        name,
        data.Validation.Count > 0 ? Evaluation.Of(model, data.Validation, deviation) : null,
        data.Test.Count > 0 ? Evaluation.Of(model, data.Test, deviation) : null);
}
