using System.Buffers.Binary;
using Parquet.Meta;

namespace Gradus.Data;

/// <summary>
/// Looks at the descriptions in a file before their reader takes the memory that they ask for. They are in Thrift's compact protocol: fields of a type and
/// a number, whole numbers of seven bits a byte.
/// </summary>
internal sealed class ParquetPages(Stream file, TableOrigin origin)
{
    // The length of the description, and four letters.
    private const int End = 8;

    private const int Stop = 0;
    private const int True = 1;
    private const int False = 2;
    private const int Byte = 3;
    private const int Double = 7;
    private const int Binary = 8;
    private const int List = 9;
    private const int Set = 10;
    private const int Map = 11;
    private const int Struct = 12;
    private const int DeepestStruct = 16;

    // Pages are a megabyte by custom.
    private const long PageAlwaysAllowed = 1 << 24;
    private const long MostBytesPerByte = 4;

    /// <summary>Checks that what the end of the file says of it is no longer than the file: texts and lists among it.</summary>
    /// <exception cref="InvalidDataException">It is longer, or there is no such end.</exception>
    public void CheckEnd()
    {
        Span<byte> end = stackalloc byte[End];
        if (file.Length < 2 * End) throw new InvalidDataException($"{origin}: too short for a Parquet file.");
        file.Position = file.Length - End;
        file.ReadExactly(end);
        var length = BinaryPrimitives.ReadInt32LittleEndian(end);
        if (!end[4..].SequenceEqual("PAR1"u8)) throw new InvalidDataException($"{origin}: it does not end as a Parquet file does: cut off, or encrypted.");
        if (length < 0 || length > file.Length - End) throw Wrong($"a description of {length} bytes");
        file.Position = file.Length - End - length;
        Skip(Struct, 0);
        file.Position = 0;
    }

    /// <summary>Checks the pages of a column.</summary>
    /// <exception cref="InvalidDataException">A page says that it is larger than its column or the file can be.</exception>
    public void Check(ColumnChunk chunk, long rows)
    {
        if (chunk.MetaData is not { } column) throw Wrong("a column without a description");
        if (column.NumValues != rows) throw Wrong($"a column of {column.NumValues} values in {rows} rows");
        var start = column.DictionaryPageOffset is { } dictionary and > 0 ? Math.Min(dictionary, column.DataPageOffset) : column.DataPageOffset;
        if (start < 0 || start > file.Length) throw Wrong("a page outside the file");
        file.Position = start;
        var values = 0L;
        while (values < column.NumValues)
        {
            var (isData, size, compressed, count) = ReadHeader();
            if (size < 0 || size > PageAlwaysAllowed + (MostBytesPerByte * file.Length)) throw Wrong($"a page of {size} bytes");
            if (compressed < 0 || compressed > file.Length - file.Position) throw Wrong("a page that ends outside the file");
            // A dictionary of a column has no more entries than the column has values, or bytes.
            if (count < 0 || count > (isData ? column.NumValues - values : Math.Max(column.NumValues, size))) throw Wrong($"a page of {count} values");
            file.Position += compressed;
            if (isData) values += count;
            else if (compressed + size == 0) throw Wrong("a page of nothing");
        }
    }

    private (bool IsData, long Size, long Compressed, long Values) ReadHeader()
    {
        var (isData, size, compressed, values) = (false, -1L, -1L, 0L);
        var field = 0;
        while (NextField(ref field) is var type and not Stop)
        {
            switch (field, type)
            {
                case (2, _):
                    size = Whole();
                    break;
                case (3, _):
                    compressed = Whole();
                    break;
                case (5 or 7 or 8, Struct):
                    isData = field != 7;
                    var inner = 0;
                    while (NextField(ref inner) is var innerType and not Stop)
                    {
                        if (inner == 1) values = Whole();
                        else Skip(innerType, 0);
                    }

                    break;
                default:
                    Skip(type, 0);
                    break;
            }
        }

        return (isData, size, compressed, values);
    }

    private int NextField(ref int field)
    {
        var head = One();
        if (head == 0) return Stop;
        field = head >> 4 is var step and > 0 ? field + step : (int)Whole();
        return head & 15;
    }

    private void Skip(int type, int depth)
    {
        if (depth > DeepestStruct) throw Wrong("structures in structures");
        switch (type)
        {
            case True or False:
                return;
            case Byte:
                One();
                return;
            case > Byte and < Double:
                Whole();
                return;
            case Double:
                Pass(sizeof(double));
                return;
            case Binary:
                Pass(Length());
                return;
            case List or Set:
                var head = One();
                var count = head >> 4 is var few and < 15 ? few : Length();
                for (var index = 0L; index < count; index++) SkipElement(head & 15, depth + 1);
                return;
            case Map:
                var pairs = Length();
                if (pairs == 0) return;
                var kinds = One();
                for (var index = 0L; index < pairs; index++)
                {
                    SkipElement(kinds >> 4, depth + 1);
                    SkipElement(kinds & 15, depth + 1);
                }

                return;
            case Struct:
                var field = 0;
                while (NextField(ref field) is var inner and not Stop) Skip(inner, depth + 1);
                return;
            default:
                throw Wrong("a field of an unknown type");
        }
    }

    // Truth values take a byte in lists, and none in structures. So each element takes some, and a list ends with the file.
    private void SkipElement(int type, int depth)
    {
        if (type is True or False) One();
        else Skip(type, depth);
    }

    private int One() => file.ReadByte() is var read and >= 0 ? read : throw Wrong("a page that is cut off");

    private void Pass(long bytes)
    {
        if (bytes < 0 || bytes > file.Length - file.Position) throw Wrong("a page that is cut off");
        file.Position += bytes;
    }

    private long Length()
    {
        var (value, shift) = (0L, 0);
        for (var read = 128; read >= 128; shift += 7)
        {
            if (shift > 63) throw Wrong("a number that never ends");
            read = One();
            value |= (long)(read & 127) << shift;
        }

        return value;
    }

    // Numbers alternate between the signs: 0, −1, 1, −2 …
    private long Whole() => Length() is var zigzag ? (long)((ulong)zigzag >> 1) ^ -(zigzag & 1) : 0;

    private InvalidDataException Wrong(string got) => new($"{origin}: damaged: it says that it has {got}.");
}
