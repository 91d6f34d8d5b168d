namespace Gradus.Data;

/// <summary>Mirrors half of the pictures, top to bottom.</summary>
public sealed record VerticalFlip : Augmentation
{
    /// <summary>Half of the pictures.</summary>
    public VerticalFlip() => Probability = 0.5;

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<float> picture, Span<float> result, PictureShape shape, SampleRandom random)
    {
        for (var row = 0; row < shape.Channels * shape.Height; row++)
        {
            var y = row % shape.Height;
            var other = row - y + (shape.Height - 1 - y);
            picture.Slice(other * shape.Width, shape.Width).CopyTo(result[(row * shape.Width)..]);
        }
    }
}
