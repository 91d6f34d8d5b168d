using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>Linear and logistic regression by the engine: y = W·x + b.</summary>
internal static class LinearModel
{
    // What is learnt from so many numbers is learnt from all.
    private const int MostNumbers = 20_000_000;
    private const int MostRows = 50_000;

    // In float32 a search for the minimum comes no nearer.
    private const int Iterations = 100;

    /// <summary>Weights of zero, and a bias that says the shares of the classes, none of which is impossible; standardized targets have the mean 0.</summary>
    /// <param name="train">The training set.</param>
    public static Sequential Constant(Dataset train)
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

    /// <summary>
    /// Goes to the minimum of the mean loss + penalty · ‖W‖²/(2n) over the n training rows, by L-BFGS; of many rows the first 50,000 are taken.
    /// </summary>
    /// <param name="model">What <see cref="Constant"/> made.</param>
    /// <param name="train">The training set.</param>
    /// <param name="task">The loss of the model.</param>
    /// <param name="penalty">How much large weights cost. Default: 1.</param>
    public static void Fit(Sequential model, Dataset train, SupervisedTask task, double penalty = 1)
    {
        var rows = Math.Min(train.Count, Math.Max(1, Math.Min(MostRows, MostNumbers / train.Inputs.Size)));
        var batch = train.Read([.. Enumerable.Range(0, rows)], epoch: 0);
        var weight = ((Linear)model[1]).Weight;
        var optimizer = new Lbfgs(model.Parameters(), new LbfgsOptions { Iterations = Iterations });
        optimizer.Step(() => task.Loss(batch) + weight.Value.Square().Sum() * (0.5 * penalty / rows));
        optimizer.ZeroGrad();
    }
}
