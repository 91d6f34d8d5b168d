namespace Gradus.Data;

/// <summary>Changes pictures at random without changing what they show. Derive from it for one of your own.</summary>
/// <remarks>What happens to a picture follows from the random numbers of the sample alone, see <see cref="SampleRandom"/>.</remarks>
public abstract record Augmentation
{
    /// <summary>The share of the pictures that are changed, 0 to 1; the others stay as they are. Default: 1, of flips and erasing 0.5.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>The sizes of the result. Default: those of the picture.</summary>
    /// <param name="shape">The sizes of the picture.</param>
    /// <exception cref="GradusException">Such a picture cannot be changed so.</exception>
    public virtual PictureShape ShapeOf(PictureShape shape) => shape;

    /// <summary>Changes a picture.</summary>
    /// <param name="picture">The picture, [channels, height, width].</param>
    /// <param name="result">Takes the result, of the sizes that <see cref="ShapeOf"/> says; not zeroed.</param>
    /// <param name="shape">The sizes of the picture.</param>
    /// <param name="random">The random numbers of the sample for this augmentation.</param>
    public abstract void Apply(ReadOnlySpan<float> picture, Span<float> result, PictureShape shape, SampleRandom random);

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public virtual void Check() => RequireShare(Probability, nameof(Probability));

    /// <inheritdoc/>
    public sealed override string ToString() => RecordText.Of(GetType().Name, PrintMembers);

    /// <exception cref="ArgumentOutOfRangeException">An option is not from 0 to 1.</exception>
    private protected static void RequireShare(double value, string option) => Require(value is >= 0 and <= 1, value, option, "0 to 1");

    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    private protected static void Require(bool isMet, object value, string option, string expected)
    {
        if (!isMet) throw new ArgumentOutOfRangeException(option, value, $"{option} must be {expected}.");
    }
}
