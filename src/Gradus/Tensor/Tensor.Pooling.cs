namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>The mean of each window: [N, C, H, W] → [N, C, H′, W′], sizes as in <see cref="Conv2d"/>.</summary>
    /// <param name="kernel">The size of a window.</param>
    /// <param name="stride">Positions from one window to the next; the kernel's size if left out.</param>
    /// <param name="padding">Zeros around the image; at most half of the kernel.</param>
    /// <param name="countPadding">Whether the padding's zeros count in the mean. Default: true.</param>
    /// <param name="ceilMode">Whether the last window may reach beyond the padding, as long as it begins before: sizes are rounded up. Default: false.</param>
    /// <exception cref="GradusException">The windows do not fit.</exception>
    public Tensor AvgPool2d(Size2 kernel, Size2? stride = null, Size2 padding = default, bool countPadding = true, bool ceilMode = false)
    {
        var args = new PoolArgs(kernel, stride ?? kernel, padding, 1, countPadding);
        return ceilMode ? AveragedBeyond(args) : Ops.AvgPool2d.Apply(this, args);
    }

    /// <summary>
    /// The greatest element of each window: [N, C, L] → [N, C, L′], L′ as in <see cref="Conv1d"/>. The gradient goes to the first of equal elements.
    /// </summary>
    /// <param name="kernel">The size of a window.</param>
    /// <param name="stride">Positions from one window to the next; the kernel's size if left out.</param>
    /// <param name="padding">Positions around the line that never win; at most half of the kernel.</param>
    /// <param name="dilation">Positions from one tap of a window to the next.</param>
    /// <param name="ceilMode">Whether the last window may reach beyond the padding, as long as it begins before: sizes are rounded up. Default: false.</param>
    /// <exception cref="GradusException">The windows do not fit.</exception>
    public Tensor MaxPool1d(int kernel, int? stride = null, int padding = 0, int dilation = 1, bool ceilMode = false) =>
        Flat("maxPool1d").MaxPool2d((1, kernel), (1, stride ?? kernel), (0, padding), (1, dilation), ceilMode).Squeeze(2);

    /// <summary>The mean of each window: [N, C, L] → [N, C, L′].</summary>
    /// <param name="kernel">The size of a window.</param>
    /// <param name="stride">Positions from one window to the next; the kernel's size if left out.</param>
    /// <param name="padding">Zeros around the line; at most half of the kernel.</param>
    /// <param name="countPadding">Whether the padding's zeros count in the mean. Default: true.</param>
    /// <param name="ceilMode">Whether the last window may reach beyond the padding, as long as it begins before: sizes are rounded up. Default: false.</param>
    /// <exception cref="GradusException">The windows do not fit.</exception>
    public Tensor AvgPool1d(int kernel, int? stride = null, int padding = 0, bool countPadding = true, bool ceilMode = false) =>
        Flat("avgPool1d").AvgPool2d((1, kernel), (1, stride ?? kernel), (0, padding), countPadding, ceilMode).Squeeze(2);

    /// <summary>The p-norm of each window, (Σ|x|ᵖ)^(1/p): [N, C, H, W] → [N, C, H′, W′]. Where it is 0 the gradient is 0.</summary>
    /// <param name="p">The power, finite and above 0.</param>
    /// <param name="kernel">The size of a window.</param>
    /// <param name="stride">Positions from one window to the next; the kernel's size if left out.</param>
    /// <param name="ceilMode">
    /// Whether the last window may reach beyond the input: sizes are rounded up. Its sum counts as if it were whole, as PyTorch has it. Default: false.
    /// </param>
    /// <exception cref="GradusException">The windows do not fit, or the power is not positive.</exception>
    public Tensor LpPool2d(double p, Size2 kernel, Size2? stride = null, bool ceilMode = false) =>
        Powers(p, (double)kernel.Height * kernel.Width, powers => powers.AvgPool2d(kernel, stride, ceilMode: ceilMode));

    /// <summary>The p-norm of each window, (Σ|x|ᵖ)^(1/p): [N, C, L] → [N, C, L′].</summary>
    /// <inheritdoc cref="LpPool2d"/>
    public Tensor LpPool1d(double p, int kernel, int? stride = null, bool ceilMode = false) =>
        Flat("lpPool1d").LpPool2d(p, (1, kernel), (1, stride ?? kernel), ceilMode).Squeeze(2);

    /// <summary>
    /// The greatest element of each window and where it was found: the number of its place in the plane, row · W + column (i64), which
    /// <see cref="MaxUnpool2d"/> takes.
    /// </summary>
    /// <inheritdoc cref="MaxPool2d"/>
    public (Tensor Value, Tensor Index) MaxPool2dWithIndex(
        Size2 kernel, Size2? stride = null, Size2 padding = default, Size2? dilation = null, bool ceilMode = false)
    {
        var args = new PoolArgs(kernel, stride ?? kernel, padding, dilation ?? 1, CountPadding: false);
        var seen = ceilMode ? Detach().Beyond(args, double.NegativeInfinity) : Detach();
        var index = Ops.MaxPool2dIndex.Apply(seen, args);
        if (seen.Shape != Shape) index = PlacesWithin(seen).IndexSelect(0, index.Flatten()).Reshape(index.Shape);
        return (To(Promotion.Real(DType)).Flatten(2).Gather(2, index.Flatten(2)).Reshape(index.Shape), index);
    }

    /// <summary>The greatest element of each window and its position (i64): [N, C, L] → [N, C, L′].</summary>
    /// <inheritdoc cref="MaxPool1d"/>
    public (Tensor Value, Tensor Index) MaxPool1dWithIndex(int kernel, int? stride = null, int padding = 0, int dilation = 1, bool ceilMode = false)
    {
        var (value, index) = Flat("maxPool1d").MaxPool2dWithIndex((1, kernel), (1, stride ?? kernel), (0, padding), (1, dilation), ceilMode);
        return (value.Squeeze(2), index.Squeeze(2));
    }

    /// <summary>
    /// Zeros of a given height and width, with each element at the place that <see cref="MaxPool2dWithIndex"/> found it: [N, C, H′, W′] → [N, C, H, W]. Of
    /// equal places the last wins.
    /// </summary>
    /// <param name="index">The places, of this tensor's shape.</param>
    /// <param name="size">The height and width of the image that was pooled.</param>
    /// <exception cref="GradusException">The shapes differ, or a place lies outside the image.</exception>
    public Tensor MaxUnpool2d(Tensor index, Size2 size)
    {
        ArgumentNullException.ThrowIfNull(index);
        if (Rank != 4 || index.Shape != Shape)
        {
            throw new GradusException(
                $"maxUnpool2d: the values are {Describe()}, the places {index.Describe()}; expected both [images, channels, height, width].");
        }

        if (!size.IsAtLeast(0)) throw new GradusException($"maxUnpool2d: planes of {size}; no size may be negative.");
        var zeros = Zeros([Shape[0], Shape[1], Shape.Size((long)size.Height * size.Width, "maxUnpool2d")], DType);
        return zeros.Scatter(2, index.Flatten(2), Flatten(2)).Reshape(Shape[0], Shape[1], size.Height, size.Width);
    }

    /// <summary>Zeros of a given length, with each element at the position that <see cref="MaxPool1dWithIndex"/> found it: [N, C, L′] → [N, C, L].</summary>
    /// <param name="index">The positions, of this tensor's shape.</param>
    /// <param name="size">The length of the line that was pooled.</param>
    /// <exception cref="GradusException">The shapes differ, or a position lies outside the line.</exception>
    public Tensor MaxUnpool1d(Tensor index, int size)
    {
        ArgumentNullException.ThrowIfNull(index);
        if (Rank != 3 || index.Shape != Shape)
        {
            throw new GradusException(
                $"maxUnpool1d: the values are {Describe()}, the positions {index.Describe()}; expected both [samples, channels, length].");
        }

        return Unsqueeze(2).MaxUnpool2d(index.Unsqueeze(2), (1, size)).Squeeze(2);
    }

    private Tensor Powers(double p, double count, Func<Tensor, Tensor> mean)
    {
        if (!(p > 0) || double.IsInfinity(p))
        {
            throw new GradusException(FormattableString.Invariant($"lpPool: the power is {p}; expected a finite number above 0. For infinity use MaxPool."));
        }

        if (DType.IsHalf) return To(DType.Float32).Powers(p, count, mean).To(DType);
        var powers = p == 2 ? To(Promotion.Real(DType)).Square() : To(Promotion.Real(DType)).Abs().Pow(p);
        return Deviations.Root(mean(powers) * count, p);
    }

    /// <summary>An image of one row: [N, C, L] → [N, C, 1, L].</summary>
    private Tensor Flat(string operation) =>
        Rank == 3 ? Unsqueeze(2) : throw new GradusException($"{operation}: the input is {Describe()}, expected [samples, channels, length].");
}
