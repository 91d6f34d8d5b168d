using Gradus.Nn;

namespace Gradus.Training;

/// <summary>The base of metrics that are the mean of one number per element or sample.</summary>
/// <remarks>
/// A subclass computes these numbers only:
/// <code>
/// sealed class Hits(double tolerance) : MeanMetric
/// {
///     protected override Tensor Terms(Tensor predictions, Tensor targets) => (predictions - targets).Abs() &lt;= tolerance;
///     public override string ToString() => $"Hits({tolerance})";
/// }
/// </code>
/// </remarks>
public abstract class MeanMetric : Metric
{
    private double _sum;
    private long _count;

    /// <summary>A metric that has seen no samples.</summary>
    protected MeanMetric()
    {
    }

    /// <inheritdoc/>
    public override double Value => _count == 0 ? double.NaN : Finish(_sum / _count);

    /// <inheritdoc/>
    public override void Add(Tensor predictions, Tensor targets)
    {
        using var noGrad = new NoGrad();
        using var scope = new TensorScope();
        var terms = (Terms(predictions, targets) ?? throw new GradusException($"{this}: Terms gave null, expected a tensor.")).To(DType.Float64);
        foreach (var term in terms.ToArray<double>()) _sum += term;
        _count += terms.Count;
    }

    /// <inheritdoc/>
    public override void Reset() => (_sum, _count) = (0, 0);

    /// <summary>The numbers to average: a tensor of any shape. True counts as 1.</summary>
    /// <param name="predictions">The predictions of the network.</param>
    /// <param name="targets">The true values.</param>
    protected abstract Tensor Terms(Tensor predictions, Tensor targets);

    /// <summary>Turns the mean into the value of the metric. Default: the mean itself.</summary>
    protected virtual double Finish(double mean) => mean;

    /// <inheritdoc/>
    protected override void MergeCore(Metric other)
    {
        _sum += ((MeanMetric)other)._sum;
        _count += ((MeanMetric)other)._count;
    }
}

/// <summary>Mean squared error: the mean of (ŷ − y)² over all elements. Predictions and targets have one shape.</summary>
public sealed class MeanSquaredError : MeanMetric
{
    /// <inheritdoc/>
    protected override Tensor Terms(Tensor predictions, Tensor targets) =>
        Losses.MeanSquaredError(predictions.To(DType.Float64), targets.To(DType.Float64), Reduction.None);
}

/// <summary>
/// Root mean squared error: √ of the mean of (ŷ − y)² over all elements, in the target's unit. Predictions and targets have one shape.
/// </summary>
public sealed class RootMeanSquaredError : MeanMetric
{
    /// <inheritdoc/>
    protected override Tensor Terms(Tensor predictions, Tensor targets) =>
        Losses.MeanSquaredError(predictions.To(DType.Float64), targets.To(DType.Float64), Reduction.None);

    /// <inheritdoc/>
    protected override double Finish(double mean) => Math.Sqrt(mean);
}

/// <summary>Mean absolute error: the mean of |ŷ − y| over all elements, in the target's unit. Predictions and targets have one shape.</summary>
public sealed class MeanAbsoluteError : MeanMetric
{
    /// <inheritdoc/>
    protected override Tensor Terms(Tensor predictions, Tensor targets) =>
        Losses.MeanAbsoluteError(predictions.To(DType.Float64), targets.To(DType.Float64), Reduction.None);
}

/// <summary>The mean cross-entropy of logits [samples, classes] and labels [samples], in nats.</summary>
/// <remarks>For logits [samples], [samples, 1] or [samples, labels] and targets 0 or 1, it is the mean binary cross-entropy.</remarks>
public sealed class LogLoss : MeanMetric
{
    /// <inheritdoc/>
    protected override Tensor Terms(Tensor predictions, Tensor targets)
    {
        if (Decisions.Of("logLoss", predictions, targets) is { } decisions) (predictions, targets) = decisions.AsClasses();
        return Losses.CrossEntropy(predictions.To(DType.Float64), targets, Reduction.None);
    }
}

/// <summary>
/// Perplexity: e to the power of the mean cross-entropy of logits [samples, classes] and labels [samples]. A uniform guess among n classes has
/// perplexity n.
/// </summary>
public sealed class Perplexity : MeanMetric
{
    /// <inheritdoc/>
    protected override Tensor Terms(Tensor predictions, Tensor targets) => Losses.CrossEntropy(predictions.To(DType.Float64), targets, Reduction.None);

    /// <inheritdoc/>
    protected override double Finish(double mean) => Math.Exp(mean);
}
