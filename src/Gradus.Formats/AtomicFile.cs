using System.Text;

namespace Gradus.Formats;

/// <summary>Files that are there whole or not at all: written beside their place and renamed into it.</summary>
internal static class AtomicFile
{
    /// <exception cref="IOException">The file cannot be written. One that was there before is as it was.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        if (OpenStream(path) is { } stream)
        {
            using (stream) write(stream);
            return;
        }

        using var staged = StagedFile.Write(path, write);
        staged.Commit();
    }

    /// <summary>Writes a text as UTF-8.</summary>
    /// <inheritdoc cref="Write"/>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>A device or a pipe, which is written to and not replaced; null for a place of files.</summary>
    private static FileStream? OpenStream(string path)
    {
        if (OperatingSystem.IsWindows()) return null;
        var full = Path.GetFullPath(path);
        // /dev/null says that it can seek, as files do; /dev/stdout may lead to a file that a shell has opened. /dev/shm holds files.
        var isDevice = Path.GetDirectoryName(full) is "/dev" or "/dev/fd" || full.StartsWith("/proc/", StringComparison.Ordinal);
        if (!isDevice && !File.Exists(full)) return null;
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            if (isDevice || !stream.CanSeek) return stream;
            stream.Dispose();
        }
        catch (Exception exception) when (!isDevice && exception is IOException or UnauthorizedAccessException)
        {
            // A file that cannot be written to, and may yet be replaced.
        }

        return null;
    }
}
