using System.Globalization;

namespace Gradus.Data;

/// <summary>How a picture of other proportions is brought to a size.</summary>
public enum PictureResize
{
    /// <summary>The middle of the picture is cut out, as large as the proportions allow.</summary>
    Crop,

    /// <summary>The whole picture is kept, with black beside it.</summary>
    Fit,

    /// <summary>The whole picture is kept and distorted.</summary>
    Stretch,
}

/// <summary>The size that pictures are brought to.</summary>
/// <param name="Height">Number of rows.</param>
/// <param name="Width">Pixels in a row.</param>
public readonly record struct PictureSize(int Height, int Width)
{
    /// <summary>The most rows, and the most pixels in a row.</summary>
    public const int Most = 2048;

    /// <summary>Parses a size: <c>32x48</c> is 32 rows of 48 pixels.</summary>
    /// <exception cref="FormatException">The text is no size.</exception>
    public static PictureSize Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('x');
        if (parts.Length == 2 && TryParse(parts[0], out var height) && TryParse(parts[1], out var width)) return new PictureSize(height, width);
        throw new FormatException($"'{PlainText.Quote(text)}' is no size of pictures; expected HEIGHTxWIDTH, such as 32x32, each from 1 to {Most}.");
    }

    /// <summary>The size as <see cref="Parse"/> takes it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Height}x{Width}");

    private static bool TryParse(string text, out int length) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out length) && length is >= 1 and <= Most;
}

/// <summary>The options of <see cref="PictureFolder"/>.</summary>
public sealed record PictureOptions
{
    /// <summary>The size that pictures are brought to. Default: 32 × 32.</summary>
    public PictureSize Size { get; init; } = new(32, 32);

    /// <summary>1 for gray, 3 for red, green and blue. Default: 3.</summary>
    public int Channels { get; init; } = 3;

    /// <summary>How a picture of other proportions is brought to the size. Default: its middle is cut out.</summary>
    public PictureResize Resize { get; init; } = PictureResize.Crop;

    /// <summary>
    /// The most pixels, width × height, that a file may have. Default: null, as many as are decoded in 64 MB and ten times the file, which a header
    /// that lies cannot exceed.
    /// </summary>
    public long? MaxPixels { get; init; }

    /// <summary>
    /// Whether pictures that cannot be read are left out, and told in <see cref="PictureFolder.Report"/>; all pictures are then decoded once at the
    /// beginning. Default: false, the first is an error.
    /// </summary>
    public bool SkipUnreadable { get; init; }

    /// <summary>Whether decoded pictures are kept in memory as bytes, so that each file is read once. Default: false.</summary>
    public bool Cache { get; init; }

    /// <summary>
    /// The file of labels in the folder: a CSV with the columns <c>file</c> and <c>label</c>. Default: null, <c>labels.csv</c> where there is one,
    /// else a folder a class.
    /// </summary>
    public string? Labels { get; init; }

    /// <summary>The classes in the order of their labels, such as those of a model. Default: null, those of the folder, in ordinal order.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>The fraction of the pictures for validation, from 0 to below 1, where there is no folder for it. Default: 0.1.</summary>
    public double ValidationShare { get; init; } = 0.1;

    /// <summary>The fraction of the pictures for the test, from 0 to below 1, where there is no folder for it. Default: 0.1.</summary>
    public double TestShare { get; init; } = 0.1;

    /// <summary>The seed of the split. Default: 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// Is told where all pictures of a folder are decoded at once how many there have been, every 1,000 and at the end, on the threads that decode, one
    /// report at a time. Default: null.
    /// </summary>
    public IProgress<PictureProgress>? Progress { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(PictureOptions), PrintMembers);

    internal void Check()
    {
        if (Size is not { Height: >= 1 and <= PictureSize.Most, Width: >= 1 and <= PictureSize.Most })
        {
            throw new ArgumentOutOfRangeException(nameof(Size), Size, $"A picture has 1 to {PictureSize.Most} rows and pixels in a row.");
        }

        if (Channels is not (1 or 3)) throw new ArgumentOutOfRangeException(nameof(Channels), Channels, "A picture has 1 channel, gray, or 3.");
        if (!Enum.IsDefined(Resize)) throw new ArgumentOutOfRangeException(nameof(Resize), Resize, "There is no such way to resize.");
        if (MaxPixels < 1) throw new ArgumentOutOfRangeException(nameof(MaxPixels), MaxPixels, "A picture has at least one pixel.");
        Split.CheckFractions(ValidationShare, TestShare);
    }
}
