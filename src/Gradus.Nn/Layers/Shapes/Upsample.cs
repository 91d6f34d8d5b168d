namespace Gradus.Nn;

/// <summary>Lines or images with more places: [N, C, …] → [N, C, …·factor].</summary>
/// <param name="factor">How many places become of one, along each axis.</param>
/// <param name="mode">What a place gets. Default: the nearest.</param>
/// <param name="alignCorners">
/// Whether the outermost places keep their values, for the modes that interpolate; else places are areas, as in images. Default false.
/// </param>
public sealed class Upsample(double factor, InterpolationMode mode = InterpolationMode.Nearest, bool alignCorners = false) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Rank == 4 || (input.Rank == 3 && mode != InterpolationMode.Cubic)
        ? input.Upsample(factor, mode, alignCorners)
        : throw Expect.Got(
            mode == InterpolationMode.Cubic ? "[samples, channels, height, width]" : "[samples, channels, time] or [samples, channels, height, width]", input);

    /// <inheritdoc/>
    protected override string Describe() =>
        FormattableString.Invariant(
            $"{factor}{(mode == InterpolationMode.Linear ? ", linear" : mode == InterpolationMode.Cubic ? ", cubic" : "")}") +
                (alignCorners ? ", corners aligned" : "");
}
