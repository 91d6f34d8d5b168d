namespace Gradus.Nn;

public static partial class Losses
{
    /// <summary>(ŷ − y)².</summary>
    /// <param name="prediction">ŷ, of any shape.</param>
    /// <param name="target">y, of the same shape.</param>
    /// <param name="reduction">Mean by default.</param>
    /// <exception cref="GradusException">The shapes differ.</exception>
    public static Tensor MeanSquaredError(Tensor prediction, Tensor target, Reduction reduction = Reduction.Mean)
    {
        RequireSameShape("meanSquaredError", prediction, target);
        return Reduce((prediction - target).Square(), reduction);
    }

    /// <summary>|ŷ − y|: the L1 loss.</summary>
    /// <inheritdoc cref="MeanSquaredError"/>
    public static Tensor MeanAbsoluteError(Tensor prediction, Tensor target, Reduction reduction = Reduction.Mean)
    {
        RequireSameShape("meanAbsoluteError", prediction, target);
        return Reduce((prediction - target).Abs(), reduction);
    }

    /// <summary>½·e² where |e| = |ŷ − y| ≤ δ, else δ·(|e| − ½δ).</summary>
    /// <param name="prediction">ŷ, of any shape.</param>
    /// <param name="target">y, of the same shape.</param>
    /// <param name="delta">δ, above 0. Default 1.</param>
    /// <param name="reduction">Mean by default.</param>
    /// <exception cref="GradusException">The shapes differ, or a setting is out of range.</exception>
    public static Tensor Huber(Tensor prediction, Tensor target, double delta = 1, Reduction reduction = Reduction.Mean)
    {
        RequireSameShape("huber", prediction, target);
        Require(delta > 0, "huber", "delta", delta, "above 0");
        var error = (prediction - target).Abs();
        return Reduce(Tensor.Where(error <= delta, error.Square() * 0.5, (error - (0.5 * delta)) * delta), reduction);
    }

    /// <summary>½·e² / β where |e| = |ŷ − y| &lt; β, else |e| − ½β: Huber's loss over β; with β = 0 the L1 loss.</summary>
    /// <param name="prediction">ŷ, of any shape.</param>
    /// <param name="target">y, of the same shape.</param>
    /// <param name="beta">β, at least 0. Default 1.</param>
    /// <param name="reduction">Mean by default.</param>
    /// <exception cref="GradusException">The shapes differ, or a setting is out of range.</exception>
    public static Tensor SmoothL1(Tensor prediction, Tensor target, double beta = 1, Reduction reduction = Reduction.Mean)
    {
        Require(beta >= 0, "smoothL1", "beta", beta, "at least 0");
        if (beta == 0) return MeanAbsoluteError(prediction, target, reduction);
        RequireSameShape("smoothL1", prediction, target);
        var error = (prediction - target).Abs();
        return Reduce(Tensor.Where(error < beta, error.Square() * (0.5 / beta), error - (0.5 * beta)), reduction);
    }

    /// <summary>log cosh(ŷ − y): e² / 2 near 0, |e| − log 2 far from it, and smooth throughout.</summary>
    /// <inheritdoc cref="MeanSquaredError"/>
    public static Tensor LogCosh(Tensor prediction, Tensor target, Reduction reduction = Reduction.Mean)
    {
        RequireSameShape("logCosh", prediction, target);
        return Reduce(new LogCoshOfError().Apply(prediction - target), reduction);
    }

    /// <summary>½ Σ (ŷ − y)², one number: the loss of the textbooks, whose gradient is ŷ − y.</summary>
    /// <param name="prediction">ŷ, of any shape.</param>
    /// <param name="target">y, of the same shape.</param>
    /// <exception cref="GradusException">The shapes differ.</exception>
    public static Tensor HalfSumOfSquares(Tensor prediction, Tensor target)
    {
        RequireSameShape("halfSumOfSquares", prediction, target);
        return (prediction - target).Square().Sum() * 0.5;
    }

    /// <summary>−log of a Poisson distribution's probability of a count y: e^x − y·x where x = log λ is given, else λ − y·log(λ + ε).</summary>
    /// <param name="prediction">ŷ, of any shape.</param>
    /// <param name="target">y, of the same shape.</param>
    /// <param name="logInput">Whether the prediction is log λ. Default true.</param>
    /// <param name="full">Whether Stirling's y·log y − y + ½ log 2πy is added for y above 1. Default false.</param>
    /// <param name="epsilon">ε. Default 1e-8.</param>
    /// <param name="reduction">Mean by default.</param>
    /// <exception cref="GradusException">The shapes differ, or a setting is out of range.</exception>
    public static Tensor PoissonNegativeLogLikelihood(
        Tensor prediction, Tensor target, bool logInput = true, bool full = false, double epsilon = 1e-8, Reduction reduction = Reduction.Mean)
    {
        RequireSameShape("poissonNegativeLogLikelihood", prediction, target);
        var loss = logInput ? prediction.Exp() - target.Chain(prediction) : prediction - target.XLogY(prediction + epsilon);
        if (full)
        {
            var count = target.Clamp(min: 1);
            var stirling = (count * count.Log()) - count + ((count.Log() + LogTwoPi) * 0.5);
            loss += Tensor.Where(target > 1, stirling, 0);
        }

        return Reduce(loss, reduction);
    }

    /// <summary>−log of a normal distribution's density: ½·(log v + (ŷ − y)² / v), with v = max(variance, ε).</summary>
    /// <param name="prediction">ŷ, the mean, of any shape.</param>
    /// <param name="target">y, of the same shape.</param>
    /// <param name="variance">At least 0, of a shape that broadcasts to the prediction's.</param>
    /// <param name="full">Whether the constant ½ log 2π is added. Default false.</param>
    /// <param name="epsilon">ε. Default 1e-6.</param>
    /// <param name="reduction">Mean by default.</param>
    /// <exception cref="GradusException">The shapes do not fit.</exception>
    public static Tensor GaussianNegativeLogLikelihood(
        Tensor prediction, Tensor target, Tensor variance, bool full = false, double epsilon = 1e-6, Reduction reduction = Reduction.Mean)
    {
        ArgumentNullException.ThrowIfNull(variance);
        RequireSameShape("gaussianNegativeLogLikelihood", prediction, target);
        var held = variance.Clamp(min: epsilon);
        var loss = (held.Log() + ((prediction - target).Square() / held)) * 0.5;
        return Reduce(full ? loss + (0.5 * LogTwoPi) : loss, reduction);
    }
}
