using System.Buffers.Binary;

namespace Gradus.Formats;

/// <summary>Reads and writes safetensors files: named tensors and a JSON header, and nothing that could run.</summary>
/// <remarks>
/// 8 bytes, little-endian: the header's length; the header, <c>{name: {"dtype", "shape", "data_offsets"}, "__metadata__": {…}}</c>, padded with
/// spaces to a multiple of 8 bytes; the data, without gaps. Files from outside are taken for hostile: lengths are checked against the file before
/// anything is allocated. Files are written with a CRC-32 of each tensor's bytes and one of the header, as two words of the metadata that other
/// readers pass over; they are checked when such a file is read, and are not among <see cref="SafeTensorsContents.Metadata"/>. A file without them is
/// read as it is.
/// </remarks>
public static class SafeTensorsFile
{
    /// <summary>Writes tensors by name. Equal inputs give equal bytes. The file is there whole or not at all.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="tensors">The tensors; wide element types come first in the file, then names in order.</param>
    /// <param name="metadata">Words to keep with them.</param>
    /// <exception cref="GradusException">A name cannot be written.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream => Write(stream, tensors, metadata));
    }

    /// <summary>Writes tensors by name to a stream.</summary>
    /// <inheritdoc cref="Write(string, IReadOnlyDictionary{string, Tensor}, IReadOnlyDictionary{string, string})"/>
    public static void Write(Stream stream, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        var ordered = tensors.OrderBy(static entry => SafeTensorsTypes.RankOf(entry.Value.DType))
            .ThenBy(static entry => entry.Key, StringComparer.Ordinal).ToArray();
        var position = 0L;
        SafeTensorsEntry[] entries = [.. ordered.Select(entry => EntryOf(entry.Key, entry.Value, ref position))];
        var header = HeaderWriter.Write(entries, metadata);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var (_, tensor) in ordered) Elements.Write(stream, tensor);
    }

    /// <summary>Reads all tensors. F16 and BF16 become f32; U8, I8, U16 and I16 become i32.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or holds a type that a tensor cannot; the message says where.</exception>
    public static SafeTensorsContents Read(string path)
    {
        using var stream = InputFile.Open(path);
        return Read(stream, path);
    }

    /// <summary>Reads all tensors from a stream that can seek, such as a resource of the program.</summary>
    /// <param name="stream">The stream, at its beginning.</param>
    /// <param name="name">What error messages call it.</param>
    /// <inheritdoc cref="Read(string)"/>
    public static SafeTensorsContents Read(Stream stream, string name = "stream") => Read(stream, name, keepsHalf: false);

    /// <param name="stream">The stream, at its beginning.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="keepsHalf">Whether F16 and BF16 stay what they are.</param>
    /// <inheritdoc cref="Read(string)"/>
    internal static SafeTensorsContents Read(Stream stream, string name, bool keepsHalf)
    {
        var header = Inspect(stream, name);
        // All of them, before the first is allocated: a file that cannot be read whole is refused at once.
        var plans = header.Tensors.Select(entry => (Entry: entry, Plan: PlanOf(entry, name))).ToArray();
        var tensors = new OrderedDictionary<string, Tensor>(plans.Length);
        foreach (var (entry, (type, shape)) in plans)
        {
            var what = $"{name}: tensor '{PlainText.Quote(entry.Name)}'";
            var checksum = entry.Checksum is null ? null : new Crc32();
            tensors.Add(entry.Name, Elements.Read(new StreamPart(stream, entry.End - entry.Begin, checksum), type, shape, what, keepsHalf));
            if (checksum is not null) Checksums.Check(entry, checksum.Value, what);
        }

        return new SafeTensorsContents(tensors, header.Metadata) { HasChecksums = header.HasChecksums };
    }

    /// <summary>Reads names, types, shapes, byte ranges and metadata, not the numbers. Checks the whole header, as <see cref="Read(string)"/> does.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged; the message says where.</exception>
    public static SafeTensorsHeader Inspect(string path)
    {
        using var stream = InputFile.Open(path);
        return Inspect(stream, path);
    }

    /// <summary>How the elements of an entry are read, and their shape.</summary>
    /// <exception cref="InvalidDataException">A tensor cannot hold them.</exception>
    internal static (ElementType Type, Shape Shape) PlanOf(SafeTensorsEntry entry, string name) => (ElementOf(entry, name), ShapeOf(entry, name));

    private static SafeTensorsEntry EntryOf(string name, Tensor tensor, ref long position)
    {
        var begin = position;
        position += tensor.Count * tensor.DType.Size;
        long[] shape = [.. tensor.Shape.Select(static size => (long)size)];
        return new SafeTensorsEntry(name, SafeTensorsTypes.WordFor(tensor.DType), shape, begin, position) { Checksum = Elements.Checksum(tensor) };
    }

    internal static SafeTensorsHeader Inspect(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var available = stream.Length - stream.Position;
        if (available < sizeof(ulong))
        {
            throw new InvalidDataException($"{name}: the file has {available} bytes; a safetensors file begins with 8 that give the length of its header.");
        }

        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        stream.ReadExactly(prefix);
        available -= sizeof(ulong);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > HeaderReader.LongestHeader || length > (ulong)available) throw NoHeader(stream, prefix, length, available, name);
        var header = new byte[length];
        stream.ReadExactly(header);
        return HeaderReader.Read(header, available - header.Length, name);
    }

    private static InvalidDataException NoHeader(Stream stream, ReadOnlySpan<byte> prefix, ulong length, long available, string name)
    {
        stream.Position -= prefix.Length;
        if (FileKind.Of(stream) is { IsSafeTensors: false } kind) return OptionMessage.InvalidData($"{name}: {kind.Instead("safetensors file")}");
        if (FileKind.IsText(prefix))
        {
            return new InvalidDataException($"{name}: this is text, no safetensors file, which begins with the length of its header. " +
                "Is it the data, and the model's file another?");
        }

        return new InvalidDataException(length > HeaderReader.LongestHeader
            ? $"{name}: at byte 0: a header of {length} bytes; at most {HeaderReader.LongestHeader} are allowed. The file is damaged, or no safetensors file."
            : $"{name}: at byte 0: a header of {length} bytes, but only {available} follow. The file is cut off, or is no safetensors file.");
    }

    private static ElementType ElementOf(SafeTensorsEntry entry, string name) => SafeTensorsTypes.ElementOf(entry.DType)
        ?? throw new InvalidDataException($"{name}: tensor '{PlainText.Quote(entry.Name)}': elements of type {PlainText.Quote(entry.DType)} cannot be read; " +
            "expected F32, F64, F16, BF16, I64, I32, I16, I8, U16, U8 or BOOL.");

    private static Shape ShapeOf(SafeTensorsEntry entry, string name)
    {
        if (entry.Shape.Count > Shape.MaxRank)
            throw new InvalidDataException($"{name}: tensor '{PlainText.Quote(entry.Name)}': {entry.Shape.Count} axes; a tensor has at most {Shape.MaxRank}.");
        foreach (var size in entry.Shape)
        {
            if (size > int.MaxValue)
                throw new InvalidDataException($"{name}: tensor '{PlainText.Quote(entry.Name)}': an axis of {size}; at most {int.MaxValue} can be read.");
        }

        try
        {
            return Shape.Adopt([.. entry.Shape.Select(static size => (int)size)]);
        }
        catch (GradusException exception)
        {
            // An axis of 0 among huge ones: no elements, and yet more than a shape may hold on the way.
            throw new InvalidDataException($"{name}: tensor '{PlainText.Quote(entry.Name)}': {exception.Message}", exception);
        }
    }
}
