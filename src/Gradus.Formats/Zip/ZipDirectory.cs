using System.Buffers.Binary;
using System.Text;

namespace Gradus.Formats;

/// <summary>
/// Reads the directory of a zip archive, which may have been made to do harm, and holds it
/// against the headers of the parts. APPNOTE.TXT of PKWARE, version 6.3.10.
/// </summary>
/// <remarks>
/// Stricter than most readers: directory and headers must agree, and parts must neither
/// overlap nor lie inside the directory, so that no byte is unpacked twice.
/// </remarks>
/// <param name="stream">The archive.</param>
/// <param name="file">What error messages call it.</param>
internal sealed class ZipDirectory(Stream stream, string file)
{
    /// <summary>More than any network has: an array of nothing takes a hundred bytes in a file and a thousand in memory.</summary>
    public const int MostParts = 1 << 17;

    private const int LongestComment = ushort.MaxValue;
    private const int EndLength = 22;
    private const int WideEndLength = 56;
    private const int LocatorLength = 20;
    private const int EntryLength = 46;
    private const int HeaderLength = 30;
    private const uint EndMark = 0x06054B50;
    private const uint WideEndMark = 0x06064B50;
    private const uint LocatorMark = 0x07064B50;
    private const uint EntryMark = 0x02014B50;
    private const uint HeaderMark = 0x04034B50;

    // The most that deflate can shrink anything; more is a lie told to make a reader allocate.
    private const int HighestRatio = 1032;

    private const ushort WideField = 1;
    private const ushort Encrypted = 1;
    private const ushort SizesFollow = 8;
    private const ushort Stored = 0;
    private const ushort Deflated = 8;

    /// <summary>All parts, in the order of the directory.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged, or more than its bytes can hold is said to be in it.</exception>
    public List<ZipPart> Read()
    {
        var (start, length, count) = ReadEnd();
        var directory = Bytes(start, length);
        var parts = new List<ZipPart>(count);
        var at = 0;
        while (parts.Count < count) parts.Add(ReadEntry(directory, ref at, start));
        if (at != directory.Length) throw Damaged($"its directory says that it has {count} entries, and goes on behind them");
        CheckOverlap(parts);
        return parts;
    }

    /// <summary>Where the directory begins, its length, and how many entries it has.</summary>
    private (long Start, int Length, int Count) ReadEnd()
    {
        var tail = Bytes(Math.Max(0, stream.Length - EndLength - LongestComment), (int)Math.Min(stream.Length, EndLength + LongestComment));
        var at = tail.Length - EndLength;
        // Behind the record stands a comment, whose length the record ends with.
        while (at >= 0 && !(U32(tail, at) == EndMark && U16(tail, at + 20) == tail.Length - at - EndLength)) at--;
        if (at < 0) throw Damaged("it does not end as a zip archive does");
        var end = stream.Length - tail.Length + at;
        (long start, long length, long count, var disks) = (U32(tail, at + 16), U32(tail, at + 12), U16(tail, at + 10), U32(tail, at + 4));
        if (disks != 0 || U16(tail, at + 8) != count) throw Damaged("it is one of several");
        if (start == uint.MaxValue || length == uint.MaxValue || count == ushort.MaxValue)
        {
            (start, length, count, end) = ReadWideEnd(end - LocatorLength);
        }
        else if (start + length == end - LocatorLength - WideEndLength)
        {
            // PyTorch writes the wide record always. What it says must be the same.
            var narrow = (start, length, count);
            (start, length, count, end) = ReadWideEnd(end - LocatorLength);
            if (narrow != (start, length, count)) throw Damaged("its two records of its directory differ");
        }

        if (start < 0 || length < 0 || start > end - length || start + length != end)
            throw Damaged($"a directory of {length} bytes at byte {start} does not end at byte {end}");
        if (count is < 0 or > MostParts) throw new InvalidDataException($"{file}: {count} arrays; at most {MostParts} are read.");
        if (length > Array.MaxLength || length < count * EntryLength) throw Damaged($"its directory of {count} entries has {length} bytes");
        return (start, (int)length, (int)count);
    }

    private (long Start, long Length, long Count, long End) ReadWideEnd(long locatorStart)
    {
        var locator = Bytes(locatorStart, LocatorLength);
        if (U32(locator, 0) != LocatorMark || U32(locator, 4) != 0) throw Damaged("its end does not tell where its directory is");
        var start = I64(locator, 8);
        var record = Bytes(start, WideEndLength);
        if (U32(record, 0) != WideEndMark || I64(record, 4) != WideEndLength - 12 || start + WideEndLength != locatorStart)
            throw Damaged("the record of its directory is not where its end says");
        return (I64(record, 48), I64(record, 40), I64(record, 32), start);
    }

