namespace Gradus;

/// <summary>Opens files from outside, whose length must be known before they are read.</summary>
internal static class InputFile
{
    /// <summary>Opens a file at its beginning.</summary>
    /// <exception cref="FileNotFoundException">There is no such file, or it is a folder.</exception>
    /// <exception cref="IOException">It is a pipe, or cannot be read.</exception>
    public static FileStream Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path)) throw new FileNotFoundException($"{path}: got a folder, expected a file.", path);
        if (!File.Exists(path)) throw new FileNotFoundException($"{path}: no such file.", path);
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        if (stream.CanSeek) return stream;
        stream.Dispose();
        throw new IOException($"{path}: got a pipe, expected a file: its length must be known, and it may be read more than once. Save it to a file first.");
    }
}
