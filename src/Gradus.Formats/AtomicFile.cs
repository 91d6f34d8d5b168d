using System.Text;

namespace Gradus.Formats;

/// <summary>Files that are there whole or not at all: written beside their place and renamed into it.</summary>
internal static class AtomicFile
{
    /// <exception cref="IOException">The file cannot be written. One that was there before is as it was.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        if (IsStream(path))
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            write(stream);
            return;
        }

        using var staged = StagedFile.Write(path, write);
        staged.Commit();
    }

    /// <summary>Writes a text as UTF-8.</summary>
    /// <inheritdoc cref="Write"/>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    // Devices and the pipes of a shell, such as /dev/stdout, are no places to put a file into.
    private static bool IsStream(string path) => !OperatingSystem.IsWindows() && Path.GetFullPath(path) is var full && (full.StartsWith("/dev/", StringComparison.Ordinal) || full.StartsWith("/proc/", StringComparison.Ordinal));
}
