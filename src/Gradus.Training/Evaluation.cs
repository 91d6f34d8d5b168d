using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>The loss and metrics of a network on a dataset.</summary>
/// <param name="Loss">
/// The mean loss. For classes and text the cross-entropy, in nats; for numeric targets the mean squared error of the standardized targets; for an
/// autoencoder that of the reconstruction.
/// </param>
/// <param name="Accuracy">
/// The fraction of samples classified correctly, 0 to 1. A sample with NaN outputs counts as wrong. Null unless the data have classes.
/// </param>
/// <param name="RootMeanSquaredError">The root of the mean squared error, in the target's unit; null for classes and text.</param>
/// <param name="Confusion">The confusion matrix; null unless the data have classes.</param>
public sealed record Evaluation(double Loss, double? Accuracy, double? RootMeanSquaredError, ConfusionMatrix? Confusion)
{
    private const string BitsPerByteName = "bits_per_byte";

    /// <summary>The metrics of the task, by name. Default: none.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>
    /// Of a text, the cross-entropy of a token in bits, divided by the bytes of a token on average: it compares models of different tokens. Null for other
    /// data, and where the bytes are unknown.
    /// </summary>
    public double? BitsPerByte => Metrics.TryGetValue(BitsPerByteName, out var bits) ? bits : null;

    /// <summary>The mean squared error, in the target's unit squared; null for classes and text.</summary>
    public double? MeanSquaredError => RootMeanSquaredError * RootMeanSquaredError;

    /// <summary>Evaluates a network on a dataset.</summary>
    /// <param name="model">
    /// The network. Its outputs are logits for classes, or predictions of the standardized targets. Its modes stay as they are.
    /// </param>
    /// <param name="data">The dataset.</param>
    /// <param name="targetDeviation">The standard deviation by which the targets were divided. Default: 1.</param>
    /// <param name="batchSize">Samples per batch. The result does not depend on it. Default: 256.</param>
    /// <exception cref="GradusException">The dataset is empty, or does not fit the network.</exception>
    public static Evaluation Of(Module<Tensor, Tensor> model, Dataset data, double targetDeviation = 1, int batchSize = 256)
    {
        ArgumentNullException.ThrowIfNull(model);
        return SupervisedTask.For(model, data, targetDeviation).Evaluate(data, batchSize);
    }

    /// <summary>The mean squared error of each row, in float64: against the standardized targets, or for an autoencoder against the input.</summary>
    /// <param name="outputs">The outputs of the network for the rows.</param>
    /// <param name="data">A dataset without classes.</param>
    /// <param name="rows">Row numbers.</param>
    public static double[] SquaredErrors(Tensor outputs, Dataset data, ReadOnlySpan<int> rows)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(data);
        return Regression.SquaredErrors(outputs, data.Read(rows).Target);
    }

    /// <summary>Combines the evaluations of several datasets of the same kind into that of all their samples.</summary>
    /// <param name="parts">The evaluation of each dataset, and its number of samples.</param>
    /// <param name="targetDeviation">The standard deviation by which the targets were divided. Default: 1.</param>
    public static Evaluation Merge(IReadOnlyList<(Evaluation Evaluation, int Count)> parts, double targetDeviation = 1)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var count = parts.Sum(static part => (double)part.Count);
        var mean = parts.Sum(static part => part.Evaluation.Loss * part.Count) / count;
        if (mean > 0 && parts.All(static part => part.Evaluation.BitsPerByte > 0))
        {
            // From loss and bits per byte follow the bytes of a token, of which the mean counts.
            var bytes = parts.Sum(static part => part.Count * part.Evaluation.Loss / Math.Log(2) / part.Evaluation.BitsPerByte!.Value);
            return OfText(mean, bytes / count);
        }

        if (parts[0].Evaluation.Confusion is not { } first)
        {
            // In the target's unit an error may be more than a multiple of the loss.
            var square = parts.All(static part => part.Evaluation.MeanSquaredError is not null)
                ? parts.Sum(static part => part.Evaluation.MeanSquaredError!.Value * part.Count) / count
                : mean * targetDeviation * targetDeviation;
            return new Evaluation(mean, null, Math.Sqrt(square), null);
        }

        var confusion = new ConfusionMatrix(first.ClassNames);
        foreach (var (part, _) in parts) confusion.Add(part.Confusion!);
        return new Evaluation(mean, confusion.Accuracy, null, confusion);
    }

    /// <summary>
    /// Whether this evaluation is better than another on the same data: a higher accuracy, or the same at a lower loss. A loss that is NaN or
    /// infinite is worse than any other.
    /// </summary>
    public bool IsBetterThan(Evaluation other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!double.IsFinite(Loss) || !double.IsFinite(other.Loss)) return double.IsFinite(Loss);
        return Accuracy != other.Accuracy ? Accuracy > other.Accuracy : Loss < other.Loss;
    }

    /// <summary>The evaluation of a text.</summary>
    /// <param name="loss">The mean cross-entropy of a token, in nats.</param>
    /// <param name="bytesPerToken">The bytes of a token on average; null where they are unknown.</param>
    internal static Evaluation OfText(double loss, double? bytesPerToken)
    {
        var evaluation = new Evaluation(loss, null, null, null);
        if (bytesPerToken is not { } bytes) return evaluation;
        return evaluation with { Metrics = new Dictionary<string, double> { [BitsPerByteName] = loss / Math.Log(2) / bytes } };
    }

    /// <summary>Computes the network's outputs for a dataset, batch by batch in the order of its rows.</summary>
    /// <returns>For each batch its row numbers and the outputs.</returns>
    /// <remarks>
    /// The network runs in evaluation mode on this thread only, and the modes of its modules are not changed. So several threads may evaluate one
    /// network at once.
    /// </remarks>
    public static IEnumerable<(int[] Rows, Tensor Outputs)> Predict(Module<Tensor, Tensor> model, Dataset data, int batchSize = 256)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        for (var start = 0; start < data.Count; start += batchSize)
        {
            var rows = Enumerable.Range(start, Math.Min(batchSize, data.Count - start)).ToArray();
            Tensor outputs;
            using (new NoGrad())
            using (Module.InUse()) outputs = model.Forward(data.InputTensor(rows));
            yield return (rows, outputs);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(Evaluation), PrintMembers);
}
