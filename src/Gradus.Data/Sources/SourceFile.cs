namespace Gradus.Data;

/// <summary>Opens data files, plain or gzip. The first two bytes tell which.</summary>
internal static class SourceFile
{
    /// <summary>Opens a file for sequential reading.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">The maximal number of bytes after decompression.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">The file is a pipe, or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A compressed file is cut off. Reading from the stream may throw it too.</exception>
    public static Stream Open(string path, out long limit)
    {
        var file = InputFile.Open(path);
        try
        {
            Span<byte> magic = stackalloc byte[2];
            var isZipped = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic is [0x1F, 0x8B];
            file.Position = 0;
            limit = isZipped ? GzipInput.Limit(file) : file.Length;
            return isZipped ? new GzipInput(file) : file;
        }
        catch (Exception error)
        {
            file.Dispose();
            if (error is InvalidDataException) throw new InvalidDataException($"{path}: {error.Message}", error);
            throw;
        }
    }
}
