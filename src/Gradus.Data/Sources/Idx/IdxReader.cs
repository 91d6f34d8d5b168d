using System.Buffers.Binary;

namespace Gradus.Data;

/// <summary>The content of an IDX file of unsigned bytes.</summary>
/// <param name="Dims">The sizes, outermost first: <c>[60000, 28, 28]</c> for pictures, <c>[60000]</c> for labels.</param>
/// <param name="Data">The elements in row-major order: as many bytes as the product of <paramref name="Dims"/>.</param>
public sealed record IdxArray(IReadOnlyList<int> Dims, byte[] Data)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(IdxArray), PrintMembers);
}

/// <summary>Reads IDX files, the format of MNIST: two zero bytes, an element type, the number of dimensions, big-endian sizes, the elements.</summary>
public static class IdxReader
{
    private const int UnsignedByte = 0x08;
    private const int MaxDims = 8;

    // What is allocated before any data has arrived; doubles with the data.
    private const int FirstStep = 1 << 20;

    /// <summary>Reads a file of unsigned bytes, plain or gzip. The first bytes tell which, not the name.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, or its elements are no unsigned bytes. No more memory is allocated than the file can fill.
    /// </exception>
    public static IdxArray Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var stream = SourceFile.Open(path, out var limit);
        try
        {
            return Read(stream, limit);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
    }

    private static IdxArray Read(Stream stream, long limit)
    {
        Span<byte> word = stackalloc byte[4];
        ReadWord(stream, word, position: 0);
        if (word[0] != 0 || word[1] != 0)
        {
            throw new InvalidDataException($"got {Convert.ToHexString(word[..2])} at byte 0, expected 0000: " +
                $"{(FileKind.Of(word, stream) is { } kind ? kind.Instead("IDX file").ToString() : "not an IDX file.")}");
        }

        if (word[2] != UnsignedByte)
            throw new InvalidDataException($"got {TypeName(word[2])} at byte 2, expected 08 (unsigned byte), the only element type read.");
        if (word[3] is 0 or > MaxDims)
            throw new InvalidDataException($"got {word[3]} dimensions at byte 3, expected 1 to {MaxDims}.");

        var dims = new int[word[3]];
        var header = 4L + 4 * dims.Length;
        var size = 1L;
        for (var axis = 0; axis < dims.Length; axis++)
        {
            ReadWord(stream, word, 4 + 4 * axis);
            var length = BinaryPrimitives.ReadUInt32BigEndian(word);
            // Both factors are at most 2³², so their product fits 64 bits. A size is checked alone too: beside a size of 0 any other would pass.
            if (length > Array.MaxLength || (ulong)size * length > (ulong)Array.MaxLength)
                throw new InvalidDataException($"got size {length} at byte {4 + 4 * axis}: more than the {Array.MaxLength} elements that fit into memory.");
            dims[axis] = (int)length;
            size *= length;
        }

        if (size > limit - header)
        {
            throw new InvalidDataException(
                $"sizes [{string.Join(", ", dims)}] at byte 4 need {size} bytes after byte {header}; " +
                $"the file can hold {Math.Max(0, limit - header)} there. Truncated?");
        }

        var data = ReadData(stream, (int)size, header);
        if (stream.ReadByte() >= 0) throw new InvalidDataException($"got more bytes after byte {header + size}, expected the end of the file.");
        return new IdxArray(dims, data);
    }

    private static byte[] ReadData(Stream stream, int size, long header)
    {
        var data = new byte[Math.Min(size, FirstStep)];
        var filled = 0;
        while (filled < size)
        {
            if (filled == data.Length) Array.Resize(ref data, (int)Math.Min(size, data.Length * 2L));
            var got = stream.Read(data, filled, data.Length - filled);
            if (got == 0) throw new InvalidDataException($"the file ends at byte {header + filled}, expected {size} bytes after byte {header}: truncated.");
            filled += got;
        }

        return data;
    }

    private static void ReadWord(Stream stream, Span<byte> word, int position)
    {
        var got = stream.ReadAtLeast(word, word.Length, throwOnEndOfStream: false);
        if (got < word.Length) throw new InvalidDataException($"the file ends at byte {position + got}, inside the header: not an IDX file, or truncated.");
    }

    private static string TypeName(byte type) => type switch
    {
        0x09 => "element type 09 (signed byte)",
        0x0B => "element type 0B (16-bit integer)",
        0x0C => "element type 0C (32-bit integer)",
        0x0D => "element type 0D (32-bit float)",
        0x0E => "element type 0E (64-bit float)",
        _ => $"{type:X2}",
    };
}
