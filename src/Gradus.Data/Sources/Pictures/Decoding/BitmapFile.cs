namespace Gradus.Data;

/// <summary>Decodes the bytes of a picture file, whose kind its first bytes tell.</summary>
/// <remarks>
/// The decoders are our own, in safe code: what they allocate is known from the header, they end where the file ends, and damaged bytes give an error or
/// the same pixels each time.
/// </remarks>
internal static class BitmapFile
{
    /// <summary>The ends of the names of files that are taken for pictures.</summary>
    public static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".bmp", ".gif"];

    /// <summary>Decodes a picture; of several in a file the first.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="limit">How large it may be.</param>
    /// <exception cref="InvalidDataException">The file is damaged, too large, or no such picture. The message does not name it.</exception>
    public static Bitmap Decode(byte[] file, DecodingLimit limit)
    {
        if (file.AsSpan().StartsWith(PngDecoder.Signature)) return PngDecoder.Decode(file, limit);
        if (file is [0xFF, 0xD8, ..]) return new JpegDecoder(file, limit).Decode();
        if (file is [(byte)'B', (byte)'M', ..]) return BmpDecoder.Decode(file, limit);
        if (file.AsSpan().StartsWith("GIF87a"u8) || file.AsSpan().StartsWith("GIF89a"u8)) return new GifDecoder(file, limit).Decode();
        if (file.Length == 0) throw new InvalidDataException("the file is empty.");
        throw FileKind.Of(file.AsSpan(0, Math.Min(file.Length, FileKind.Start))) is { } kind
            ? OptionMessage.InvalidData($"{kind.Instead("PNG, JPEG, BMP or GIF picture")}")
            : new InvalidDataException(
                $"its first bytes are {Convert.ToHexString(file.AsSpan(0, Math.Min(4, file.Length)))}: no PNG, JPEG, BMP or GIF picture.");
    }
}
