using System.IO.Compression;

namespace Gradus.Formats;

/// <summary>Reads and writes NumPy's .npz files: a zip archive of .npy files.</summary>
public static class NpzFile
{
    private const string Extension = ".npy";

    // The most that deflate can shrink anything; more is a lie told to make a reader allocate.
    private const int HighestRatio = 1032;

    // The first moment that a zip archive can name: the same bytes whenever it is written.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes tensors by name, uncompressed. Equal inputs give equal bytes. The file is there whole or not at all.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="tensors">The tensors; their names come in order.</param>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        AtomicFile.Write(path, stream =>
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            foreach (var (name, tensor) in tensors.OrderBy(static entry => entry.Key, StringComparer.Ordinal))
            {
                var entry = archive.CreateEntry(name + Extension, CompressionLevel.NoCompression);
                entry.LastWriteTime = NoTime;
                using var part = entry.Open();
                NpyFile.Write(part, tensor);
            }
        });
    }

    /// <summary>Reads all tensors by name, compressed or not.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or holds a type that a tensor cannot; the message says where.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads all tensors by name from a stream that can seek.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What error messages call it.</param>
    /// <inheritdoc cref="Read(string)"/>
    public static IReadOnlyDictionary<string, Tensor> Read(Stream stream, string name = "stream")
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            var tensors = new OrderedDictionary<string, Tensor>();
            foreach (var entry in archive.Entries)
            {
                var tensor = entry.FullName.EndsWith(Extension, StringComparison.Ordinal) ? entry.FullName[..^Extension.Length] : entry.FullName;
                if (!tensors.TryAdd(tensor, Read(entry, stream.Length, $"{name}: {entry.FullName}"))) throw new InvalidDataException($"{name}: '{entry.FullName}' is there twice.");
            }

            return tensors;
        }
        catch (Exception exception) when (exception is IOException or NotSupportedException or ArgumentException)
        {
            throw new InvalidDataException($"{name}: the archive is damaged: {exception.Message}", exception);
        }
        catch (InvalidDataException exception) when (!exception.Message.StartsWith(name, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{name}: the archive is damaged: {exception.Message}", exception);
        }
    }

    private static Tensor Read(ZipArchiveEntry entry, long archiveLength, string name)
    {
        if (entry.CompressedLength > archiveLength || entry.Length / HighestRatio > entry.CompressedLength)
        {
            throw new InvalidDataException($"{name}: {entry.Length} bytes are said to lie in {entry.CompressedLength} of an archive of {archiveLength}, which cannot be.");
        }

        using var part = entry.Open();
        return NpyFile.Read(part, entry.Length, name);
    }
}
