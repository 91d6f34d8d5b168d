using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Gradus.Formats;

/// <summary>The header of an .npy file: 6 bytes of magic, 2 of version, the length, and a Python dictionary as text.</summary>
internal readonly record struct NpyHeader(ElementType Type, bool IsFortran, Shape Shape)
{
    private const int LongestHeader = 1 << 16;
    private const int Alignment = 64;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The header of a tensor, magic included, padded so that the data are aligned.</summary>
    public static byte[] Bytes(Tensor tensor)
    {
        var type = tensor.DType switch
        {
            DType.Bool => "|b1",
            DType.Int32 => "<i4",
            DType.Int64 => "<i8",
            DType.Float16 => "<f2",
            DType.BFloat16 => throw new GradusException($"npy: {tensor.Describe()} cannot be saved; NumPy has no bfloat16. Convert it with To(DType.Float32)."),
            DType.Float32 => "<f4",
            _ => "<f8",
        };
        var sizes = string.Join(", ", tensor.Shape.Select(static size => size.ToString(CultureInfo.InvariantCulture))) + (tensor.Rank == 1 ? "," : "");
        var text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({sizes}), }}";
        var length = (Magic.Length + 4 + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        var bytes = new byte[length];
        Magic.CopyTo(bytes);
        bytes[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)(length - 10));
        bytes.AsSpan(10).Fill((byte)' ');
        Encoding.ASCII.GetBytes(text, bytes.AsSpan(10));
        bytes[^1] = (byte)'\n';
        return bytes;
    }

    /// <summary>Reads and checks a header; <paramref name="length"/> is that of the whole file, which the data must fill.</summary>
    public static NpyHeader Read(Stream stream, long length, string file)
    {
        try
        {
            return ReadChecked(stream, length, file);
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException($"{file}: the file ends within its header.");
        }
    }

    private static NpyHeader ReadChecked(Stream stream, long length, string file)
    {
        Span<byte> start = stackalloc byte[8];
        stream.ReadExactly(start);
        if (!start[..6].SequenceEqual(Magic))
        {
            OptionMessage? what = null;
            if (FileKind.Of(start, stream) is { } kind) what = $" This is {kind.Name}. {kind.Advice}";
            throw OptionMessage.InvalidData(
                $"{file}: at byte 0: expected the mark of an .npy file (\\x93NUMPY), got {Convert.ToHexString(start[..6])}.{what}");
        }

        if (start[6] is < 1 or > 3) throw new InvalidDataException($"{file}: at byte 6: version {start[6]}.{start[7]}; expected 1, 2 or 3.");
        var widthOfLength = start[6] == 1 ? sizeof(ushort) : sizeof(uint);
        Span<byte> field = stackalloc byte[sizeof(uint)];
        field.Clear();
        stream.ReadExactly(field[..widthOfLength]);
        var headerLength = BinaryPrimitives.ReadUInt32LittleEndian(field);
        var dataStart = start.Length + widthOfLength + (long)headerLength;
        if (headerLength > LongestHeader || dataStart > length)
        {
            throw new InvalidDataException(
                $"{file}: at byte 8: a header of {headerLength} bytes; expected at most {Math.Min(LongestHeader, length - start.Length - widthOfLength)}.");
        }

        var text = new byte[headerLength];
        stream.ReadExactly(text);

        var (type, isFortran, sizes) = new PythonHeader(Encoding.Latin1.GetString(text), file, start.Length + widthOfLength).Read();
        var element = ElementOf(type, file);
        var shape = ShapeOf(sizes, file);
        var expected = (Int128)shape.ElementCount * Elements.SizeOf(element);
        if (expected != length - dataStart)
        {
            throw new InvalidDataException($"{file}: {type}{shape} takes {expected} bytes, but {length - dataStart} follow the header.");
        }

        return new NpyHeader(element, isFortran, shape);
    }

    private static ElementType ElementOf(string word, string file) => word switch
    {
        "|b1" or "<b1" => ElementType.Bool,
        "|u1" or "<u1" => ElementType.UInt8,
        "|i1" or "<i1" => ElementType.Int8,
        "<i2" => ElementType.Int16,
        "<u2" => ElementType.UInt16,
        "<i4" => ElementType.Int32,
        "<i8" => ElementType.Int64,
        "<f2" => ElementType.Float16,
        "<f4" => ElementType.Float32,
        "<f8" => ElementType.Float64,
        _ => throw Unread(PlainText.Quote(word), file),
    };

    private static InvalidDataException Unread(string type, string file)
    {
        if (type.Contains('O', StringComparison.Ordinal))
        {
            return new InvalidDataException(
                $"{file}: the array holds Python objects ('{type}'), which are not opened: that could run code. Save plain numbers.");
        }

        return new InvalidDataException(type.StartsWith('>')
            ? $"{file}: the array is big-endian ('{type}'); expected little-endian. Save it with array.astype('<{type[1..]}')."
            : $"{file}: elements of type '{type}' cannot be read; expected <f2, <f4, <f8, |i1, <i2, <i4, <i8, |u1, <u2 or |b1.");
    }

    private static Shape ShapeOf(List<long> sizes, string file)
    {
        if (sizes.Find(static size => size > int.MaxValue) is not 0 and var large)
        {
            throw new InvalidDataException($"{file}: an axis of {large}; at most {int.MaxValue} can be read.");
        }

        try
        {
            return Shape.Adopt([.. sizes.Select(static size => (int)size)]);
        }
        catch (GradusException exception)
        {
            throw new InvalidDataException($"{file}: {exception.Message}", exception);
        }
    }
}
