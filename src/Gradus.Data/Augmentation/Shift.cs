namespace Gradus.Data;

/// <summary>Moves a picture by whole pixels, up to so many in each direction.</summary>
public sealed record Shift : Augmentation
{
    /// <summary>The maximal number of pixels to the left or right. Default: 2.</summary>
    public int Horizontal { get; init; } = 2;

    /// <summary>The maximal number of pixels up or down. Default: 2.</summary>
    public int Vertical { get; init; } = 2;

    /// <summary>The value of what comes in from outside. Default: 0.</summary>
    public float Fill { get; init; }

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<float> picture, Span<float> result, PictureShape shape, SampleRandom random)
    {
        var right = random.Below((2 * Horizontal) + 1) - Horizontal;
        var down = random.Below((2 * Vertical) + 1) - Vertical;
        var kept = Math.Max(0, shape.Width - Math.Abs(right));
        for (var row = 0; row < shape.Channels * shape.Height; row++)
        {
            var target = result.Slice(row * shape.Width, shape.Width);
            target.Fill(Fill);
            var y = (row % shape.Height) - down;
            if ((uint)y >= (uint)shape.Height || kept == 0) continue;
            var source = picture.Slice((row - down) * shape.Width, shape.Width);
            source.Slice(Math.Max(0, -right), kept).CopyTo(target[Math.Max(0, right)..]);
        }
    }

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        Require(Horizontal is >= 0 and <= 1 << 14, Horizontal, nameof(Horizontal), "0 to 16384");
        Require(Vertical is >= 0 and <= 1 << 14, Vertical, nameof(Vertical), "0 to 16384");
    }
}
