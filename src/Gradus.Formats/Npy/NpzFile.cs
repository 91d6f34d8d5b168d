using System.IO.Compression;

namespace Gradus.Formats;

/// <summary>Reads and writes NumPy's .npz files: a zip archive of .npy files.</summary>
public static class NpzFile
{
    private const string Extension = ".npy";

    // The first moment that a zip archive can name: the same bytes whenever it is written.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes tensors by name, uncompressed. Equal inputs give equal bytes. The file is there whole or not at all.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="tensors">The tensors; their names come in order.</param>
    /// <exception cref="GradusException">There are more than can be read, or a name cannot be written.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        if (tensors.Count > ZipDirectory.MostParts)
            throw new GradusException($"npz: {tensors.Count} arrays; at most {ZipDirectory.MostParts} are read. Write them to several files.");
        foreach (var name in tensors.Keys) CheckName(name);
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

    /// <summary>Reads all tensors by name, compressed or not. Each must have the checksum (CRC-32) that the archive says.</summary>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, holds a type that a tensor cannot, or unpacks to more than the memory of this machine; the message says where.
    /// </exception>
    public static IReadOnlyDictionary<string, Tensor> Read(string path)
    {
        using var stream = InputFile.Open(path);
        return Read(stream, path);
    }

    /// <summary>Reads all tensors by name from a stream that can seek, from its beginning to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What error messages call it.</param>
    /// <inheritdoc cref="Read(string)"/>
    public static IReadOnlyDictionary<string, Tensor> Read(Stream stream, string name = "stream") =>
        ReadAll(stream, name, static (data, length, what) => NpyFile.Read(data, length, what));

    /// <summary>As <see cref="Read(string)"/>, and numbers of 16 bits stay what they are.</summary>
    internal static IReadOnlyDictionary<string, Tensor> ReadAsIs(string path)
    {
        using var stream = InputFile.Open(path);
        return ReadAll(stream, path, static (data, length, what) => NpyFile.Read(data, length, what, keepsHalf: true));
    }

    /// <summary>What a file says of its arrays, not their numbers.</summary>
    internal static TensorFileSummary Inspect(string path)
    {
        using var stream = InputFile.Open(path);
        var tensors = ReadAll(stream, path, static (data, length, what) => NpyHeader.Read(data, length, what), isWhole: false);
        return new TensorFileSummary(
            [.. tensors.Select(static entry => new TensorSummary(
                entry.Key, entry.Value.Type.ToString().ToLowerInvariant(), [.. entry.Value.Shape.Select(static size => (long)size)],
                entry.Value.Shape.ElementCount * Elements.SizeOf(entry.Value.Type)))],
            new Dictionary<string, object?>(), []);
    }

    private static OrderedDictionary<string, T> ReadAll<T>(Stream stream, string name, Func<Stream, long, string, T> read, bool isWhole = true)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (FileKind.Of(stream) is { IsZip: false } kind) throw OptionMessage.InvalidData($"{name}: {kind.Instead(".npz file")}");
        var parts = new ZipDirectory(stream, name).Read();
        CheckSizes(parts, stream.Length, name);
        var arrays = new OrderedDictionary<string, T>();
        foreach (var part in parts)
        {
            var array = part.Name.EndsWith(Extension, StringComparison.Ordinal) ? part.Name[..^Extension.Length] : part.Name;
            var what = $"{name}: {PlainText.Quote(part.Name)}";
            var value = isWhole
                ? ZipContents.Read(stream, part, what, data => read(data, part.Length, what))
                : ZipContents.ReadStart(stream, part, data => read(data, part.Length, what));
            if (!arrays.TryAdd(array, value)) throw new InvalidDataException($"{name}: '{PlainText.Quote(part.Name)}' is there twice.");
        }

        return arrays;
    }

    private static void CheckName(string name)
    {
        if (StrictUtf8.CountBytes("npz", name) + Extension.Length > ushort.MaxValue)
            throw new GradusException($"npz: the name '{PlainText.Quote(name)}' is too long for a zip archive; at most {ushort.MaxValue} bytes are.");
    }

    /// <summary>Refuses what would fill the memory, before anything is allocated.</summary>
    private static void CheckSizes(List<ZipPart> parts, long archiveLength, string name)
    {
        Int128 total = 0;
        foreach (var part in parts) total += part.Length;
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (total > memory) throw new InvalidDataException($"{name}: its {archiveLength} bytes unpack to {total}; this machine has {memory} bytes of memory.");
    }
}
