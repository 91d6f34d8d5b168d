namespace Gradus.Nn;

public static partial class Losses
{
    /// <summary>Softmax and cross-entropy as one stable layer: log Σⱼ e^zⱼ − z_label for each sample, averaged over the samples.</summary>
    /// <param name="logits">z, [samples, classes] or [samples, classes, …].</param>
    /// <param name="labels">i32 or i64 class numbers, [samples] or [samples, …]; or target distributions, floating point and of the logits' shape.</param>
    /// <param name="reduction">Mean by default: by the samples' weights, if there are any.</param>
    /// <param name="weight">A weight for each class, [classes]. Default none.</param>
    /// <param name="ignoreIndex">A label whose samples count nothing. Default none: a label that is no class is an error.</param>
    /// <param name="labelSmoothing">ε in [0, 1]: the target is (1 − ε)·y + ε / classes. Default 0.</param>
    /// <exception cref="GradusException">The shapes do not fit, or a label is not a class.</exception>
    public static Tensor CrossEntropy(
        Tensor logits, Tensor labels, Reduction reduction = Reduction.Mean, Tensor? weight = null, long? ignoreIndex = null, double labelSmoothing = 0)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(labels);
        Require(labelSmoothing is >= 0 and <= 1, "crossEntropy", "labelSmoothing", labelSmoothing, "in [0, 1]");
        if (labels.DType.IsFloat && labels.Rank == logits.Rank - 1)
        {
            throw new GradusException(
                $"crossEntropy: the labels are {labels.Describe()}: class numbers are i32 or i64. Convert them: labels.To(DType.Int64). " +
                $"Target distributions have the logits' shape, {logits.Shape}.");
        }

        if (labels.DType.IsFloat) return OfDistributions(logits, labels, reduction, weight, labelSmoothing);
        if (logits.Rank == 2 && weight is null && ignoreIndex is null && labelSmoothing == 0) return Reduce(logits.CrossEntropy(labels), reduction);
        RequireClasses("crossEntropy", logits, labels);
        var log = logits.LogSoftmax(1);
        var (loss, weights) = Picked(log, labels, weight, ignoreIndex);
        if (labelSmoothing > 0)
        {
            var all = -Weighted(log, weight is null ? null : Across(weight, log)).Mean(1);
            if (ignoreIndex is { } ignored) all = Weighted(all, labels.NotEqual(ignored));
            loss = (loss * (1 - labelSmoothing)) + (all * labelSmoothing);
        }

