namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>
    /// Two-dimensional convolution (cross-correlation): out[n, o, p, q] = Σ over (c, i, j) of x[n, c, p·stride + i·dilation − padding, …] · w[o, c, i, j], +
    /// b[o].
    /// </summary>
    /// <remarks>[N, C, H, W] → [N, O, H′, W′] with H′ = ⌊(H + 2·padding − dilation·(h − 1) − 1) / stride⌋ + 1. Padding takes part as zeros.</remarks>
    /// <param name="weight">w, shaped [O, C / groups, h, w].</param>
    /// <param name="bias">b, shaped [O], or none.</param>
    /// <param name="options">Stride, padding, dilation, groups; the defaults if left out.</param>
    /// <exception cref="GradusException">The shapes do not fit each other or the options.</exception>
    public Tensor Conv2d(Tensor weight, Tensor? bias = null, ConvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(weight);
        options ??= ConvOptions.Default;
        return Ops.Conv2d.Apply(this, weight, bias, options);
    }

    /// <summary>
    /// One-dimensional convolution: [N, C, L] and w [O, C / groups, l] → [N, O, L′]. The width of the options counts; it is <see cref="Conv2d"/> with height 1.
    /// </summary>
    /// <param name="weight">w, shaped [O, C / groups, l].</param>
    /// <param name="bias">b, shaped [O], or none.</param>
    /// <param name="options">Stride, padding, dilation (their widths), groups; the defaults if left out.</param>
    /// <exception cref="GradusException">The shapes do not fit each other or the options.</exception>
    public Tensor Conv1d(Tensor weight, Tensor? bias = null, ConvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (Rank != 3 || weight.Rank != 3)
        {
            throw new GradusException(
                $"conv1d: the input is {Describe()}, the weight {weight.Describe()}; " +
                "expected [samples, channels, length] and [filters, channels / groups, length].");
        }

        return Unsqueeze(2).Conv2d(weight.Unsqueeze(2), bias, (options ?? ConvOptions.Default).AlongWidth()).Squeeze(2);
    }

    /// <summary>
    /// Transposed convolution: each element of x spreads its share of w over a window, and windows add up. The adjoint of <see cref="Conv2d"/>.
    /// </summary>
    /// <remarks>[N, C, H, W] → [N, O, H′, W′] with H′ = (H − 1)·stride − 2·padding + dilation·(h − 1) + 1 + outputPadding.</remarks>
    /// <param name="weight">w, shaped [C, O / groups, h, w].</param>
    /// <param name="bias">b, shaped [O], or none.</param>
    /// <param name="options">Those of the convolution whose adjoint this is; the defaults if left out.</param>
    /// <param name="outputPadding">
    /// Rows and columns added to the result at its end, fewer than the stride or the dilation: with a stride, several sizes have the same convolution, and this
    /// chooses.
    /// </param>
    /// <exception cref="GradusException">The shapes do not fit each other or the options.</exception>
    public Tensor ConvTranspose2d(Tensor weight, Tensor? bias = null, ConvOptions? options = null, Size2 outputPadding = default)
    {
        ArgumentNullException.ThrowIfNull(weight);
        options ??= ConvOptions.Default;
        options.Validate("convTranspose2d");
        if (Rank != 4 || weight.Rank != 4)
        {
            throw new GradusException(
                $"convTranspose2d: the input is {Describe()}, the weight {weight.Describe()}; " +
                "expected [images, channels, height, width] and [channels, filters / groups, height, width].");
        }

        if (Shape[1] != weight.Shape[0])
        {
            throw new GradusException(
                $"convTranspose2d: the input is {Describe()}, the weight {weight.Describe()} expects {weight.Shape[0]} channels, got {Shape[1]}.");
        }

        if (Shape[1] % options.Groups != 0)
        {
            throw new GradusException(FormattableString.Invariant($"convTranspose2d: {Shape[1]} channels cannot be divided into {options.Groups} groups."));
        }

        var filters = weight.Shape[1] * options.Groups;
        if (bias is not null && (bias.Rank != 1 || bias.Shape[0] != filters))
        {
            throw new GradusException($"convTranspose2d: the bias is {bias.Describe()}, expected [{filters}].");
        }

        var height = Extent(Shape[2], weight.Shape[2], options.Stride.Height, options.Padding.Height, options.Dilation.Height, outputPadding.Height);
        var width = Extent(Shape[3], weight.Shape[3], options.Stride.Width, options.Padding.Width, options.Dilation.Width, outputPadding.Width);
        // From a stride on, the result has windows of its own that no place of the input belongs to: it is cut out of the whole.
        var result = outputPadding.Height >= options.Stride.Height || outputPadding.Width >= options.Stride.Width
            ? ConvTranspose2d(weight, null, options with { Padding = 0 }).Pad([
                (-options.Padding.Height, outputPadding.Height - options.Padding.Height),
                (-options.Padding.Width, outputPadding.Width - options.Padding.Width)])
            : Ops.ConvTranspose2d.Apply(this, weight, new ConvAdjointArgs(options, [Shape[0], filters, height, width]));
        return bias is null ? result : result + bias.Reshape(-1, 1, 1);

        int Extent(int size, int kernel, int stride, int padding, int dilation, int more)
        {
            var most = Math.Max(stride, dilation) - 1;
            if (more < 0 || more > most)
            {
                throw new GradusException(FormattableString.Invariant(
                    $"convTranspose2d: an output padding of {more} with a stride of {stride}{(dilation > stride
                        ? FormattableString.Invariant($" and a dilation of {dilation}")
                        : "")}; expected 0 … {most}."));
            }

            var extent = ((size - 1L) * stride) - (2L * padding) + ((long)dilation * (kernel - 1)) + 1 + more;
            return extent >= 1 && size > 0 && kernel > 0
                ? Shape.Size(extent, "convTranspose2d")
                : throw new GradusException($"convTranspose2d: the input is {Describe()}, " +
                    $"too small for a kernel of {weight.Shape[2]}×{weight.Shape[3]}{WindowKernels.After(options.ToString())}.");
        }
    }

    /// <summary>
    /// Transposed one-dimensional convolution: [N, C, L] and w [C, O / groups, l] → [N, O, L′]. The width of the options counts; it is
    /// <see cref="ConvTranspose2d"/> with height 1.
    /// </summary>
    /// <param name="weight">w, shaped [C, O / groups, l].</param>
    /// <param name="bias">b, shaped [O], or none.</param>
    /// <param name="options">Those of the convolution whose adjoint this is (their widths); the defaults if left out.</param>
    /// <param name="outputPadding">Positions added to the result at its end, fewer than the stride or the dilation.</param>
    /// <exception cref="GradusException">The shapes do not fit each other or the options.</exception>
    public Tensor ConvTranspose1d(Tensor weight, Tensor? bias = null, ConvOptions? options = null, int outputPadding = 0)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (Rank != 3 || weight.Rank != 3)
        {
            throw new GradusException(
                $"convTranspose1d: the input is {Describe()}, the weight {weight.Describe()}; " +
                "expected [samples, channels, length] and [channels, filters / groups, length].");
        }

        return Unsqueeze(2).ConvTranspose2d(weight.Unsqueeze(2), bias, (options ?? ConvOptions.Default).AlongWidth(), (0, outputPadding)).Squeeze(2);
    }
}
