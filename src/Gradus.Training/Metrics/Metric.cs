namespace Gradus.Training;

/// <summary>A metric that is accumulated batch by batch. Metrics of different batches can be merged.</summary>
/// <remarks>
/// A subclass keeps the sums from which its value is computed. A mean over elements or samples derives from <see cref="MeanMetric"/>, which keeps
/// them for it.
/// </remarks>
public abstract class Metric
{
    /// <summary>A metric that has seen no samples.</summary>
    protected Metric()
    {
    }

    /// <summary>The metric over all samples so far; NaN where there are none.</summary>
    public abstract double Value { get; }

    /// <summary>Adds a batch.</summary>
    /// <param name="predictions">The predictions of the network, of a shape that each metric documents.</param>
    /// <param name="targets">The true values.</param>
    /// <exception cref="GradusException">The shapes do not fit.</exception>
    public abstract void Add(Tensor predictions, Tensor targets);

    /// <summary>Adds the samples of another metric of the same type and settings.</summary>
    /// <exception cref="GradusException">The other metric is of another type or has other settings.</exception>
    public void Merge(Metric other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (ReferenceEquals(this, other)) throw new GradusException($"metric: {this} cannot be merged with itself.");
        if (ToString() != other.ToString()) throw new GradusException($"metric: {this} cannot be merged with {other}.");
        if (GetType() != other.GetType()) throw new GradusException($"metric: {this} cannot be merged with {other} of another type.");

        MergeCore(other);
    }

    /// <summary>Removes all samples.</summary>
    public abstract void Reset();

    /// <summary>The metric with its settings. Metrics of one type whose texts are equal can be merged.</summary>
    public override string ToString() => GetType().Name;

    /// <summary>Adds the sums of another metric to those of this one. Called by <see cref="Merge"/>, which has checked the other.</summary>
    /// <param name="other">Another metric of this type with the same settings.</param>
    protected abstract void MergeCore(Metric other);

    /// <summary>Throws where predictions and targets have different shapes.</summary>
    /// <param name="metric">The name of the metric in the error message.</param>
    /// <param name="predictions">The predictions of the network.</param>
    /// <param name="targets">The true values.</param>
    /// <exception cref="GradusException">The shapes differ.</exception>
    protected static void RequireSameShape(string metric, Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        if (predictions.Shape != targets.Shape)
        {
            throw new GradusException($"{metric}: the predictions are {predictions.Shape}, the targets {targets.Shape}; they must have the same shape.");
        }
    }

    /// <summary>Whether each sample has NaN among its scores.</summary>
    private protected static bool[] HasNaN(double[] scores, int classes)
    {
        var has = new bool[classes == 0 ? 0 : scores.Length / classes];
        for (var sample = 0; sample < has.Length; sample++)
        {
            foreach (var score in scores.AsSpan(sample * classes, classes)) has[sample] |= double.IsNaN(score);
        }

        return has;
    }

    /// <summary>Scores [samples, classes] and labels [samples], as arrays.</summary>
    private protected static (double[] Scores, long[] Labels, int Classes) Classified(string metric, Tensor scores, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(labels);
        if (scores.Rank != 2 || labels.Rank != 1 || scores.Shape[0] != labels.Shape[0])
        {
            throw new GradusException($"{metric}: the scores are {scores.Shape}, the labels {labels.Shape}; expected [samples, classes] and [samples].");
        }

        if (labels.DType.IsFloat)
        {
            throw new GradusException($"{metric}: the labels are {labels.DType}{labels.Shape}, expected class numbers. Convert them: labels.To(DType.Int64).");
        }

        var numbers = labels.Detach().To(DType.Int64).ToArray<long>();
        foreach (var number in numbers)
        {
            if (number < 0 || number >= scores.Shape[1])
            {
                throw new GradusException(FormattableString.Invariant($"{metric}: label {number} is not one of {scores.Shape[1]} classes."));
            }
        }

        return (scores.Detach().To(DType.Float64).ToArray<double>(), numbers, scores.Shape[1]);
    }
}