    private ZipPart ReadEntry(byte[] directory, ref int at, long directoryStart)
    {
        var entry = directory.AsSpan(at);
        if (entry.Length < EntryLength || U32(entry, 0) != EntryMark) throw Damaged($"no entry of its directory at byte {directoryStart + at}");
        var (nameLength, extraLength, commentLength) = (U16(entry, 28), U16(entry, 30), U16(entry, 32));
        var length = EntryLength + nameLength + extraLength + commentLength;
        if (length > entry.Length) throw Damaged($"the entry at byte {directoryStart + at} goes on behind its directory");
        var name = entry.Slice(EntryLength, nameLength);
        var extra = new WideFields(entry.Slice(EntryLength + nameLength, extraLength));
        var size = extra.Of(U32(entry, 24));
        var compressed = extra.Of(U32(entry, 20));
        var start = extra.Of(U32(entry, 42));
        var text = NameOf(name);
        if (U16(entry, 34) != 0 || size < 0 || compressed < 0 || start < 0 || start > directoryStart - HeaderLength)
            throw Damaged($"'{PlainText.Quote(text)}' lies outside of it");
        if (compressed > directoryStart || size / HighestRatio > compressed)
        {
            throw new InvalidDataException($"{file}: {PlainText.Quote(text)}: {size} bytes are said to lie in {compressed} of an archive of " +
                $"{stream.Length}, which cannot be.");
        }

        var dataStart = CheckHeader(start, entry, name, size, compressed, text);
        if (dataStart + compressed > directoryStart) throw Damaged($"'{PlainText.Quote(text)}' reaches into its directory");
        at += length;
        return new ZipPart(text, U16(entry, 10) == Deflated, U32(entry, 16), dataStart, compressed, size);
    }

    /// <summary>Holds a part's own header against the directory's entry. Returns where the part's data begin.</summary>
    private long CheckHeader(long start, ReadOnlySpan<byte> entry, ReadOnlySpan<byte> name, long size, long compressed, string text)
    {
        var (flags, method) = (U16(entry, 8), U16(entry, 10));
        if ((flags & Encrypted) != 0) throw Damaged($"'{PlainText.Quote(text)}' is encrypted");
        if (method is not (Stored or Deflated))
            throw Damaged($"'{PlainText.Quote(text)}' is compressed by method {method}; expected {Stored} (stored) or {Deflated} (deflated)");
        if (method == Stored && size != compressed) throw Damaged($"'{PlainText.Quote(text)}' is not compressed, and yet has {size} bytes in {compressed}");
        var header = Bytes(start, HeaderLength);
        var (nameLength, extraLength) = (U16(header, 26), U16(header, 28));
        var rest = Bytes(start + HeaderLength, nameLength + extraLength);
        var isSame = U32(header, 0) == HeaderMark && U16(header, 6) == flags && U16(header, 8) == method && rest.AsSpan(0, nameLength).SequenceEqual(name);
        // Who wrote to a pipe knew checksum and sizes only afterwards: they follow the data, and the directory has them.
        if (isSame && (flags & SizesFollow) == 0)
        {
            var extra = new WideFields(rest.AsSpan(nameLength));
            isSame = U32(header, 14) == U32(entry, 16) && extra.Of(U32(header, 22)) == size && extra.Of(U32(header, 18)) == compressed;
        }

        if (!isSame) throw Damaged($"the header of '{PlainText.Quote(text)}' at byte {start} is not what its directory says");
        return start + HeaderLength + rest.Length;
    }

    private void CheckOverlap(List<ZipPart> parts)
    {
        var end = 0L;
        foreach (var part in parts.OrderBy(static part => part.DataStart))
        {
            if (part.DataStart - HeaderLength - Encoding.UTF8.GetByteCount(part.Name) < end)
                throw Damaged($"'{PlainText.Quote(part.Name)}' overlaps the part before it, so that the same bytes would be unpacked twice");
            end = part.DataEnd;
        }
    }

    private string NameOf(ReadOnlySpan<byte> name)
    {
        try
        {
            return StrictUtf8.Encoding.GetString(name);
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidDataException($"{file}: the archive is damaged: the name of a part is not UTF-8.", exception);
        }
    }

    private byte[] Bytes(long start, int length)
    {
        if (start < 0 || start > stream.Length - length) throw Damaged($"{length} bytes at byte {start} are not in it");
        var bytes = new byte[length];
        stream.Position = start;
        stream.ReadExactly(bytes);
        return bytes;
    }

    private InvalidDataException Damaged(string what) => new($"{file}: the archive is damaged: {what}.");

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long I64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);

    /// <summary>Numbers that do not fit 32 bits stand behind the name, in an order that is fixed, those that do left out.</summary>
    private ref struct WideFields
    {
        private ReadOnlySpan<byte> _left;

        public WideFields(ReadOnlySpan<byte> extra)
        {
            while (extra.Length >= 4)
            {
                var (id, length) = (U16(extra, 0), U16(extra, 2));
                if (length > extra.Length - 4) return;
                if (id == WideField) _left = extra.Slice(4, length);
                extra = extra[(4 + length)..];
            }
        }

        /// <summary>The number itself, or the wide one that it stands for; −1 if that is not there.</summary>
        public long Of(uint number)
        {
            if (number != uint.MaxValue) return number;
            if (_left.Length < sizeof(long)) return -1;
            var wide = I64(_left, 0);
            _left = _left[sizeof(long)..];
            return wide;
        }
    }
}
