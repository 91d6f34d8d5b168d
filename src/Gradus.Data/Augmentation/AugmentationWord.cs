using System.Globalization;

namespace Gradus.Data;

/// <summary>An augmentation as a word, with one size after a colon where it has one: <c>flip</c>, <c>rotate:15</c>.</summary>
/// <param name="Name">The word.</param>
internal sealed record AugmentationWord(string Name)
{
    /// <summary>All words, in the order of help texts.</summary>
    public static readonly AugmentationWord[] All =
    [
        new("crop") { Size = "PIXELS", Default = 4, Most = 1 << 14, IsWhole = true, Change = static size => new RandomCrop { Padding = (int)size } },
        new("flip") { Change = static _ => new HorizontalFlip() },
        new("flip-vertical") { Change = static _ => new VerticalFlip() },
        new("shift")
        {
            Size = "PIXELS", Default = 2, Most = 1 << 14, IsWhole = true, Change = static size => new Shift { Horizontal = (int)size, Vertical = (int)size },
        },
        new("rotate") { Size = "DEGREES", Default = 15, Most = 360, Change = static size => new Rotate { Degrees = size } },
        new("affine") { Size = "DEGREES", Default = 10, Most = 360, Change = static size => new Affine { Degrees = size } },
        new("color")
        {
            Size = "STRENGTH", Default = 0.2, Most = 1,
            Change = static size => new ColorJitter { Brightness = size, Contrast = size, Saturation = size, Hue = size / 10 },
        },
        new("erase")
        {
            Size = "AREA", Default = 0.33, Most = 1, Change = static size => new Erase { MinArea = Math.Min(size, new Erase().MinArea), MaxArea = size },
        },
        new("mixup") { Size = "ALPHA", Default = 0.2, Least = 0.01, Most = 1000, Mix = MixedSources.MixUp },
        new("cutmix") { Size = "ALPHA", Default = 1, Least = 0.01, Most = 1000, Mix = MixedSources.CutMix },
    ];

    /// <summary>What the size is, in capitals; null where there is none.</summary>
    public string? Size { get; init; }

    /// <summary>The size where none is told.</summary>
    public double Default { get; init; }

    /// <summary>The smallest size.</summary>
    public double Least { get; init; }

    /// <summary>The largest size.</summary>
    public double Most { get; init; }

    /// <summary>Whether the size is a whole number.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Makes what changes each picture by itself; null for what mixes pictures.</summary>
    public Func<double, Augmentation>? Change { get; init; }

    /// <summary>Mixes the samples of a source; null for what changes each by itself.</summary>
    public Func<IBatchSource<Labeled>, MixOptions?, IBatchSource<Labeled>>? Mix { get; init; }

    /// <summary>The word as help texts have it: <c>rotate:DEGREES</c>.</summary>
    public string Usage => Size is null ? Name : $"{Name}:{Size}";

    /// <summary>The word with a size.</summary>
    public string With(double size) => Size is null ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name}:{size}");

    /// <summary>The size in a text behind the colon; null where it is none.</summary>
    public double? SizeOf(string text)
    {
        var style = IsWhole ? NumberStyles.None : NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, style, CultureInfo.InvariantCulture, out var size) && size >= Least && size <= Most ? size : null;
    }

    /// <summary>What is expected of the size: <c>a whole number from 0 to 16384</c>.</summary>
    public string Range => string.Create(CultureInfo.InvariantCulture, $"a {(IsWhole ? "whole number" : "number")} from {Least} to {Most}");
}
