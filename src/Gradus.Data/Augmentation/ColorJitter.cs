namespace Gradus.Data;

/// <summary>
/// Changes brightness, contrast, saturation and hue at random, in this order, of pictures of numbers from 0 to 1: normalize after it. A gray picture has
/// neither saturation nor hue.
/// </summary>
public sealed record ColorJitter : Augmentation
{
    /// <summary>The maximal change of brightness, b: pixels are multiplied by a factor of max(0, 1 − b) to 1 + b. Default: 0.2.</summary>
    public double Brightness { get; init; } = 0.2;

    /// <summary>The maximal change of contrast: distances from the picture's mean gray are multiplied by such a factor. Default: 0.2.</summary>
    public double Contrast { get; init; } = 0.2;

    /// <summary>The maximal change of saturation: distances from the pixel's gray are multiplied by such a factor. Default: 0.2.</summary>
    public double Saturation { get; init; } = 0.2;

    /// <summary>The maximal change of hue to either side, in turns of the color circle, at most 0.5. Default: 0.02.</summary>
    public double Hue { get; init; } = 0.02;

    /// <inheritdoc/>
    public override PictureShape ShapeOf(PictureShape shape) => shape.Channels is 1 or 3
        ? shape
        : throw new GradusException($"color jitter: a picture {shape} has {shape.Channels} channels; expected 1, gray, or 3, red, green and blue.");

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<float> picture, Span<float> result, PictureShape shape, SampleRandom random)
    {
        var (brightness, contrast, saturation) = (Factor(Brightness, random), Factor(Contrast, random), Factor(Saturation, random));
        var hue = (float)random.Between(-Hue, Hue);
        for (var index = 0; index < picture.Length; index++)
        {
            var value = picture[index];
            if (value is < 0 or > 1)
            {
                throw new GradusException($"color jitter: a picture with a pixel of {value}; expected numbers from 0 to 1. Normalize pictures after it.");
            }

            result[index] = Math.Min(1, value * brightness);
        }

        Stretch(result, MeanGray(result, shape), contrast);
        if (shape.Channels != 3) return;
        for (var pixel = 0; pixel < shape.Pixels; pixel++)
        {
            ref var red = ref result[pixel];
            ref var green = ref result[pixel + shape.Pixels];
            ref var blue = ref result[pixel + (2 * shape.Pixels)];
            var gray = Gray(red, green, blue);
            (red, green, blue) = (Stretched(red, gray, saturation), Stretched(green, gray, saturation), Stretched(blue, gray, saturation));
            if (hue != 0) Turn(ref red, ref green, ref blue, hue);
        }
    }

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        Require(Brightness is >= 0 and <= 100, Brightness, nameof(Brightness), "0 to 100");
        Require(Contrast is >= 0 and <= 100, Contrast, nameof(Contrast), "0 to 100");
        Require(Saturation is >= 0 and <= 100, Saturation, nameof(Saturation), "0 to 100");
        Require(Hue is >= 0 and <= 0.5, Hue, nameof(Hue), "0 to 0.5");
    }

    private static float Factor(double change, SampleRandom random) => (float)random.Between(Math.Max(0, 1 - change), 1 + change);

    private static float Gray(float red, float green, float blue) => (0.299f * red) + (0.587f * green) + (0.114f * blue);

    private static float MeanGray(ReadOnlySpan<float> picture, PictureShape shape)
    {
        var sum = 0.0;
        for (var pixel = 0; pixel < shape.Pixels; pixel++)
        {
            sum += shape.Channels == 1 ? picture[pixel] : Gray(picture[pixel], picture[pixel + shape.Pixels], picture[pixel + (2 * shape.Pixels)]);
        }

        return (float)(sum / shape.Pixels);
    }

    private static void Stretch(Span<float> picture, float middle, float factor)
    {
        foreach (ref var value in picture) value = Stretched(value, middle, factor);
    }

    private static float Stretched(float value, float middle, float factor) => Math.Clamp(middle + ((value - middle) * factor), 0, 1);

    /// <summary>Turns the hue of a pixel; the largest and the smallest of the three stay, and so do value and saturation.</summary>
    private static void Turn(ref float red, ref float green, ref float blue, float turns)
    {
        var most = Math.Max(red, Math.Max(green, blue));
        var range = most - Math.Min(red, Math.Min(green, blue));
        if (range == 0) return;
        var sixth = most == red ? (green - blue) / range : most == green ? 2 + ((blue - red) / range) : 4 + ((red - green) / range);
        sixth += 6 * turns;
        (red, green, blue) = (Part(5), Part(3), Part(1));

        // Of each primary: full within a sixth of the circle to both sides, then falling to none within another.
        float Part(int offset)
        {
            var place = sixth + offset + 6;
            place -= 6 * MathF.Floor(place / 6);
            return most - (range * Math.Clamp(Math.Min(place, 4 - place), 0, 1));
        }
    }
}
