namespace Gradus.Formats;

/// <summary>A file that is written, under a name of its own beside its place, and not there yet: put there by <see cref="Commit"/>, gone without.</summary>
internal sealed class StagedFile : IDisposable
{
    private const string Prefix = ".gradus-";
    private const string Suffix = ".tmp";

    // A file is made a moment before it is locked, and not every file system has locks that other machines see.
    private static readonly TimeSpan Leftover = TimeSpan.FromHours(1);

    private static readonly EnumerationOptions AllThatCanBeRead = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };

    private readonly string _temporary;
    private readonly string _target;

    // Held open, and thereby locked, until the file has its name: nobody takes it for a leftover.
    private readonly FileStream _stream;

    private StagedFile(string temporary, string target)
    {
        (_temporary, _target) = (temporary, target);
        // Without a buffer of the platform's own, which would be written once more when the stream is closed, and fail once more on a full disk.
        _stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
    }

    /// <summary>Writes a file beside its place, to the disk itself.</summary>
    /// <exception cref="IOException">There is no such folder, or the file cannot be written; nothing is left of it.</exception>
    public static StagedFile Write(string path, Action<Stream> write)
    {
        var target = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(target) ?? "";
        if (Directory.Exists(target)) throw new IOException($"{path}: got a folder, expected the name of a file.");
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"{path}: there is no folder {folder}.");
        RemoveLeftovers(folder);
        // A short name of its own: the target's may already be as long as the file system allows.
        var temporary = Path.Combine(folder, $"{Prefix}{Path.GetRandomFileName()}{Suffix}");
        StagedFile? staged = null;
        try
        {
            staged = new StagedFile(temporary, target);
            write(staged._stream);
            // On the disk before the rename: after a power cut there is the old file or the new one, never a new name with nothing behind it.
            staged._stream.Flush(flushToDisk: true);
            return staged;
        }
        catch (Exception exception)
        {
            staged?.Dispose();
            if (exception is not (IOException or UnauthorizedAccessException)) throw;
            throw new IOException($"{path}: it cannot be written: {exception.Message.Replace(temporary, target, StringComparison.Ordinal)}", exception);
        }
    }

    /// <summary>Puts the file into its place, where it replaces one that is there.</summary>
    public void Commit()
    {
        // Windows renames no file that is open.
        if (OperatingSystem.IsWindows()) _stream.Dispose();
        File.Move(_temporary, _target, overwrite: true);
        _stream.Dispose();
    }

    /// <summary>Removes the file unless it is in its place.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        File.Delete(_temporary);
    }

    /// <summary>
    /// Removes a file that a process was writing when it was killed, or the link that stands in its place. Nothing happens where there is none.
    /// </summary>
    /// <exception cref="IOException">Another process writes it still: it is locked.</exception>
    /// <exception cref="UnauthorizedAccessException">It is not ours to remove.</exception>
    public static void RemoveUnlocked(string path)
    {
        var leftover = new FileInfo(path);
        if (leftover.LinkTarget is not null) File.Delete(path);
        // Its name goes while the lock is held: between the two another process could have put a file of its own there.
        else if (leftover.Exists) new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose).Dispose();
    }

    /// <summary>Removes what processes that were killed have left. The files of those that live are locked, or new.</summary>
    private static void RemoveLeftovers(string folder)
    {
        foreach (var leftover in Directory.EnumerateFiles(folder, $"{Prefix}*{Suffix}", AllThatCanBeRead))
        {
            try
            {
                if (DateTime.UtcNow - File.GetLastWriteTimeUtc(leftover) > Leftover) RemoveUnlocked(leftover);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another process writes it, or it is not ours to remove.
            }
        }
    }
}
