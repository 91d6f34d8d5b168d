namespace Gradus;

/// <summary>Variance, norms and their like as Tensor arithmetic, f16 and bf16 as f32 from end to end.</summary>
internal static class Deviations
{
    // A rounded mean is off by about 2⁻²⁴ of itself. Where that is more than 2⁻¹⁴ of the deviation, 2⁻²⁸ of the variance, it is corrected.
    private const double MostDeviations = 256;

    /// <summary>Σx / n. Of whole numbers the sum is exact unless it may be beyond i64: f32 holds few of them, and f64 not all.</summary>
    public static Tensor Mean(Tensor x, Axes axes)
    {
        if (x.DType.IsFloat) return Ops.Mean.Apply(x, axes);
        var sum = Ops.Sum.Apply(x.To(DType.Float64), axes);
        return (Tensor.Where(sum.Abs() < Math.Pow(2, 62), Ops.Sum.Apply(x, axes).To(DType.Float64), sum) / axes.Reduced(x.Shape)).To(DType.Float32);
    }

    /// <summary>Σ(x − mean)² / max(0, n − correction), in two passes: no difference of large squares.</summary>
    public static Tensor Variance(Tensor x, Axes axes, double correction) =>
        Computed(x, real => Reach.Of(real, axes, power: 2, degree: 2, scaled => PlainVariance(scaled, axes, correction)));

    /// <summary>The root of the variance, with gradient 0 where it is 0.</summary>
    public static Tensor Deviation(Tensor x, Axes axes, double correction) =>
        Computed(x, real => Reach.Of(real, axes, power: 2, degree: 1, scaled => Root(PlainVariance(scaled, axes, correction), 2)));

    /// <summary>
    /// What a rounded mean has left in x − mean, to be subtracted too: its mean where the mean is more than some deviations from 0, else 0; null if it is so
    /// nowhere.
    /// </summary>
    public static Tensor? Rest(Tensor mean, Tensor centered, Tensor variance, Axes kept, double most)
    {
        if (OperatorObserver.ForAnyValues) return null;
        Tensor isFar;
        using (GradMode.Disable())
        {
            isFar = mean.Detach().Square() > variance.Detach() * (most * most);
            if (!isFar.Any().Item<bool>()) return null;
        }

        return Tensor.Where(isFar, Ops.Mean.Apply(centered, kept), 0);
    }

    /// <summary>The p-th root of sums that are not negative, with gradient 0 where they are 0: the true one is infinite or depends on the direction.</summary>
    public static Tensor Root(Tensor sum, double p)
    {
        var isZero = sum.Equal(0);
        var safe = Tensor.Where(isZero, sum.Weak(1), sum);
        return Tensor.Where(isZero, sum.Weak(0), p == 2 ? safe.Sqrt() : safe.Pow(1 / p));
    }

    /// <summary>
    /// m + log Σ e^(x − m), m being the maximum where it is finite. Where it is ∞ the gradient is shared among the infinities, where it is −∞ it is 0.
    /// </summary>
    public static Tensor LogSumExp(Tensor x, Axes axes)
    {
        if (x.DType.IsHalf) return LogSumExp(x.To(DType.Float32), axes).To(x.DType);
        if (axes.Reduced(x.Shape) == 0) return Ops.Sum.Apply(x.Exp(), axes).Log();
        var greatest = Ops.Max.Apply(x, axes with { KeepDim = true }).Detach();
        var shift = Tensor.Where(greatest.IsFinite(), greatest, greatest.Weak(0));
        var sum = Ops.Sum.Apply((x - shift).Exp(), axes);
        var result = Tensor.Where(sum.Equal(0), 1, sum).Log() + Tensor.Where(greatest.Equal(double.NegativeInfinity), greatest, shift).Reshape(sum.Shape);
        var isUnbounded = greatest.Equal(double.PositiveInfinity);
        if (!OperatorObserver.ForAnyValues && isUnbounded.Any().Item() == 0) return result;
        return Tensor.Where(isUnbounded.Reshape(sum.Shape), Ops.Max.Apply(x, axes), result);
    }

    /// <summary>(Σ|x|ᵖ)^(1/p), with its limits for p = 0 and ±∞.</summary>
    public static Tensor Norm(Tensor x, double p, Axes axes) => Computed(x, real => Norm(p, real, axes));

    private static Tensor Norm(double p, Tensor x, Axes axes) => p switch
    {
        2 => Reach.Of(x, axes, power: 2, degree: 1, scaled => Root(Ops.Sum.Apply(scaled.Square(), axes), 2)),
        1 => Ops.Sum.Apply(x.Abs(), axes),
        0 => Ops.Sum.Apply(x.Abs().Sign(), axes),
        double.PositiveInfinity => Ops.Max.Apply(x.Abs(), axes),
        double.NegativeInfinity => Ops.Min.Apply(x.Abs(), axes),
        _ => Reach.Of(x, axes, power: p, degree: 1, scaled => Root(Ops.Sum.Apply(scaled.Abs().Pow(p), axes), p)),
    };

    private static Tensor PlainVariance(Tensor x, Axes axes, double correction)
    {
        var kept = axes with { KeepDim = true };
        var count = axes.Reduced(x.Shape);
        var mean = Ops.Mean.Apply(x, kept);
        var centered = x - mean;
        var sum = Ops.Sum.Apply(centered.Square(), axes);
        if (Rest(mean, centered, sum.Reshape(mean.Shape) / count, kept, MostDeviations) is { } rest) sum = Ops.Sum.Apply((centered - rest).Square(), axes);
        return sum / Math.Max(0, count - correction);
    }

    /// <summary>A function of real numbers: f16 and bf16 as f32 from end to end, whole numbers, which f32 may not hold, as f64.</summary>
    private static Tensor Computed(Tensor x, Func<Tensor, Tensor> function)
    {
        if (x.DType.IsFloat && !x.DType.IsHalf) return function(x);
        return x.DType.IsHalf ? function(x.To(DType.Float32)).To(x.DType) : function(x.To(DType.Float64)).To(DType.Float32);
    }
}
