namespace Gradus.Data;

/// <summary>Opens files from outside: plain or gzip, told apart by their first two bytes.</summary>
internal static class SourceFile
{
    // Deflate cannot say more than 258 bytes with 2 bits: a gzip file that claims more than this is lying.
    private const int LargestExpansion = 1032;

    /// <summary>Opens a file for reading from front to back.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">The most bytes that it can hold once decompressed.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A compressed file is cut off; also thrown while reading.</exception>
    public static Stream Open(string path, out long limit)
    {
        if (Directory.Exists(path)) throw new FileNotFoundException($"{path}: got a folder, expected a file.", path);
        if (!File.Exists(path)) throw new FileNotFoundException($"{path}: no such file.", path);
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        try
        {
            if (!file.CanSeek) throw new IOException($"{path}: got a pipe, expected a file: it is read more than once.");
            Span<byte> magic = stackalloc byte[2];
            var zipped = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic is [0x1F, 0x8B];
            file.Position = 0;
            limit = zipped ? (long)Math.Min((decimal)file.Length * LargestExpansion, long.MaxValue) : file.Length;
            return zipped ? new GzipInput(file) : file;
        }
        catch (Exception error)
        {
            file.Dispose();
            if (error is InvalidDataException) throw new InvalidDataException($"{path}: {error.Message}", error);
            throw;
        }
    }
}
