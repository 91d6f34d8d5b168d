namespace Gradus.Data;

/// <summary>Mirrors half of the pictures, left to right.</summary>
public sealed record HorizontalFlip : Augmentation
{
    /// <summary>Half of the pictures.</summary>
    public HorizontalFlip() => Probability = 0.5;

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<float> picture, Span<float> result, PictureShape shape, SampleRandom random)
    {
        picture.CopyTo(result);
        for (var row = 0; row < shape.Channels * shape.Height; row++) result.Slice(row * shape.Width, shape.Width).Reverse();
    }
}
