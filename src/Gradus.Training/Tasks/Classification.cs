using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>One class of several for each sample, by the cross-entropy of logits [samples, classes] with labels [samples].</summary>
/// <param name="network">Gives a logit for each class.</param>
public sealed class Classification(Module<Tensor, Tensor> network) : SupervisedTask(network)
{
    /// <summary>The names of the classes, for the confusion matrix. Default: their numbers.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>A weight for each class, [classes], by which rare ones count more. Default: null, all alike.</summary>
    public Tensor? ClassWeights { get; init; }

    /// <summary>The share of the target that is spread over all classes, in [0, 1). Default: 0.</summary>
    public double LabelSmoothing { get; init; }

    /// <inheritdoc/>
    public override Tensor LossOf(Tensor outputs, Tensor target) =>
        Losses.CrossEntropy(outputs, target, weight: ClassWeights, labelSmoothing: LabelSmoothing);

    /// <summary>The plain cross-entropy, without weights and smoothing, the accuracy and the confusion matrix.</summary>
    /// <inheritdoc/>
    public override Evaluation Evaluate(IBatchSource<Labeled> data, int batchSize = 256)
    {
        ConfusionMatrix? confusion = null;
        // Sums over samples in order, so that the batch size does not matter.
        var sum = 0.0;
        foreach (var (outputs, target) in Predict(data, batchSize))
        {
            using var noGrad = new NoGrad();
            confusion ??= new ConfusionMatrix(ClassNames ?? NumbersOf(outputs.Shape[1]));
            foreach (var loss in Losses.CrossEntropy(outputs, target, Reduction.None).ToArray<double>()) sum += loss;
            var (labels, predicted) = (target.ToArray<int>(), outputs.ArgMax(1).ToArray<int>());
            // NaN is above and below nothing: the class that ArgMax names then is none that the network chose.
            var isUndecided = outputs.NotEqual(outputs).Any(1).ToArray<bool>();
            for (var index = 0; index < labels.Length; index++)
            {
                if (isUndecided[index]) confusion.AddUndecided();
                else confusion.Add(labels[index], predicted[index]);
            }
        }

        return new Evaluation(sum / data.Count, confusion!.Accuracy, null, confusion);
    }

    private static string[] NumbersOf(int classes) => [.. Enumerable.Range(0, classes).Select(static label => FormattableString.Invariant($"{label}"))];
}
