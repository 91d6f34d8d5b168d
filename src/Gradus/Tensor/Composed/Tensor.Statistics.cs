namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>
    /// The variance of all elements, or along some axes: Σ(x − mean)² / max(0, n − correction). Integers are computed as f64, with an f32 result; NaN where the
    /// divisor is 0.
    /// </summary>
    /// <param name="axes">The axes that become one; none for all of them.</param>
    /// <param name="correction">What is subtracted from the number of elements: 1 for a sample, 0 for the whole population.</param>
    /// <param name="keepDim">Whether the axes stay, with size 1.</param>
    public Tensor Var(ReadOnlySpan<int> axes = default, double correction = 1, bool keepDim = false) =>
        Deviations.Variance(this, Axes.Of(Shape, axes, keepDim, "var"), correction);

    /// <summary>The variance along one axis.</summary>
    public Tensor Var(int axis, double correction = 1, bool keepDim = false) => Var([axis], correction, keepDim);

    /// <summary>The standard deviation: the root of <see cref="Var(ReadOnlySpan{int}, double, bool)"/>. Where it is 0 the gradient is 0.</summary>
    /// <param name="axes">The axes that become one; none for all of them.</param>
    /// <param name="correction">What is subtracted from the number of elements: 1 for a sample, 0 for the whole population.</param>
    /// <param name="keepDim">Whether the axes stay, with size 1.</param>
    public Tensor Std(ReadOnlySpan<int> axes = default, double correction = 1, bool keepDim = false) =>
        Deviations.Deviation(this, Axes.Of(Shape, axes, keepDim, "std"), correction);

    /// <summary>The standard deviation along one axis.</summary>
    public Tensor Std(int axis, double correction = 1, bool keepDim = false) => Std([axis], correction, keepDim);

    /// <summary>log Σ eˣ over all elements, or along some axes, shifted by the maximum so that it cannot overflow; −∞ for none.</summary>
    /// <param name="axes">The axes that become one; none for all of them.</param>
    /// <param name="keepDim">Whether the axes stay, with size 1.</param>
    public Tensor LogSumExp(ReadOnlySpan<int> axes = default, bool keepDim = false) =>
        Deviations.LogSumExp(To(Promotion.Real(DType)), Axes.Of(Shape, axes, keepDim, "logsumexp"));

    /// <summary>log Σ eˣ along one axis.</summary>
    public Tensor LogSumExp(int axis, bool keepDim = false) => LogSumExp([axis], keepDim);

    /// <summary>The p-norm of all elements as one vector, or along some axes: (Σ|x|ᵖ)^(1/p). Where it is 0 the gradient is 0.</summary>
    /// <param name="axes">The axes that become one; none for all of them.</param>
    /// <param name="p">
    /// 2 for the length; 1; 0 for the number of elements that are not 0, with gradient 0; ±∞ for the largest or smallest |x|, among whose equals the gradient
    /// is shared; any other number.
    /// </param>
    /// <param name="keepDim">Whether the axes stay, with size 1.</param>
    /// <exception cref="GradusException">p is ±∞ and there are no elements.</exception>
    public Tensor Norm(ReadOnlySpan<int> axes = default, double p = 2, bool keepDim = false) => Deviations.Norm(this, p, Axes.Of(Shape, axes, keepDim, "norm"));

    /// <summary>The p-norm along one axis.</summary>
    public Tensor Norm(int axis, double p = 2, bool keepDim = false) => Norm([axis], p, keepDim);
}
