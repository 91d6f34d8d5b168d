namespace Gradus.Formats;

/// <summary>Files that are there whole or not at all: written beside their place and renamed into it.</summary>
internal static class AtomicFile
{
    public static void Write(string path, Action<Stream> write)
    {
        var target = Path.GetFullPath(path);
        // A short name of its own: the target's may already be as long as the file system allows.
        var temporary = Path.Combine(Path.GetDirectoryName(target) ?? "", $".gradus-{Path.GetRandomFileName()}.tmp");
        using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        try
        {
            write(stream);
            // On the disk before the rename: after a power cut there is the old file or the new one, never a new name with nothing behind it.
            stream.Flush(flushToDisk: true);
            stream.Dispose();
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            stream.Dispose();
            File.Delete(temporary);
            throw;
        }
    }
}
