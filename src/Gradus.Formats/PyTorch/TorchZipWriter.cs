using System.Text;

namespace Gradus.Formats;

/// <summary>
/// Writes a zip archive whose parts are not compressed and begin at multiples of 64 bytes, as PyTorch's do, so that they can be mapped into memory. No dates
/// and no ids: equal parts give equal bytes. APPNOTE.TXT of PKWARE, version 6.3.10.
/// </summary>
/// <param name="stream">Where to, from its first byte on.</param>
/// <param name="folder">The folder that the parts are put into.</param>
internal sealed class TorchZipWriter(Stream stream, string folder)
{
    private const int Alignment = 64;
    private const int HeaderLength = 30;
    private const int FieldHeader = 4;
    private const int WideLength = 16;
    private const ushort Padding = 0x4246;
    private const ushort Wide = 1;
    private const ushort NamesAreUtf8 = 0x0800;

    // Version 4.5 of the format has numbers of 64 bits.
    private const ushort Needed = 45;

    private readonly MemoryStream _directory = new();
    private long _at;
    private int _count;

    /// <summary>Adds bytes.</summary>
    public void Add(string name, ReadOnlySpan<byte> bytes)
    {
        Begin(name, Crc32.Of(bytes), bytes.Length);
        stream.Write(bytes);
        _at += bytes.Length;
    }

    /// <summary>Adds the elements of a tensor in row-major order.</summary>
    public void Add(string name, Tensor tensor)
    {
        var length = tensor.Count * tensor.DType.Size;
        Begin(name, Elements.Checksum(tensor), length);
        Elements.Write(stream, tensor);
        _at += length;
    }

    /// <summary>Writes the directory.</summary>
    public void End()
    {
        var (start, length) = (_at, _directory.Length);
        _directory.WriteTo(stream);
        var end = new MemoryStream();
        using var writer = new BinaryWriter(end);
        writer.Write(0x06064B50);
        writer.Write(44L);
        writer.Write(Needed);
        writer.Write(Needed);
        writer.Write(0L);
        writer.Write((long)_count);
        writer.Write((long)_count);
        writer.Write(length);
        writer.Write(start);
        writer.Write(0x07064B50);
        writer.Write(0);
        writer.Write(start + length);
        writer.Write(1);
        writer.Write(0x06054B50);
        writer.Write(0);
        writer.Write((ushort)Math.Min(_count, ushort.MaxValue));
        writer.Write((ushort)Math.Min(_count, ushort.MaxValue));
        writer.Write((uint)Math.Min(length, uint.MaxValue));
        writer.Write((uint)Math.Min(start, uint.MaxValue));
        writer.Write((ushort)0);
        end.WriteTo(stream);
    }

    private void Begin(string name, uint checksum, long length)
    {
        var path = Encoding.ASCII.GetBytes($"{folder}/{name}");
        var (start, isLong) = (_at, length >= uint.MaxValue);
        var wide = isLong ? FieldHeader + WideLength : 0;
        var dataStart = start + HeaderLength + path.Length + wide + FieldHeader;
        var padding = (int)((Alignment - (dataStart % Alignment)) % Alignment);
        var header = new MemoryStream();
        using (var writer = new BinaryWriter(header))
        {
            writer.Write(0x04034B50);
            WriteCommon(writer, checksum, length, path.Length, wide + FieldHeader + padding);
            writer.Write(path);
            if (isLong) WriteWide(writer, length, length);
            writer.Write(Padding);
            writer.Write((ushort)padding);
            for (var at = 0; at < padding; at++) writer.Write((byte)'Z');
            stream.Write(header.ToArray());
        }

        _at = dataStart + padding;
        AddToDirectory(path, checksum, length, start);
    }

    private void AddToDirectory(byte[] path, uint checksum, long length, long start)
    {
        long[] wide = [.. length >= uint.MaxValue ? [length, length] : (long[])[], .. start >= uint.MaxValue ? [start] : (long[])[]];
        using var writer = new BinaryWriter(_directory, Encoding.ASCII, leaveOpen: true);
        writer.Write(0x02014B50);
        writer.Write(Needed);
        WriteCommon(writer, checksum, length, path.Length, wide.Length == 0 ? 0 : FieldHeader + (sizeof(long) * wide.Length));
        writer.Write((ushort)0);
        writer.Write(0);
        writer.Write(0);
        writer.Write((uint)Math.Min(start, uint.MaxValue));
        writer.Write(path);
        if (wide.Length > 0) WriteWide(writer, wide);
        _count++;
    }

    // What the header of a part and its entry of the directory both have.
    private static void WriteCommon(BinaryWriter writer, uint checksum, long length, int pathLength, int extraLength)
    {
        writer.Write(Needed);
        writer.Write(NamesAreUtf8);
        writer.Write((ushort)0);
        writer.Write(0);
        writer.Write(checksum);
        writer.Write((uint)Math.Min(length, uint.MaxValue));
        writer.Write((uint)Math.Min(length, uint.MaxValue));
        writer.Write((ushort)pathLength);
        writer.Write((ushort)extraLength);
    }

    private static void WriteWide(BinaryWriter writer, params ReadOnlySpan<long> numbers)
    {
        writer.Write(Wide);
        writer.Write((ushort)(sizeof(long) * numbers.Length));
        foreach (var number in numbers) writer.Write(number);
    }
}
