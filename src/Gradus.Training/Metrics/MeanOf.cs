using Gradus.Nn;

namespace Gradus.Training;

/// <summary>The mean of a number that each element or sample gives.</summary>
/// <remarks>
/// One of your own writes the numbers only:
/// <code>
/// sealed class Hits(double tolerance) : MeanOf
/// {
///     protected override Tensor Terms(Tensor predictions, Tensor targets) => (predictions - targets).Abs() &lt;= tolerance;
///     public override string ToString() => $"Hits({tolerance})";
/// }
/// </code>
/// </remarks>
public abstract class MeanOf : Metric
{
    private double _sum;
    private long _count;

    /// <summary>A mean over nothing so far.</summary>
    protected MeanOf()
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

    /// <summary>What each element or sample gives: a tensor of any shape; true counts as 1.</summary>
    /// <param name="predictions">What the network says.</param>
    /// <param name="targets">What is true.</param>
    protected abstract Tensor Terms(Tensor predictions, Tensor targets);

    /// <summary>What is made of the mean. Default: the mean itself.</summary>
    protected virtual double Finish(double mean) => mean;

    /// <inheritdoc/>
    protected override void Take(Metric other)
    {
        _sum += ((MeanOf)other)._sum;
        _count += ((MeanOf)other)._count;
    }
}

/// <summary>The mean of (ŷ − y)², over elements of one shape.</summary>
public sealed class MeanSquaredError : MeanOf
{
    /// <inheritdoc/>
    protected override Tensor Terms(Tensor predictions, Tensor targets) =>
        Losses.MeanSquaredError(predictions.To(DType.Float64), targets.To(DType.Float64), Reduction.None);
}

/// <summary>√ of the mean of (ŷ − y)², over elements of one shape: in the target's units.</summary>
public sealed class RootMeanSquaredError : MeanOf
{
    /// <inheritdoc/>
    protected override Tensor Terms(Tensor predictions, Tensor targets) =>
        Losses.MeanSquaredError(predictions.To(DType.Float64), targets.To(DType.Float64), Reduction.None);

    /// <inheritdoc/>
    protected override double Finish(double mean) => Math.Sqrt(mean);
}

/// <summary>The mean of |ŷ − y|, over elements of one shape: in the target's units.</summary>
public sealed class MeanAbsoluteError : MeanOf
{
    /// <inheritdoc/>
    protected override Tensor Terms(Tensor predictions, Tensor targets) =>
        Losses.MeanAbsoluteError(predictions.To(DType.Float64), targets.To(DType.Float64), Reduction.None);
}

/// <summary>The mean cross-entropy of logits [samples, classes] and labels [samples], in nats.</summary>
/// <remarks>Of logits [samples], [samples, 1] or [samples, labels] and targets 0 or 1, decisions between no and yes: the mean binary cross-entropy.</remarks>
public sealed class LogLoss : MeanOf
{
    /// <inheritdoc/>
    protected override Tensor Terms(Tensor predictions, Tensor targets)
    {
        if (Decisions.Of("logLoss", predictions, targets) is { } decisions) (predictions, targets) = decisions.AsClasses();
        return Losses.CrossEntropy(predictions.To(DType.Float64), targets, Reduction.None);
    }
}

/// <summary>e to the mean cross-entropy of logits [samples, classes] and labels [samples]: how many classes the network hesitates between.</summary>
public sealed class Perplexity : MeanOf
{
    /// <inheritdoc/>
    protected override Tensor Terms(Tensor predictions, Tensor targets) => Losses.CrossEntropy(predictions.To(DType.Float64), targets, Reduction.None);

    /// <inheritdoc/>
    protected override double Finish(double mean) => Math.Exp(mean);
}
