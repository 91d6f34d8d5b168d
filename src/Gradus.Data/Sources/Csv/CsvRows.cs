using System.Globalization;
using System.Text;
using System.Text.Unicode;
using CsvHelper;

namespace Gradus.Data;

/// <summary>
/// Reads the rows of a CSV file one after another. All rows have the same number of cells. Spaces around cells are dropped, blank lines are skipped.
/// </summary>
internal sealed class CsvRows : CellRows
{
    private const int MostColumns = 100_000;

    // A quotation mark that is never closed makes the rest of the file one cell: it is given up here.
    private const int LongestRow = 1 << 20;

    private readonly string _path;
    private readonly CsvReader _reader;
    private int _width = -1;
    private bool _first;
    private int _line;

    /// <summary>Opens a file whose layout is known, positioned before its header or first row of data.</summary>
    public CsvRows(string path, TableLayout layout) : this(path, layout.Delimiter, layout.Encoding)
    {
        try
        {
            for (var row = 0; row < layout.Skipped; row++) Advance();
        }
        catch
        {
            Dispose();
            throw;
        }

        _width = layout.Width;
        _first = true;
    }

    /// <summary>The options of the CSV parser: cells are trimmed, nothing is detected.</summary>
    public static CsvReaderOptions Plain(char delimiter, Encoding? encoding) => new()
    {
        Separator = delimiter,
        Encoding = encoding,
        DetectSeparatorHint = false,
        HasHeader = false,
        TrimWhitespace = true,
        TrimInsideQuotes = true,
        TrackLineNumbers = true,
    };

    /// <summary>Opens a file, plain or gzip.</summary>
    /// <param name="path">The file.</param>
    /// <param name="delimiter">The character between cells.</param>
    /// <param name="encoding">The encoding of a file without a byte order mark; null for UTF-8.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public CsvRows(string path, char delimiter, Encoding? encoding = null)
    {
        _path = path;
        var options = Plain(delimiter, encoding) with { MaxRecordSize = LongestRow, MalformedData = CsvMalformedDataHandling.Throw };
        var stream = SourceFile.Open(path, out _);
        try
        {
            _reader = CsvReader.Create(stream, options, leaveOpen: false);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The line on which the current row starts, from 1.</summary>
    public override int Line => _line;

    /// <summary>Number of cells per row. Known after the first <see cref="Next"/>.</summary>
    public int Width => _width;

    /// <summary>Number of cells in the current row. A header may have one less, and further cells may be empty.</summary>
    public int Cells => _reader.FieldCount;

    /// <summary>A cell of the current row.</summary>
    public override string this[int column] => column < _reader.FieldCount ? _reader.GetString(column).Trim() : "";

    /// <summary>The bytes of a cell of the current row.</summary>
    public override ReadOnlySpan<byte> Span(int column) => column < _reader.FieldCount ? _reader.GetSpan(column) : default;

    /// <summary>Reads a cell of the current row. Plain numbers, which most cells are, are read without creating a string.</summary>
    public override CellKind Read(int column, CellFormat format, out double number) =>
        format is { Decimal: '.', Part: null, IsOrdered: false } && double.TryParse(Span(column), NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number)
            ? CellKind.Number
            : format.Read(this[column], out number);

    /// <summary>Moves to the next row. Returns false at the end.</summary>
    /// <exception cref="InvalidDataException">The file is no table, or the row has another number of cells.</exception>
    public override bool Next()
    {
        if (!Advance()) return false;
        if (_reader.FieldCount > MostColumns) throw Fail($"got {_reader.FieldCount} columns, expected at most {MostColumns}.");
        if (_width < 0) _width = _reader.FieldCount;

        var isFirst = _first;
        _first = false;
        if (_reader.FieldCount == _width || (isFirst && _reader.FieldCount == _width - 1) || EndsEmpty()) return true;
        throw Fail($"got {_reader.FieldCount} cells, expected {_width} as in the first row.");
    }

    private bool Advance()
    {
        try
        {
            if (!_reader.Read()) return false;
        }
        catch (CsvFormatException error)
        {
            _line = error.LineNumber > 0 ? (int)Math.Min(error.LineNumber, int.MaxValue) : Line + 1;
            throw Fail($"a row that cannot be read: {error.Message.ReplaceLineEndings(" ")} A quotation mark out of place?");
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{_path}: after line {Line}: {error.Message.ReplaceLineEndings(" ")}", error);
        }

        _line = (int)Math.Min(_reader.LineNumber, int.MaxValue);
        var raw = _reader.RawRecord;
        if (raw.Contains((byte)0)) throw Fail("got a zero byte, expected text: a binary file?");
        if (!Utf8.IsValid(raw))
        {
            throw Fail("got bytes that are no UTF-8 text: a binary file, or text in another encoding? Convert such text first: " +
                "iconv -f WINDOWS-1252 -t UTF-8.");
        }

        return true;
    }

    // As spreadsheets write rows that were once longer.
    private bool EndsEmpty()
    {
        if (_reader.FieldCount < _width) return false;
        for (var column = _width; column < _reader.FieldCount; column++)
        {
            if (!_reader.GetSpan(column).IsEmpty) return false;
        }

        return true;
    }

    /// <summary>An error that names the current line.</summary>
    public InvalidDataException Fail(string message) => new($"{_path}: line {Line}: {message}");

    public override void Dispose() => _reader.Dispose();
}
