using System.Text;
using CsvHelper;

namespace Gradus.Data;

/// <summary>The layout of a CSV file: its delimiter, and where the table begins. It is detected from the first rows.</summary>
/// <param name="Delimiter">The character between cells.</param>
/// <param name="Skipped">Number of rows above the table, such as a title.</param>
/// <param name="Width">Number of cells per row.</param>
/// <param name="ShiftsNames">Whether the header has no name for the first column, as R writes row names.</param>
/// <param name="Encoding">The encoding of a file without a byte order mark; null for UTF-8.</param>
/// <param name="TitleNote">What to report about a row above the table; null where there is none.</param>
internal sealed record TableLayout(char Delimiter, int Skipped, int Width, bool ShiftsNames, Encoding? Encoding, OptionMessage? TitleNote)
{
    private const string Hint = "sep=";
    private const int PrefixLength = 1 << 20;
    private const int MostRows = 200;
    private const int MostSkipped = 10;

    // Shares that are no further apart are alike.
    private const double Alike = 0.1;

    private static readonly (char Character, string Name)[] Delimiters = [(',', "comma"), (';', "semicolon"), ('\t', "tab"), ('|', "bar")];

    /// <summary>Detects the layout from the beginning of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="delimiter">The delimiter; null to detect it.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no text, or several delimiters fit equally well.</exception>
    public static TableLayout Of(string path, char? delimiter) => Find(path, delimiter, mayAsk: true)!;

    /// <summary>Like <see cref="Of"/>, but null where several delimiters fit equally well.</summary>
    public static TableLayout? Guessed(string path) => Find(path, delimiter: null, mayAsk: false);

    private static TableLayout? Find(string path, char? delimiter, bool mayAsk)
    {
        var (start, isWhole) = ReadStart(path);
        if (FileKind.Of(start.AsSpan(0, Math.Min(start.Length, FileKind.Start))) is { } kind)
        {
            throw OptionMessage.InvalidData($"{path}: {kind.Instead("table")}");
        }

        var encoding = EncodingOf(start);
        if (Parse(start, ',', encoding, isWhole) is [{ Cells: var cells }, ..] && IsHint(cells[0])) delimiter ??= HintedBy(cells);
        char[] candidates = delimiter is { } told ? [told] : Array.ConvertAll(Delimiters, static entry => entry.Character);
        var guesses = Array.ConvertAll(candidates, candidate => Guess.Of(Parse(start, candidate, encoding, isWhole), candidate));
        if ((delimiter is null ? Choose(path, guesses, mayAsk) : guesses[0]) is not { } guess) return null;
        OptionMessage? note = null;
        if (guess.Title is { } title) note = $"line {title.Line}: {Cell.Show(title.Text)} is taken for a title above the table";
        return new TableLayout(guess.Delimiter, guess.Skipped, guess.Width, guess.ShiftsNames, encoding, note);
    }

    /// <summary>The name of a delimiter, for messages.</summary>
    public static string NameOf(char delimiter) => Delimiters.FirstOrDefault(entry => entry.Character == delimiter).Name ?? $"'{delimiter}'";

    private static Guess? Choose(string path, Guess[] guesses, bool mayAsk)
    {
        var tables = guesses.Where(static guess => guess.Width > 1 && guess.Share >= 0.5).ToArray();
        if (tables.Length == 0) return guesses.MaxBy(static guess => guess.Width > 1 ? guess.Share : -1)!;
        var share = tables.Max(static guess => guess.Share);
        var best = tables.Where(guess => guess.Share >= share - Alike).OrderByDescending(static guess => guess.Readable).ToArray();
        char[] equal = [.. best.Where(guess => guess.Readable >= best[0].Readable - Alike).Select(static guess => guess.Delimiter)];
        if (equal.Length == 1) return best[0];
        if (!mayAsk) return null;
        var choices = equal.Select(static OptionMessage (delimiter) => $"{new OptionHint(nameof(TableOptions.Delimiter), delimiter)}");
        throw OptionMessage.InvalidData($"{path}: {string.Join(" and ", equal.Select(NameOf))} separate its cells equally well. Say which it is: " +
            $"{OptionMessage.Join(" or ", choices)}.");
    }

    // The first row of some files says what separates cells: sep=;
    private static bool IsHint(string cell) => cell.StartsWith(Hint, StringComparison.OrdinalIgnoreCase) && cell.Length <= Hint.Length + 1;

