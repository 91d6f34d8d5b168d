using System.Buffers.Binary;

namespace Gradus.Data;

/// <summary>
/// Decodes JPEG of 8 bits a sample, sequential and progressive, in gray, YCbCr, RGB, CMYK and YCCK. ITU-T T.81. What a camera says of the picture's
/// orientation is left out.
/// </summary>
internal sealed class JpegDecoder(byte[] file, DecodingLimit limit)
{
    // A progressive picture has about ten. A made-up one could have thousands of a few bytes, each of which visits every block.
    private const int MostScans = 256;

    private readonly ushort[]?[] _quantization = new ushort[4][];
    private readonly JpegHuffman?[] _first = new JpegHuffman[4];
    private readonly JpegHuffman?[] _others = new JpegHuffman[4];
    private JpegFrame? _frame;
    private int _restart;
    private int _scans;
    private int _at = 2;

    // What the program that wrote the file says of its colors; null where it says nothing.
    private int? _transform;
    private bool _isJfif;

    public Bitmap Decode()
    {
        while (true)
        {
            var marker = NextMarker();
            if (marker == 0xD9) break;
            var segment = Segment();
            switch (marker)
            {
                case 0xC0 or 0xC1 or 0xC2:
                    _frame = _frame is null ? JpegFrame.Read(segment, marker == 0xC2, limit) : throw new InvalidDataException("it has two frames.");
                    break;
                case 0xC4:
                    ReadHuffman(segment);
                    break;
                case >= 0xC3 and <= 0xCF:
                    throw new InvalidDataException($"it is compressed by process {marker - 0xC0}, which hardly any JPEG is; only 0, 1 and 2 are read.");
                case 0xDA:
                    ReadScan(segment);
                    break;
                case 0xDB:
                    ReadQuantization(segment);
                    break;
                case 0xDD:
                    _restart = segment.Length == 2 ? BinaryPrimitives.ReadUInt16BigEndian(segment) : throw Damaged("an interval of restarts");
                    break;
                case 0xE0:
                    _isJfif |= segment.StartsWith("JFIF"u8);
                    break;
                case 0xEE:
                    if (segment.StartsWith("Adobe"u8) && segment.Length >= 12) _transform = segment[11];
                    break;
            }
        }

        if (_frame is null) throw new InvalidDataException("it has no picture.");
        if (_frame.Components.Any(static component => component.Quantization is null)) throw new InvalidDataException("a component has no scan: truncated?");
        if (_frame.IsProgressive)
        {
            foreach (var component in _frame.Components) component.Finish();
        }

        return JpegColors.Compose(_frame, ColorsOf(_frame));
    }

    private JpegColorKind ColorsOf(JpegFrame frame) => frame.Components switch
    {
        [_] => JpegColorKind.Gray,
        [_, _, _, _] => _transform switch { 2 => JpegColorKind.Ycck, null => JpegColorKind.Cmyk, _ => JpegColorKind.InvertedCmyk },
        _ when _isJfif => JpegColorKind.YCbCr,
        _ when _transform is { } transform => transform == 0 ? JpegColorKind.Rgb : JpegColorKind.YCbCr,
        [{ Id: (byte)'R' }, { Id: (byte)'G' }, { Id: (byte)'B' }] => JpegColorKind.Rgb,
        _ => JpegColorKind.YCbCr,
    };

    private void ReadQuantization(ReadOnlySpan<byte> segment)
    {
        while (segment.Length > 0)
        {
            var (width, table) = (segment[0] >> 4, segment[0] & 15);
            if (width > 1 || table > 3 || segment.Length < 1 + (64 * (width + 1))) throw Damaged("a quantization table");
            var numbers = new ushort[64];
            for (var index = 0; index < 64; index++)
            {
                numbers[JpegTransform.Zigzag[index]] =
                    width == 0 ? segment[1 + index] : BinaryPrimitives.ReadUInt16BigEndian(segment[(1 + (2 * index))..]);
            }

            _quantization[table] = numbers;
            segment = segment[(1 + (64 * (width + 1)))..];
        }
    }

    private void ReadHuffman(ReadOnlySpan<byte> segment)
    {
        while (segment.Length > 0)
        {
            if (segment.Length < 17 || segment[0] >> 4 > 1 || (segment[0] & 15) > 3) throw Damaged("a Huffman table");
            var count = 0;
            foreach (var codes in segment[1..17]) count += codes;
            if (count > 256 || segment.Length < 17 + count) throw Damaged("a Huffman table");
            (segment[0] >> 4 == 0 ? _first : _others)[segment[0] & 15] = new JpegHuffman(segment[1..17], segment.Slice(17, count));
            segment = segment[(17 + count)..];
        }
    }

    private void ReadScan(ReadOnlySpan<byte> segment)
    {
        var frame = _frame ?? throw new InvalidDataException("it has a scan before its frame.");
        if (++_scans > MostScans) throw new InvalidDataException($"it has more than {MostScans} scans.");
        if (segment.Length < 6 || segment[0] is < 1 or > 4 || segment.Length != 4 + (2 * segment[0])) throw Damaged("the header of a scan");
        var components = new JpegComponent[segment[0]];
        var (first, last, high, low) = (segment[^3], segment[^2], segment[^1] >> 4, segment[^1] & 15);
        if (!frame.IsProgressive) (first, last, high, low) = (0, 63, 0, 0);
        var isBand = first > 0;
        var mixes = frame.IsProgressive && (isBand ? components.Length > 1 : last > 0);
        if (first > last || last > 63 || low > 13 || (high != 0 && high != low + 1) || mixes)
        {
            throw Damaged("the header of a scan");
        }

        for (var index = 0; index < components.Length; index++)
        {
            var (id, tables) = (segment[1 + (2 * index)], segment[2 + (2 * index)]);
            var component = Array.Find(frame.Components, component => component.Id == id) ?? throw Damaged("the header of a scan");
            if (components.Contains(component) || tables >> 4 > 3 || (tables & 15) > 3) throw Damaged("the header of a scan");
            component.Quantization ??= _quantization[component.Table] ?? throw new InvalidDataException("a quantization table is missing.");
            (component.First, component.Others, component.Previous) = (_first[tables >> 4], _others[tables & 15], 0);
            var isLacking = (first == 0 && high == 0 && component.First is null) || (last > 0 && component.Others is null);
            components[index] = isLacking ? throw new InvalidDataException("a Huffman table is missing.") : component;
        }

        var bits = new JpegBits(file, _at);
        new JpegScan(frame, components, bits, _restart) { Band = (first, last), High = high, Low = low }.Read();
        _at = bits.At;
    }

    /// <summary>The next marker; what stands before it, such as rests of a scan, is passed over.</summary>
    private byte NextMarker()
    {
        while (_at + 1 < file.Length)
        {
            if (file[_at] == 0xFF && file[_at + 1] is > 0 and < 0xFF and not (>= 0xD0 and <= 0xD8))
            {
                _at += 2;
                return file[_at - 1];
            }

            _at++;
        }

        throw new InvalidDataException($"it ends at byte {file.Length}, without the marker of its end: truncated.");
    }

    private ReadOnlySpan<byte> Segment()
    {
        var length = file.Length - _at < 2 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(_at));
        if (length < 2 || length > file.Length - _at)
        {
            throw new InvalidDataException($"at byte {_at}: a segment of {length} bytes; {file.Length - _at} are left: truncated?");
        }

        _at += length;
        return file.AsSpan(_at - length + 2, length - 2);
    }

    private InvalidDataException Damaged(string what) => new($"before byte {_at}: {what} is damaged.");
}
