using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>One class of several for each sample, by the cross-entropy of logits [samples, classes] with labels [samples].</summary>
/// <param name="network">Gives a logit for each class.</param>
public sealed class Classification(Module<Tensor, Tensor> network) : SupervisedTask(network)
{
    private const int NumbersOfSample = 4;

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
        foreach (var measured in Measure(data, batchSize, NumbersOfSample, MeasureBatch))
        {
            for (var at = 0; at < measured.Length; at += NumbersOfSample)
            {
                confusion ??= new ConfusionMatrix(ClassNames ?? NumbersOf((int)measured[at + 3]));
                sum += measured[at];
                if (measured[at + 2] < 0) confusion.AddUndecided();
                else confusion.Add((int)measured[at + 1], (int)measured[at + 2]);
            }
        }

        return new Evaluation(sum / data.Count, confusion!.Accuracy, null, confusion);
    }

    /// <summary>Of each sample its loss, its label, the class that the network chose, −1 for none, and how many there are.</summary>
    private static double[] MeasureBatch(Tensor outputs, Tensor target)
    {
        var losses = Losses.CrossEntropy(outputs, target, Reduction.None).ToArray<double>();
        var (labels, predicted) = (target.ToArray<int>(), outputs.ArgMax(1).ToArray<int>());
        // NaN is above and below nothing: the class that ArgMax names then is none that the network chose.
        var isUndecided = outputs.NotEqual(outputs).Any(1).ToArray<bool>();
        return [.. losses.SelectMany((loss, index) => new[] { loss, labels[index], isUndecided[index] ? -1 : predicted[index], outputs.Shape[1] })];
    }

    private static string[] NumbersOf(int classes) => [.. Enumerable.Range(0, classes).Select(static label => FormattableString.Invariant($"{label}"))];
}
