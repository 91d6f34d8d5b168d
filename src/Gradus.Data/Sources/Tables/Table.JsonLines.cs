using System.Text;
using System.Text.Json;
using Gradus.Formats;

namespace Gradus.Data;

// JSON lines: an object a line.
public sealed partial class Table
{
    // A line that never ends is no line.
    private const int LongestLine = 1 << 24;
    private const int LargestExactDigits = 15;

    /// <summary>
    /// Reads JSON lines: an object a line, plain or gzip. Its members are the cells: numbers, texts, true, false and null; what an object lacks is missing.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A line is no flat object. The message names file and line.</exception>
    public static Table ReadJsonLines(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var origin = TableOrigin.Lines(path);
        var cells = new CellStore(origin);
        using var stream = SourceFile.Open(path, out _);
        var line = 0;
        try
        {
            foreach (var text in LinesOf(stream, origin))
            {
                line++;
                if (text.Span.Trim(" \t\r"u8).IsEmpty) continue;
                ReadObject(text.Span, cells, origin, line);
                cells.EndRow(line);
            }
        }
        catch (InvalidDataException error) when (!error.Message.StartsWith(path, StringComparison.Ordinal))
        {
            // Of the compressed stream, which does not know its name.
            throw new InvalidDataException($"{path}: after line {line}: {error.Message}", error);
        }

        if (cells.Rows == 0) throw new InvalidDataException($"{path}: the file is empty, expected an object a line.");
        return cells.ToTable();
    }

    private static IEnumerable<ReadOnlyMemory<byte>> LinesOf(Stream stream, TableOrigin origin)
    {
        var buffer = new byte[1 << 16];
        int start = 0, end = 0, line = 0;
        var isFirst = true;
        while (true)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length < 0)
            {
                if (start > 0) buffer.AsSpan(start, end - start).CopyTo(buffer);
                (start, end) = (0, end - start);
                if (end == buffer.Length)
                {
                    if (buffer.Length == LongestLine)
                    {
                        throw new InvalidDataException(
                            $"{origin.At(line + 1)}: got a line of more than {LongestLine} bytes. Expected JSON lines, an object a line.");
                    }

                    Array.Resize(ref buffer, buffer.Length * 2);
                }

                var read = stream.Read(buffer, end, buffer.Length - end);
                end += read;
                if (isFirst && read > 0)
                {
                    isFirst = false;
                    start = CheckStart(buffer.AsSpan(0, end), origin);
                }

                if (read > 0) continue;
                if (end > start) yield return buffer.AsMemory(start, end - start);
                yield break;
            }

            line++;
            yield return buffer.AsMemory(start, length);
            start += length + 1;
        }
    }

    private static int CheckStart(ReadOnlySpan<byte> bytes, TableOrigin origin)
    {
        var start = bytes.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        if (bytes[start..].TrimStart(" \t\r\n"u8) is [(byte)'[', ..])
        {
            throw new InvalidDataException($"{origin}: got a JSON array, expected JSON lines: an object a line. Convert it first: jq -c '.[]'.");
        }

        // An object a line begins as a file of JSON does.
        if (bytes[start..].TrimStart(" \t\r\n"u8) is [(byte)'{', ..]) return start;
        if (FileKind.Of(bytes[..Math.Min(bytes.Length, FileKind.Start)]) is { } kind)
            throw OptionMessage.InvalidData($"{origin}: {kind.Instead("JSON lines")}");
        return start;
    }

    private static void ReadObject(ReadOnlySpan<byte> text, CellStore cells, TableOrigin origin, int line)
    {
        try
        {
            var json = new Utf8JsonReader(text);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                throw new InvalidDataException($"{origin.At(line)}: got {NameOf(json.TokenType)}, expected an object: {{\"area\": 12.5, \"city\": \"Ulm\"}}.");
            var seen = new HashSet<int>();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var name = json.GetString()!.Trim();
                var column = cells.ColumnOf(name);
                if (!seen.Add(column)) throw new InvalidDataException($"{origin.At(line)}: the name {Cell.Show(name)} comes twice.");
                json.Read();
                cells.Set(column, CellOf(ref json, origin, line, name));
            }

            // Reads on to the end, where nothing more may stand.
            while (json.Read())
            {
            }
        }
        catch (JsonException error)
        {
            var place = error.BytePositionInLine is { } at ? FormattableString.Invariant($", byte {at + 1}") : "";
            throw new InvalidDataException($"{origin.At(line)}{place}: no JSON: {JsonMistake.Of(text)}.", error);
        }
        catch (InvalidOperationException error)
        {
            // Half of a surrogate pair: valid JSON, but no text.
            throw new InvalidDataException($"{origin.At(line)}: got half a character, expected text in UTF-8.", error);
        }
    }

    private static TableValue CellOf(ref Utf8JsonReader json, TableOrigin origin, int line, string name) => json.TokenType switch
    {
        JsonTokenType.Null => TableValue.Missing,
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.String => json.GetString(),
        JsonTokenType.Number => NumberOf(json.ValueSpan),
        _ => throw new InvalidDataException(
            $"{origin.At(line)}: {Cell.Show(name)} is {NameOf(json.TokenType)}, expected a number, a text, true, false or null."),
    };

    private static TableValue NumberOf(ReadOnlySpan<byte> digits)
    {
        // Long whole numbers may be no doubles; they are told as a file tells them.
        var isWhole = !digits.ContainsAny(".eE"u8);
        return TableValue.Whole(Encoding.ASCII.GetString(digits), !isWhole || digits.Length <= LargestExactDigits);
    }

    private static string NameOf(JsonTokenType type) => type switch
    {
        JsonTokenType.StartArray => "a list",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "a truth value",
    };
}
