namespace Gradus.Data;

/// <summary>Reads a file of a picture, PNG, JPEG, GIF or BMP, as samples have it.</summary>
internal static class PictureFile
{
    /// <summary>The bytes of a picture, channel by channel: [channels, height, width].</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Size, channels and limits.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, too large, or no picture. The message names it.</exception>
    public static byte[] Read(string path, PictureOptions options)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            return Decode(ReadAll(path), options);
        }
        catch (InvalidDataException exception)
        {
            throw OptionMessage.InvalidData($"{path}: {OptionMessage.Of(exception)}", exception);
        }
    }

    /// <summary>The bytes of a picture whose file is in memory, channel by channel: [channels, height, width].</summary>
    /// <param name="file">The content of the file.</param>
    /// <param name="options">Size, channels and limits.</param>
    /// <exception cref="InvalidDataException">The content is damaged, too large, or no picture.</exception>
    public static byte[] Decode(byte[] file, PictureOptions options)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        var picture = BitmapFile.Decode(file, new DecodingLimit(file.Length, options));
        return Planes(PictureScaler.Resize(options.Channels == 1 ? picture.ToGray() : picture, options.Size, options.Resize), options.Channels);
    }

    private static byte[] ReadAll(string path)
    {
        using var stream = InputFile.Open(path);
        if (stream.Length > Array.MaxLength) throw new InvalidDataException($"it has {stream.Length} bytes, more than any picture.");
        var file = new byte[stream.Length];
        return stream.ReadAtLeast(file, file.Length, throwOnEndOfStream: false) == file.Length ? file
            : throw new InvalidDataException("it became shorter while it was read.");
    }

    private static byte[] Planes(Bitmap picture, int channels)
    {
        if (picture.Channels == 1 && channels == 1) return picture.Pixels;
        var area = picture.Width * picture.Height;
        var planes = new byte[area * channels];
        for (var channel = 0; channel < channels; channel++)
        {
            var source = picture.Channels == 1 ? 0 : channel;
            for (var pixel = 0; pixel < area; pixel++) planes[(channel * area) + pixel] = picture.Pixels[(pixel * picture.Channels) + source];
        }

        return planes;
    }
}