        return reduction == Reduction.Mean ? MeanBy(weights, loss) : Reduce(loss, reduction);
    }

    /// <summary>Cross-entropy with a target distribution: −Σⱼ yⱼ·log softmax(z)ⱼ for each row, averaged over the rows.</summary>
    /// <param name="logits">z, [samples, classes].</param>
    /// <param name="target">y, [samples, classes], rows summing to 1: one-hot, or soft.</param>
    /// <param name="reduction">Mean by default.</param>
    /// <exception cref="GradusException">The shapes differ.</exception>
    public static Tensor SoftCrossEntropy(Tensor logits, Tensor target, Reduction reduction = Reduction.Mean)
    {
        RequireSameShape("softCrossEntropy", logits, target);
        return Reduce(-target.Chain(logits.LogSoftmax()).Sum(-1), reduction);
    }

    /// <summary>−x_label of log-probabilities, such as <see cref="Tensor.LogSoftmax"/> gives.</summary>
    /// <param name="logProbabilities">x, [samples, classes] or [samples, classes, …].</param>
    /// <param name="labels">i32 or i64 class numbers, [samples] or [samples, …].</param>
    /// <param name="reduction">Mean by default: by the samples' weights, if there are any.</param>
    /// <param name="weight">A weight for each class, [classes]. Default none.</param>
    /// <param name="ignoreIndex">A label whose samples count nothing. Default none: a label that is no class is an error.</param>
    /// <exception cref="GradusException">The shapes do not fit, or a label is not a class.</exception>
    public static Tensor NegativeLogLikelihood(
        Tensor logProbabilities, Tensor labels, Reduction reduction = Reduction.Mean, Tensor? weight = null, long? ignoreIndex = null)
    {
        RequireClasses("negativeLogLikelihood", logProbabilities, labels);
        var (loss, weights) = Picked(logProbabilities, labels, weight, ignoreIndex);
        return reduction == Reduction.Mean ? MeanBy(weights, loss) : Reduce(loss, reduction);
    }

    /// <summary>Kullback–Leibler divergence, element by element: y·(log y − x) of a target y from a prediction whose logarithm x is given.</summary>
    /// <param name="logProbabilities">x, of any shape.</param>
    /// <param name="target">y, or log y, of the same shape.</param>
    /// <param name="logTarget">Whether log y is given. Default false.</param>
    /// <param name="reduction">Mean over the elements by default. The divergence of a batch is the sum over its number of rows.</param>
    /// <exception cref="GradusException">The shapes differ.</exception>
    public static Tensor KlDivergence(Tensor logProbabilities, Tensor target, bool logTarget = false, Reduction reduction = Reduction.Mean)
    {
        RequireSameShape("klDivergence", logProbabilities, target);
        if (!logTarget) return Reduce(target.XLogY(target) - target.Chain(logProbabilities), reduction);
        // e^t·t tends to 0 with e^t.
        var probabilities = target.Exp();
        return Reduce(probabilities * Tensor.Where(probabilities.Equal(0), 0, target - logProbabilities), reduction);
    }

    private static Tensor OfDistributions(Tensor logits, Tensor target, Reduction reduction, Tensor? weight, double labelSmoothing)
    {
        RequireSameShape("crossEntropy", logits, target);
        if (labelSmoothing > 0) target = (target * (1 - labelSmoothing)) + (labelSmoothing / logits.Shape[1]);
        var log = logits.LogSoftmax(1);
        if (weight is not null) log = Weighted(log, Across(weight, log));
        return Reduce(-target.Chain(log).Sum(1), reduction);
    }

    /// <summary>−w_label·x_label for each sample, and the weights: 1 without class weights, 0 where the label is ignored.</summary>
    private static (Tensor Loss, Tensor Weights) Picked(Tensor log, Tensor labels, Tensor? weight, long? ignoreIndex)
    {
        var counts = ignoreIndex is { } ignored ? labels.NotEqual(ignored) : null;
        if (counts is not null) labels *= counts.To(labels.DType);
        var weights = weight is null ? Tensor.Ones(labels.Shape, log.DType) : weight.To(log.DType).IndexSelect(0, labels.Reshape(-1)).Reshape(labels.Shape);
        if (counts is not null) weights *= counts.To(log.DType);
        return (-Weighted(log.Gather(1, labels.Unsqueeze(1)).Squeeze(1), weights), weights);
    }

    /// <summary>Class weights shaped so that they broadcast along axis 1.</summary>
    private static Tensor Across(Tensor weight, Tensor log)
    {
        var sizes = Enumerable.Repeat(1, log.Rank).ToArray();
        sizes[1] = -1;
        return weight.To(log.DType).Reshape(sizes);
    }

    private static void RequireClasses(string operation, Tensor prediction, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.DType is not (DType.Int32 or DType.Int64))
        {
            throw new GradusException($"{operation}: the labels are {labels.DType}, expected i32 or i64 class numbers.");
        }

        int[] sizes = prediction.Rank < 2 ? [] : [prediction.Shape[0], .. prediction.Shape.ToArray()[2..]];
        if (prediction.Rank < 2 || !labels.Shape.AsSpan().SequenceEqual(sizes))
        {
            throw new GradusException(
                $"{operation}: the prediction is {prediction.Shape}, the labels {labels.Shape}; expected [samples, classes, …] and [samples, …].");
        }
    }
}
