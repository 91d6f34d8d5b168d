using System.Buffers.Binary;

namespace Gradus.Formats;

/// <summary>The storages behind the pickles of a file as PyTorch wrote before version 1.6: of each the count of its elements, and the elements.</summary>
internal sealed class LegacyStorages : TorchStorages
{
    private readonly Stream _stream;
    private readonly string _file;
    private readonly Dictionary<string, long> _starts = new(StringComparer.Ordinal);

    /// <summary>Finds the storages.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="start">Where the first storage begins.</param>
    /// <param name="keys">Their names in the order of the file.</param>
    /// <param name="storages">What the pickle says of them.</param>
    /// <param name="file">What error messages call the file.</param>
    /// <exception cref="InvalidDataException">The file holds others than the pickle says.</exception>
    public LegacyStorages(Stream stream, long start, IEnumerable<string> keys, IReadOnlyDictionary<string, TorchStorage> storages, string file)
    {
        (_stream, _file) = (stream, file);
        Span<byte> count = stackalloc byte[sizeof(long)];
        foreach (var key in keys)
        {
            var what = $"{file}: storage '{PlainText.Quote(key)}'";
            if (!storages.TryGetValue(key, out var storage)) throw new InvalidDataException($"{what}: no tensor lies in it, and its size is not known.");
            if (start > stream.Length - sizeof(long)) throw new InvalidDataException($"{what}: the file ends before it: it is cut off.");
            stream.Position = start;
            stream.ReadExactly(count);
            start += sizeof(long);
            if (BinaryPrimitives.ReadInt64LittleEndian(count) is var there && there != storage.Whole)
                throw new InvalidDataException($"{what}: the pickle says {storage.Whole} elements, and there are {there}.");
            if (storage.Bytes > stream.Length - start)
                throw new InvalidDataException($"{what}: {storage.Bytes} bytes at byte {start}, but only {stream.Length - start} follow: the file is cut off.");
            if (!_starts.TryAdd(key, start)) throw new InvalidDataException($"{what}: it is there twice.");
            start += storage.Bytes;
        }

        if (start != stream.Length)
            throw new InvalidDataException($"{file}: {stream.Length - start} bytes follow the last storage, which ends at byte {start}.");
    }

    public override void Check(TorchStorage storage)
    {
        if (!_starts.ContainsKey(storage.Key)) throw new InvalidDataException($"{_file}: storage '{PlainText.Quote(storage.Key)}': it is not in the file.");
    }

    public override T Read<T>(TorchStorage storage, Func<Stream, T> read)
    {
        _stream.Position = _starts[storage.Key];
        return read(new StreamPart(_stream, storage.Bytes));
    }
}
