namespace Gradus.Data;

/// <summary>Sources of pictures that are changed at random, anew in each epoch.</summary>
public static class AugmentedSources
{
    /// <summary>
    /// Labeled pictures, changed at random: <c>data.Augment(seed: 1, new RandomCrop(), new HorizontalFlip())</c>. What happens to a sample follows from seed,
    /// epoch and its number in this source alone.
    /// </summary>
    /// <param name="source">Pictures f32 [samples, channels, height, width] with their targets, which stay.</param>
    /// <param name="seed">The seed of all draws.</param>
    /// <param name="steps">The augmentations, in their order.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static IBatchSource<Labeled> Augment(this IBatchSource<Labeled> source, ulong seed, params ReadOnlySpan<Augmentation> steps)
    {
        var augmenter = new Augmenter(seed, steps);
        return source.Map((batch, rows, epoch) => batch with { Input = augmenter.Apply(batch.Input, rows, epoch) });
    }

    /// <summary>Pictures, changed at random.</summary>
    /// <param name="source">Pictures f32 [samples, channels, height, width].</param>
    /// <param name="seed">The seed of all draws.</param>
    /// <param name="steps">The augmentations, in their order.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static IBatchSource<Tensor> Augment(this IBatchSource<Tensor> source, ulong seed, params ReadOnlySpan<Augmentation> steps)
    {
        var augmenter = new Augmenter(seed, steps);
        return source.Map(augmenter.Apply);
    }

    /// <summary>Single pictures, changed at random.</summary>
    /// <param name="source">Pictures f32 [channels, height, width].</param>
    /// <param name="seed">The seed of all draws.</param>
    /// <param name="steps">The augmentations, in their order.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static ISampleSource<Tensor> Augment(this ISampleSource<Tensor> source, ulong seed, params ReadOnlySpan<Augmentation> steps)
    {
        var augmenter = new Augmenter(seed, steps);
        return source.Map((picture, row, epoch) => augmenter.Apply(picture, row, epoch));
    }
}
