namespace Gradus.Data;

/// <summary>How large a picture may be. A decoder asks when it knows from the header, before it takes any memory.</summary>
/// <param name="fileBytes">The length of the file.</param>
/// <param name="options">The most pixels, or null for as many as are decoded in 64 MB and ten times the file; and what becomes of the picture then.</param>
internal readonly struct DecodingLimit(long fileBytes, PictureOptions options)
{
    private const long AlwaysAllowed = 1 << 26;

    private const int LargerFiles = 10;

    /// <summary>Throws where a picture is too large.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Number of rows.</param>
    /// <param name="bytesNeeded">What decoding it takes, beside the file itself.</param>
    public void Require(long width, long height, Int128 bytesNeeded)
    {
        if (width < 1 || height < 1) throw new InvalidDataException($"its header says {width} × {height} pixels, expected at least 1 × 1.");
        if (width > ushort.MaxValue || height > ushort.MaxValue || bytesNeeded > Array.MaxLength)
        {
            throw new InvalidDataException($"its header says {width} × {height} pixels, more than any picture that is read. Damaged?");
        }

        if (options.MaxPixels is { } most)
        {
            if (width * height <= most) return;
            throw OptionMessage.InvalidData(
                $"it has {width} × {height} pixels, more than the {most} of {new OptionHint(nameof(PictureOptions.MaxPixels))}.");
        }

        var allowed = AlwaysAllowed + (LargerFiles * fileBytes);
        var taken = bytesNeeded + fileBytes + Scaling(width, height);
        if (taken <= allowed) return;
        throw OptionMessage.InvalidData(
            $"its header says {width} × {height} pixels, which take {taken >> 20} MB to decode; {allowed >> 20} MB are allowed for a file " +
            $"of {fileBytes} bytes. If that is right, set {new OptionHint(nameof(PictureOptions.MaxPixels))}.");
    }

    /// <summary>What turning it gray, bringing it to the size and sorting its channels take.</summary>
    private long Scaling(long width, long height)
    {
        var size = options.Size;
        var gray = options.Channels == 1 ? width * height : 0;
        return gray + (options.Channels * (Math.Min(height * size.Width, width * size.Height) + (2L * size.Width * size.Height)));
    }
}
