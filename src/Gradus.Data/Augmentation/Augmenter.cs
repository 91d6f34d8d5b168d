namespace Gradus.Data;

/// <summary>Several augmentations, one after another. What happens to a picture follows from seed, epoch and the picture's number alone.</summary>
/// <remarks>Immutable; safe to use from several threads. A step that is added at the end leaves the draws of the others as they were.</remarks>
public sealed class Augmenter
{
    private readonly ulong _seed;
    private readonly Augmentation[] _steps;
    private readonly string[] _streams;

    /// <summary>Prepares augmentations.</summary>
    /// <param name="seed">The seed of all draws.</param>
    /// <param name="steps">The augmentations, in their order.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public Augmenter(ulong seed, params ReadOnlySpan<Augmentation> steps) : this(seed, first: 0, steps)
    {
    }

    /// <summary>Prepares augmentations of which others come first.</summary>
    /// <param name="seed">The seed of all draws.</param>
    /// <param name="first">The number of the first, by which its draws are named.</param>
    /// <param name="steps">The augmentations, in their order.</param>
    internal Augmenter(ulong seed, int first, ReadOnlySpan<Augmentation> steps)
    {
        (_seed, _steps, _streams) = (seed, steps.ToArray(), new string[steps.Length]);
        for (var step = 0; step < steps.Length; step++)
        {
            ArgumentNullException.ThrowIfNull(steps[step], nameof(steps));
            steps[step].Check();
            _streams[step] = SampleRandom.StreamOf($"augmentation {first + step}");
        }
    }

    /// <summary>Changes a picture, or each picture of a batch.</summary>
    /// <param name="pictures">A picture f32 [channels, height, width], or a batch of them, [samples, channels, height, width].</param>
    /// <param name="samples">The number of each picture.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <returns>A new tensor.</returns>
    /// <exception cref="GradusException">These are no pictures, not as many as numbers, or they cannot be changed so.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 0.</exception>
    public Tensor Apply(Tensor pictures, ReadOnlySpan<int> samples, int epoch)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        var shape = PictureBatch.ShapeOf(pictures, samples.Length, "augment");
        var shapes = new PictureShape[_steps.Length + 1];
        shapes[0] = shape;
        for (var step = 0; step < _steps.Length; step++) shapes[step + 1] = Next(_steps[step], shapes[step]);
        var scratch = shapes.Max(static shape => shape.Count);
        var (first, second) = (new float[scratch], new float[scratch]);

        var result = PictureBatch.Like(pictures, shapes[^1]);
        var source = PictureBatch.Read(pictures);
        var target = result.Writable<float>();
        for (var index = 0; index < samples.Length; index++)
        {
            source.Slice(index * shape.Count, shape.Count).CopyTo(first);
            for (var step = 0; step < _steps.Length; step++)
            {
                var random = SampleRandom.Of(_streams[step], _seed, epoch, samples[index]);
                if (!random.Chance(_steps[step].Probability)) continue;
                _steps[step].Apply(first.AsSpan(0, shapes[step].Count), second.AsSpan(0, shapes[step + 1].Count), shapes[step], random);
                (first, second) = (second, first);
            }

            first.AsSpan(0, shapes[^1].Count).CopyTo(target[(index * shapes[^1].Count)..]);
        }

        GC.KeepAlive(pictures);
        result.Own(TensorScope.Current);
        return result;
    }

    /// <inheritdoc cref="Apply(Tensor, ReadOnlySpan{int}, int)"/>
    /// <param name="picture">A picture f32 [channels, height, width].</param>
    /// <param name="sample">Its number.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    public Tensor Apply(Tensor picture, int sample, int epoch) => Apply(picture, [sample], epoch);

    /// <inheritdoc/>
    public override string ToString() => string.Join(" → ", _steps.AsEnumerable());

    private static PictureShape Next(Augmentation step, PictureShape shape)
    {
        var next = step.ShapeOf(shape);
        return next == shape || step.Probability == 1
            ? next
            : throw new GradusException($"augment: {step} changes pictures {shape} to {next}, but only some. Leave {nameof(step.Probability)} at 1.");
    }
}
