namespace Gradus.Nn;

/// <summary>Lines, images or volumes with more places: [N, C, …] → [N, C, …·factor].</summary>
/// <param name="factor">How many places become of one, along each axis.</param>
/// <param name="mode">What a place gets. Default: the nearest.</param>
/// <param name="alignCorners">
/// Whether the outermost places keep their values, for the modes that interpolate; else places are areas, as in images. Default false.
/// </param>
public sealed class Upsample(double factor, InterpolationMode mode = InterpolationMode.Nearest, bool alignCorners = false) : Layer<Tensor, Tensor>
{
    /// <summary>How often as large.</summary>
    internal double Factor => factor;

    /// <summary>How elements between others are made.</summary>
    internal InterpolationMode Mode => mode;

    /// <summary>Whether the outermost elements stay where they are.</summary>
    internal bool AlignsCorners => alignCorners;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) =>
        (mode == InterpolationMode.Cubic ? Expect.Images(input) : Expect.AnySpatial(input)).Upsample(factor, mode, alignCorners);

    /// <inheritdoc/>
    protected override string Describe() =>
        FormattableString.Invariant(
            $"{factor}{(mode == InterpolationMode.Linear ? ", linear" : mode == InterpolationMode.Cubic ? ", cubic" : "")}") +
                (alignCorners ? ", corners aligned" : "");
}