    // Spaces are cut off, the tab of a hint among them; its comma begins a second cell.
    private static char? HintedBy(string[] cells)
    {
        if (cells[0].Length > Hint.Length && TableOptions.IsDelimiter(cells[0][^1])) return cells[0][^1];
        return cells.Length > 1 ? ',' : null;
    }

    private static (byte[] Start, bool IsWhole) ReadStart(string path)
    {
        try
        {
            using var stream = SourceFile.Open(path, out _);
            var start = new byte[PrefixLength];
            var read = stream.ReadAtLeast(start, PrefixLength, throwOnEndOfStream: false);
            return (start[..read], read < PrefixLength);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException(error.Message.StartsWith(path, StringComparison.Ordinal) ? error.Message : $"{path}: {error.Message}", error);
        }
    }

    // UTF-16 without its mark: every second byte of Latin text is zero.
    private static Encoding? EncodingOf(byte[] start)
    {
        var length = Math.Min(start.Length, 1000) & ~1;
        if (length < 4 || start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) return null;
        int even = 0, odd = 0;
        for (var at = 0; at < length; at += 2)
        {
            if (start[at] == 0) even++;
            if (start[at + 1] == 0) odd++;
        }

        return odd > length / 4 && even == 0 ? Encoding.Unicode : even > length / 4 && odd == 0 ? Encoding.BigEndianUnicode : null;
    }

    private static List<Row> Parse(byte[] start, char delimiter, Encoding? encoding, bool isWhole)
    {
        var rows = new List<Row>();
        using var reader = CsvReader.Create(new MemoryStream(start), CsvRows.Plain(delimiter, encoding), leaveOpen: false);
        try
        {
            while (rows.Count < MostRows && reader.Read())
                rows.Add(new Row((int)reader.LineNumber, [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]));
        }
        catch (InvalidDataException)
        {
            // What is wrong is told when the row is read for good.
        }

        // The last row may have been cut.
        if (!isWhole && rows.Count is > 1 and < MostRows) rows.RemoveAt(rows.Count - 1);
        return rows;
    }

    private readonly record struct Row(int Line, string[] Cells);

    /// <summary>The layout of the first rows with one delimiter.</summary>
    private sealed record Guess(char Delimiter, int Skipped, int Width, bool ShiftsNames, double Share, double Readable, (int Line, string Text)? Title)
    {
        public static Guess Of(List<Row> lines, char delimiter)
        {
            if (lines.Count == 0) return new Guess(delimiter, 0, -1, false, 0, 0, null);
            var from = IsHint(lines[0].Cells[0]) ? 1 : 0;
            var rows = lines.ConvertAll(static row => row.Cells);
            var widths = rows.Skip(from).GroupBy(static row => row.Length).ToArray();
            if (widths.Length == 0) return new Guess(delimiter, 0, rows[0].Length, false, 0, 0, null);
            var most = widths.Max(static group => group.Count());
            var width = rows.Skip(from).First(row => widths.Any(group => group.Key == row.Length && group.Count() == most)).Length;
            var skipped = from;
            while (skipped < MostSkipped && skipped < rows.Count - 1 && IsTitle(rows[skipped], rows[skipped + 1], width)) skipped++;
            var isNarrow = skipped < rows.Count - 2 && width > 2 && rows[skipped].Length == width - 1;
            var table = rows.Skip(skipped + (isNarrow ? 1 : 0)).ToArray();
            var fitting = table.Count(row => row.Length == width || (row.Length > width && row.Skip(width).All(static cell => cell.Length == 0)));
            var cells = table.Skip(1).SelectMany(static row => row).ToArray();
            var readable = cells.Count(static cell => Cell.IsMissingNumber(cell) || Cell.IsNumberOrDate(cell));
            return new Guess(
                delimiter,
                skipped,
                width,
                isNarrow && table.Any(static row => row[^1].Length > 0),
                (double)(fitting + (isNarrow ? 1 : 0)) / (rows.Count - from),
                cells.Length == 0 ? 0 : (double)readable / cells.Length,
                skipped > from ? (lines[from].Line, string.Join(' ', rows[from].Where(static cell => cell.Length > 0))) : null);
        }

        // One text alone above a row of the table's width, or a few cells above a wide one.
        private static bool IsTitle(string[] row, string[] next, int width)
        {
            if (width < 2) return false;
            var filled = row.Count(static cell => cell.Length > 0);
            if (row.Length < width) return filled <= 1 || row.Length < width - 1;
            if (row.Length > width || width == 2 || filled > 1 || row[0].Length == 0) return false;
            return next.Count(static cell => cell.Length > 0) > 1 && Cell.Read(row[0], out _) == CellKind.Text;
        }
    }
}
