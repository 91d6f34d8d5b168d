using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>How a network does on some data.</summary>
/// <param name="Loss">The mean loss: cross-entropy in nats, or the mean squared error of standardized targets, or of the samples that are given back.</param>
/// <param name="Accuracy">The share of samples told right, 0 to 1, those whose outputs are NaN being told wrong; null for a regression and for text.</param>
/// <param name="RootMeanSquaredError">√ of the mean squared error, in the target's units; null for a classification.</param>
/// <param name="Confusion">Samples by true class (rows) and predicted class; null for a regression and for text.</param>
public sealed record Evaluation(double Loss, double? Accuracy, double? RootMeanSquaredError, ConfusionMatrix? Confusion)
{
    // A window has many tokens: what 32 of them need stays in the cache.
    private const int LargestTextBatch = 32;

    /// <summary>The mean squared error, in the target's units squared; null for a classification.</summary>
    public double? MeanSquaredError => RootMeanSquaredError * RootMeanSquaredError;

    /// <summary>Runs a network over a dataset without training it.</summary>
    /// <param name="model">The network: logits for classes, or standardized targets.</param>
    /// <param name="data">What it is tried on.</param>
    /// <param name="targetDeviation">What a distance of 1 in standardized targets is in the target's units.</param>
    /// <param name="batchSize">Samples at a time; the result does not depend on it.</param>
    /// <exception cref="GradusException">There is no data, or it does not fit the network.</exception>
    public static Evaluation Of(Module<Tensor, Tensor> model, Dataset data, double targetDeviation = 1, int batchSize = 256)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        if (data.Count == 0) throw new GradusException($"evaluate: {data.Name} has no samples in this split.");
        if (data.IsText) return new Evaluation(NextTokenLoss(model, data, Math.Min(batchSize, LargestTextBatch)), null, null, null);
        var confusion = data.ClassNames is null ? null : new ConfusionMatrix(data.ClassNames);
        // Sums over samples in order, so that the batch size does not matter.
        var sum = 0.0;
        foreach (var (rows, outputs) in Predict(model, data, batchSize))
        {
            using var noGrad = new NoGrad();
            if (confusion is null)
            {
                foreach (var loss in SquaredErrors(outputs, data, rows)) sum += loss;
                continue;
            }

            foreach (var loss in Losses.CrossEntropy(outputs, data.LabelTensor(rows), Reduction.None).ToArray<double>()) sum += loss;
            var predicted = outputs.ArgMax(1).ToArray<int>();
            // NaN is above and below nothing: the class that ArgMax names then is none that the network chose.
            var isUndecided = outputs.NotEqual(outputs).Any(1).ToArray<bool>();
            for (var index = 0; index < rows.Length; index++)
            {
                if (isUndecided[index]) confusion.AddUndecided();
                else confusion.Add(data.Labels![rows[index]], predicted[index]);
            }
        }

        var mean = sum / data.Count;
        return new Evaluation(mean, confusion?.Accuracy, confusion is null ? Math.Sqrt(mean) * targetDeviation : null, confusion);
    }

    /// <summary>The mean squared error of each row's outputs, in float64: of standardized targets, or of the sample that is to be given back.</summary>
    /// <param name="outputs">What the network gave for the rows.</param>
    /// <param name="data">Data without classes.</param>
    /// <param name="rows">Row numbers.</param>
    public static double[] SquaredErrors(Tensor outputs, Dataset data, ReadOnlySpan<int> rows)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(data);
        using var noGrad = new NoGrad();
        using var scope = new TensorScope();
        return (outputs.To(DType.Float64) - data.TargetsOf(rows)).Square().Flatten(1).Mean(-1).ToArray<double>();
    }

    /// <summary>The evaluation of several datasets of one kind together.</summary>
    /// <param name="parts">The evaluation of each, and its number of samples.</param>
    /// <param name="targetDeviation">What a distance of 1 in standardized targets is in the target's units.</param>
    public static Evaluation Merge(IReadOnlyList<(Evaluation Evaluation, int Count)> parts, double targetDeviation = 1)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var mean = parts.Sum(static part => part.Evaluation.Loss * part.Count) / parts.Sum(static part => (double)part.Count);
        if (parts[0].Evaluation.Confusion is not { } first) return new Evaluation(mean, null, Math.Sqrt(mean) * targetDeviation, null);
        var confusion = new ConfusionMatrix(first.ClassNames);
        foreach (var (part, _) in parts) confusion.Add(part.Confusion!);
        return new Evaluation(mean, confusion.Accuracy, null, confusion);
    }

    /// <summary>
    /// Whether this is better than another on the same data: more samples right, or as many at a lower loss. A loss that is not finite is worse than any.
    /// </summary>
    public bool IsBetterThan(Evaluation other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!double.IsFinite(Loss) || !double.IsFinite(other.Loss)) return double.IsFinite(Loss);
        return Accuracy != other.Accuracy ? Accuracy > other.Accuracy : Loss < other.Loss;
    }

    /// <summary>A network's outputs for a dataset in batches, in order, without training it.</summary>
    /// <returns>The rows of each batch, and the outputs for them.</returns>
    /// <remarks>
    /// The modes of the network and its parts stay as they are: it behaves as in use on this thread alone, so that several threads may evaluate one network.
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

    /// <summary>The mean cross-entropy of the tokens of a text, in nats.</summary>
    private static double NextTokenLoss(Module<Tensor, Tensor> model, Dataset text, int batchSize)
    {
        var sum = 0.0;
        foreach (var (rows, outputs) in Predict(model, text, batchSize))
        {
            using var noGrad = new NoGrad();
            foreach (var loss in Losses.CrossEntropy(outputs.Flatten(0, 1), text.LabelTensor(rows), Reduction.None).ToArray<double>()) sum += loss;
        }

        return sum / ((long)text.Count * text.PredictionsPerSample);
    }
}
