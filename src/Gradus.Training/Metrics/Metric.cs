namespace Gradus.Training;

/// <summary>A figure of merit that is gathered batch by batch; two that were gathered apart merge to what they would have been together.</summary>
/// <remarks>
/// One of your own derives from this class and keeps the few numbers that its value follows from. A mean over elements or samples derives from
/// <see cref="MeanOf"/>, which keeps them itself.
/// </remarks>
public abstract class Metric
{
    /// <summary>A metric that has seen no samples.</summary>
    protected Metric()
    {
    }

    /// <summary>The figure for all samples so far; NaN where there are none.</summary>
    public abstract double Value { get; }

    /// <summary>Takes in a batch.</summary>
    /// <param name="predictions">What the network says; each metric tells its shape.</param>
    /// <param name="targets">What is true.</param>
    /// <exception cref="GradusException">The shapes do not fit.</exception>
    public abstract void Add(Tensor predictions, Tensor targets);

    /// <summary>Takes in what another of the same kind and settings has gathered.</summary>
    /// <exception cref="GradusException">It is of another kind, or has other settings.</exception>
    public void Merge(Metric other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (ReferenceEquals(this, other)) throw new GradusException($"metric: {this} cannot take in itself.");
        if (ToString() != other.ToString()) throw new GradusException($"metric: {this} cannot take in {other}.");
        if (GetType() != other.GetType()) throw new GradusException($"metric: {this} cannot take in {other}, which is another type.");

        Take(other);
    }

    /// <summary>Forgets all samples.</summary>
    public abstract void Reset();

    /// <summary>Written as one would type it, with its settings: metrics that are written alike can be merged.</summary>
    public override string ToString() => GetType().Name;

    /// <summary>Adds what another has gathered to what this one has; called by <see cref="Merge"/>.</summary>
    /// <param name="other">One of this type and of the same settings, another than this one.</param>
    protected abstract void Take(Metric other);

    /// <summary>Holds that predictions and targets are of one shape.</summary>
    /// <param name="metric">What the error calls the metric.</param>
    /// <param name="predictions">What the network says.</param>
    /// <param name="targets">What is true.</param>
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
