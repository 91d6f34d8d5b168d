namespace Gradus.Data;

/// <summary>Covers a random rectangle of half of the pictures with one value. <i>Zhong et al. 2017, Random Erasing.</i></summary>
public sealed record Erase : Augmentation
{
    /// <summary>Half of the pictures.</summary>
    public Erase() => Probability = 0.5;

    /// <summary>The smallest area, as a share of the picture. Default: 0.02.</summary>
    public double MinArea { get; init; } = 0.02;

    /// <summary>The largest area, as a share of the picture; more than the picture holds is cut off. Default: 0.33.</summary>
    public double MaxArea { get; init; } = 0.33;

    /// <summary>
    /// The largest ratio of the longer to the shorter side, at least 1; the logarithm of the ratio of height to width is uniform. Default: 3.
    /// </summary>
    public double MaxRatio { get; init; } = 3;

    /// <summary>The value that covers. Default: 0.</summary>
    public float Value { get; init; }

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<float> picture, Span<float> result, PictureShape shape, SampleRandom random)
    {
        picture.CopyTo(result);
        var area = random.Between(MinArea, MaxArea) * shape.Pixels;
        var ratio = PortableMath.Pow(MaxRatio, random.Between(-1, 1));
        var height = Length(Math.Sqrt(area * ratio), shape.Height);
        var width = Length(Math.Sqrt(area / ratio), shape.Width);
        var (top, left) = (random.Below(shape.Height - height + 1), random.Below(shape.Width - width + 1));
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            for (var y = top; y < top + height; y++) result.Slice((((channel * shape.Height) + y) * shape.Width) + left, width).Fill(Value);
        }

        static int Length(double length, int most) => (int)Math.Clamp(length + 0.5, 1, most);
    }

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        RequireShare(MinArea, nameof(MinArea));
        Require(MaxArea >= MinArea && MaxArea <= 1, MaxArea, nameof(MaxArea), "MinArea to 1");
        Require(MaxRatio is >= 1 and <= 1000, MaxRatio, nameof(MaxRatio), "1 to 1000");
    }
}
