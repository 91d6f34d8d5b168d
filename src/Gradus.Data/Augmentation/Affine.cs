namespace Gradus.Data;

/// <summary>Turns a picture about its center by a random angle, with bilinear interpolation.</summary>
public sealed record Rotate : Augmentation
{
    /// <summary>The maximal angle to either side, in degrees. Default: 15.</summary>
    public double Degrees { get; init; } = 15;

    /// <summary>The value of what comes in from outside. Default: 0.</summary>
    public float Fill { get; init; }

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<float> picture, Span<float> result, PictureShape shape, SampleRandom random) =>
        new PictureMap(random.Between(-Degrees, Degrees), scale: 1, 0, 0, 0, 0).Draw(picture, result, shape, Fill);

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        Require(Degrees is >= 0 and <= 360, Degrees, nameof(Degrees), "0 to 360");
    }
}

/// <summary>Shears, scales, turns and moves a picture at random, with bilinear interpolation.</summary>
public sealed record Affine : Augmentation
{
    /// <summary>The maximal angle to either side, in degrees. Default: 10.</summary>
    public double Degrees { get; init; } = 10;

    /// <summary>The smallest scale, above 0. Default: 0.9.</summary>
    public double MinScale { get; init; } = 0.9;

    /// <summary>The largest scale. Default: 1.1.</summary>
    public double MaxScale { get; init; } = 1.1;

    /// <summary>The maximal angle of shearing to either side, along each of both axes, in degrees, below 45. Default: 5.</summary>
    public double Shear { get; init; } = 5;

    /// <summary>The maximal move to either side, along each axis, as a share of the picture. Default: 0.1.</summary>
    public double Translate { get; init; } = 0.1;

    /// <summary>The value of what comes in from outside. Default: 0.</summary>
    public float Fill { get; init; }

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<float> picture, Span<float> result, PictureShape shape, SampleRandom random)
    {
        var degrees = random.Between(-Degrees, Degrees);
        var scale = random.Between(MinScale, MaxScale);
        var (shearX, shearY) = (random.Between(-Shear, Shear), random.Between(-Shear, Shear));
        var right = random.Between(-Translate, Translate) * shape.Width;
        var down = random.Between(-Translate, Translate) * shape.Height;
        new PictureMap(degrees, scale, shearX, shearY, right, down).Draw(picture, result, shape, Fill);
    }

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        Require(Degrees is >= 0 and <= 360, Degrees, nameof(Degrees), "0 to 360");
        Require(MinScale is >= 0.001 and <= 1000, MinScale, nameof(MinScale), "0.001 to 1000");
        Require(MaxScale >= MinScale && MaxScale <= 1000, MaxScale, nameof(MaxScale), "MinScale to 1000");
        Require(Shear is >= 0 and < 45, Shear, nameof(Shear), "0 to below 45");
        RequireShare(Translate, nameof(Translate));
    }
}
