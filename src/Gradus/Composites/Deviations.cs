namespace Gradus;

/// <summary>Variance, norms and their like as Tensor arithmetic, f16 and bf16 as f32 from end to end.</summary>
internal static class Deviations
{
    /// <summary>Σ(x − mean)² / max(0, n − correction), in two passes: no difference of large squares.</summary>
    public static Tensor Variance(Tensor x, Axes axes, double correction)
    {
        if (x.DType.IsHalf) return Variance(x.To(DType.Float32), axes, correction).To(x.DType);
        var centred = x - Ops.Mean.Apply(x, axes with { KeepDim = true });
        return Ops.Sum.Apply(centred.Square(), axes) / Math.Max(0, axes.Reduced(x.Shape) - correction);
    }

    /// <summary>The p-th root of sums that are not negative, with gradient 0 where they are 0: the true one is infinite or depends on the direction.</summary>
    public static Tensor Root(Tensor sum, double p)
    {
        var isZero = sum.Equal(0);
        var safe = Tensor.Where(isZero, sum.Weak(1), sum);
        return Tensor.Where(isZero, sum.Weak(0), p == 2 ? safe.Sqrt() : safe.Pow(1 / p));
    }

    /// <summary>m + log Σ e^(x − m), m being the maximum where it is finite.</summary>
    public static Tensor LogSumExp(Tensor x, Axes axes)
    {
        if (x.DType.IsHalf) return LogSumExp(x.To(DType.Float32), axes).To(x.DType);
        if (axes.Reduced(x.Shape) == 0) return Ops.Sum.Apply(x.Exp(), axes).Log();
        var greatest = Ops.Max.Apply(x, axes with { KeepDim = true }).Detach();
        greatest = Tensor.Where(greatest.IsFinite(), greatest, greatest.Weak(0));
        return Ops.Sum.Apply((x - greatest).Exp(), axes).Log() + greatest.Reshape(axes.Reduce(x.Shape, axes.KeepDim));
    }

    /// <summary>(Σ|x|ᵖ)^(1/p), with its limits for p = 0 and ±∞.</summary>
    public static Tensor Norm(Tensor x, double p, Axes axes) => x.DType.IsHalf ? Norm(x.To(DType.Float32), p, axes).To(x.DType) : p switch
    {
        2 => Root(Ops.Sum.Apply(x.Square(), axes), 2),
        1 => Ops.Sum.Apply(x.Abs(), axes),
        0 => Ops.Sum.Apply(x.Abs().Sign(), axes),
        double.PositiveInfinity => Ops.Max.Apply(x.Abs(), axes),
        double.NegativeInfinity => Ops.Min.Apply(x.Abs(), axes),
        _ => Root(Ops.Sum.Apply(x.Abs().Pow(p), axes), p),
    };
}
