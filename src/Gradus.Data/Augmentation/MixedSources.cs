namespace Gradus.Data;

/// <summary>Sources whose samples are mixed in pairs, anew in each epoch. Class numbers become probabilities.</summary>
/// <remarks>
/// The partner of a sample is any of the source, not of the batch: what a sample becomes follows from seed, epoch and its number alone, and each batch reads
/// its partners too. Targets of probabilities want a loss that takes them, such as soft cross-entropy.
/// </remarks>
public static class MixedSources
{
    /// <summary>
    /// Input and target become λ times one's own and 1 − λ times the partner's, λ drawn from Beta(α, α). <i>Zhang et al. 2017, mixup.</i>
    /// </summary>
    /// <param name="source">
    /// Inputs f32 [samples, …] with class numbers, i32 [samples], or float targets f32 [samples, …]: probabilities of classes, or numbers.
    /// </param>
    /// <param name="options">How to mix. Default: null, those of <see cref="MixOptions"/>.</param>
    /// <returns>The inputs with targets f32 [samples, classes], or float targets of the shape that they had.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static IBatchSource<Labeled> MixUp(this IBatchSource<Labeled> source, MixOptions? options = null) =>
        new MixUpBatches(source, options ?? new MixOptions());

    /// <summary>
    /// A rectangle of the picture, of 1 − λ of its area, is that of the partner's, λ drawn from Beta(α, α); the target is mixed by the area. <i>Yun et al.
    /// 2019, CutMix.</i>
    /// </summary>
    /// <param name="source">
    /// Pictures f32 [samples, channels, height, width] with class numbers, i32 [samples], or probabilities of classes f32 [samples, classes].
    /// </param>
    /// <param name="options">How to mix. Default: null, those of <see cref="MixOptions"/>.</param>
    /// <returns>The pictures with targets f32 [samples, classes].</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static IBatchSource<Labeled> CutMix(this IBatchSource<Labeled> source, MixOptions? options = null) =>
        new CutMixBatches(source, options ?? new MixOptions());
}
