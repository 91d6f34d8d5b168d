namespace Gradus.Data;

/// <summary>What a picture goes on with beyond its edges.</summary>
public enum PictureEdge
{
    /// <summary>One value.</summary>
    Fill,

    /// <summary>The pixel at the edge.</summary>
    Nearest,

    /// <summary>The picture mirrored; the pixel at the edge comes once.</summary>
    Reflect,
}

/// <summary>Adds a border around a picture and cuts a part of given size from it at a random place.</summary>
public sealed record RandomCrop : Augmentation
{
    /// <summary>The height of the part. Default: null, that of the picture.</summary>
    public int? Height { get; init; }

    /// <summary>The width of the part. Default: null, that of the picture.</summary>
    public int? Width { get; init; }

    /// <summary>The width of the border on each side, in pixels. Default: 4.</summary>
    public int Padding { get; init; } = 4;

    /// <summary>What the border is. Default: <see cref="PictureEdge.Fill"/>.</summary>
    public PictureEdge Edge { get; init; } = PictureEdge.Fill;

    /// <summary>The value of a filled border. Default: 0.</summary>
    public float Fill { get; init; }

    /// <inheritdoc/>
    public override PictureShape ShapeOf(PictureShape shape)
    {
        var result = shape with { Height = Height ?? shape.Height, Width = Width ?? shape.Width };
        var (height, width) = ((long)shape.Height + (2L * Padding), (long)shape.Width + (2L * Padding));
        if (result.Height > height || result.Width > width)
        {
            throw new GradusException($"random crop: a picture {shape} with a border of {Padding} is {height} × {width}, " +
                $"smaller than the part of {result.Height} × {result.Width}. Take a smaller part or a wider border.");
        }

        if (Edge == PictureEdge.Reflect && Padding >= Math.Min(shape.Height, shape.Width))
            throw new GradusException($"random crop: a picture {shape} is too small for a mirrored border of {Padding}. Take a narrower one.");
        return result;
    }

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<float> picture, Span<float> result, PictureShape shape, SampleRandom random)
    {
        var part = ShapeOf(shape);
        var top = random.Below(shape.Height + (2 * Padding) - part.Height + 1) - Padding;
        var left = random.Below(shape.Width + (2 * Padding) - part.Width + 1) - Padding;
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            for (var y = 0; y < part.Height; y++)
            {
                var row = Place(top + y, shape.Height);
                var target = result.Slice(((channel * part.Height) + y) * part.Width, part.Width);
                if (row < 0)
                {
                    target.Fill(Fill);
                    continue;
                }

                var source = picture.Slice(((channel * shape.Height) + row) * shape.Width, shape.Width);
                for (var x = 0; x < target.Length; x++)
                {
                    var column = Place(left + x, shape.Width);
                    target[x] = column < 0 ? Fill : source[column];
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        Require(Height is null or >= 1, Height ?? 0, nameof(Height), "at least 1");
        Require(Width is null or >= 1, Width ?? 0, nameof(Width), "at least 1");
        Require(Padding is >= 0 and <= 1 << 14, Padding, nameof(Padding), "0 to 16384");
        Require(Enum.IsDefined(Edge), Edge, nameof(Edge), "Fill, Nearest or Reflect");
    }

    /// <summary>Where a place beyond the edge is read; below 0 where it is filled.</summary>
    private int Place(int place, int length) =>
        (uint)place < (uint)length ? place
        : Edge == PictureEdge.Fill ? -1
        : Edge == PictureEdge.Nearest ? Math.Clamp(place, 0, length - 1)
        : place < 0 ? -place
        : (2 * (length - 1)) - place;
}
