namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>max(x, 0). The gradient at 0 is 0.</summary>
    public Tensor Relu() => Ops.Relu.Apply(this, default);

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public Tensor Sigmoid() => Ops.Sigmoid.Apply(this, default);

    /// <summary>(eˣ − e⁻ˣ) / (eˣ + e⁻ˣ).</summary>
    public Tensor Tanh() => Ops.Tanh.Apply(this, default);

    /// <summary>
    /// x·Φ(x) with the standard normal distribution Φ(x) = ½(1 + erf(x/√2)): the exact form, not the tanh approximation. Hendrycks and Gimpel, 2016.
    /// </summary>
    public Tensor Gelu() => Ops.Gelu.Apply(this, default);

    /// <summary>x / (1 + e⁻ˣ), also called swish.</summary>
    public Tensor Silu() => Ops.Silu.Apply(this, default);

    /// <summary>x above 0, else alpha·(eˣ − 1). Clevert, Unterthiner and Hochreiter, 2015.</summary>
    public Tensor Elu(double alpha = 1) => Ops.Elu.Apply(this, new EluArgs(alpha, 1, 1));

    /// <summary>scale·x above 0, else scale·alpha·(eˣ − 1), with the two numbers that keep mean 0 and variance 1. Klambauer et al., 2017.</summary>
    public Tensor Selu() => Ops.Elu.Apply(this, new EluArgs(1.6732632423543772, 1.0507009873554805, 1));

    /// <summary>x above 0, else alpha·(e^(x/alpha) − 1). Barron, 2017.</summary>
    /// <exception cref="GradusException">alpha is 0.</exception>
    public Tensor Celu(double alpha = 1)
    {
        if (alpha == 0) throw new GradusException("celu: alpha is 0, by which x is divided. Use Relu().");
        return Ops.Elu.Apply(this, new EluArgs(alpha, 1, 1 / alpha));
    }

    /// <summary>x above 0, else slope·x. Maas, Hannun and Ng, 2013.</summary>
    public Tensor LeakyRelu(double slope = 0.01) => Ops.LeakyRelu.Apply(this, slope);

    /// <summary>
    /// x above 0, else slope·x, with a slope that is learned; it broadcasts: [channels, 1, 1] for one of each channel of an image. He et al., 2015.
    /// </summary>
    public Tensor PRelu(Tensor slope) => Where(this > 0, this, slope * this);

    /// <summary>x from 0 on, else slope·x, with a slope drawn for each element uniformly from [lower, upper). Xu et al., 2015.</summary>
    /// <param name="lower">The least slope.</param>
    /// <param name="upper">The greatest.</param>
    /// <param name="generator">The random stream; left out, nothing is drawn and the slope is the mean of the two: evaluation.</param>
    /// <exception cref="GradusException">lower is above upper.</exception>
    public Tensor RRelu(double lower = 1.0 / 8, double upper = 1.0 / 3, Generator? generator = null)
    {
        if (!(lower <= upper)) throw new GradusException(FormattableString.Invariant($"rrelu: the lower slope {lower} is above the upper slope {upper}."));
        if (generator is null) return LeakyRelu((lower / 2) + (upper / 2));
        var slope = (Rand(Shape, Promotion.Real(DType), generator) * (upper - lower)) + lower;
        return Where(this >= 0, this, this * slope);
    }

    /// <summary>min(max(x, 0), 6). The gradient at 0 and 6 is 1.</summary>
    public Tensor Relu6() => Clamp(0, 6);

    /// <summary>x brought into [min, max]. The gradient is 1 inside, bounds included, and 0 outside.</summary>
    /// <exception cref="GradusException">min is above max.</exception>
    public Tensor Hardtanh(double min = -1, double max = 1) => Clamp(min, max);

    /// <summary>min(max(x + 3, 0), 6) / 6.</summary>
    public Tensor Hardsigmoid() => (this + 3).Clamp(0, 6) / 6;

    /// <summary>x·min(max(x + 3, 0), 6) / 6. Howard et al., 2019.</summary>
    public Tensor Hardswish() => Ops.Hardswish.Apply(this, default);

    /// <summary>x where |x| is above lambda, else 0.</summary>
    public Tensor Hardshrink(double lambda = 0.5) => Where(Abs() <= lambda, Weak(0), this);

    /// <summary>x − lambda above lambda, x + lambda below −lambda, else 0.</summary>
    /// <exception cref="GradusException">lambda is negative.</exception>
    public Tensor Softshrink(double lambda = 0.5)
    {
        if (!(lambda >= 0)) throw new GradusException(FormattableString.Invariant($"softshrink: lambda is {lambda}, expected at least 0."));
        return this - Clamp(-lambda, lambda);
    }

    /// <summary>x − tanh x.</summary>
    public Tensor Tanhshrink() => Ops.Tanhshrink.Apply(this, default);

    /// <summary>x above the threshold, else a value.</summary>
    public Tensor Threshold(double threshold, double value) => Where(this <= threshold, Weak(value), this);

    /// <inheritdoc cref="Threshold(double, double)"/>
    public Tensor Threshold(long threshold, long value) => Where(this <= threshold, Weak(value), this);

    /// <summary>log(1 + e^(beta·x)) / beta, and x itself where beta·x is above the threshold and the two no longer differ.</summary>
    /// <exception cref="GradusException">beta is not positive.</exception>
    public Tensor Softplus(double beta = 1, double threshold = 20)
    {
        if (!(beta > 0)) throw new GradusException(FormattableString.Invariant($"softplus: beta is {beta}, expected more than 0."));
        return Ops.Softplus.Apply(this, new SoftplusArgs(beta, threshold));
    }

    /// <summary>x / (1 + |x|).</summary>
    public Tensor Softsign() => Ops.Softsign.Apply(this, default);

    /// <summary>log(1 / (1 + e⁻ˣ)), without overflow on the way.</summary>
    public Tensor LogSigmoid() => Ops.LogSigmoid.Apply(this, default);

    /// <summary>x·tanh(log(1 + eˣ)). Misra, 2019.</summary>
    public Tensor Mish() => Ops.Mish.Apply(this, default);

    /// <summary>½x·(1 + tanh(√(2/π)·(x + 0.044715x³))): the approximation of <see cref="Gelu"/> that GPT-2 was trained with.</summary>
    public Tensor GeluTanh() => Ops.GeluTanh.Apply(this, default);

    /// <summary>The first half of an axis times the sigmoid of the second: […, 2n, …] → […, n, …]. Dauphin et al., 2016.</summary>
    /// <exception cref="GradusException">The size of the axis is odd.</exception>
    public Tensor Glu(int axis = -1)
    {
        axis = Shape.Axis(axis, "glu");
        var half = Shape[axis] / 2;
        if (Shape[axis] % 2 != 0) throw new GradusException($"glu: axis {axis} of {Shape} has size {Shape[axis]}; two halves need an even one.");
        return Slice(axis, 0, half) * Slice(axis, half, half).Sigmoid();
    }

    /// <summary>e⁻ˣ / Σ e⁻ˣ along an axis.</summary>
    public Tensor Softmin(int axis = -1) => (-this).Softmax(axis);
}
