using System.Text;
using System.Text.Json;

namespace Gradus.Formats;

/// <summary>What is wrong with a text that is no JSON, in plain words: what came, and what was expected.</summary>
internal static class JsonMistake
{
    private const int DeepestLevel = 64;

    /// <summary>What is wrong, without its place: <c>got '&lt;', expected a value</c>.</summary>
    /// <param name="json">The text, which <see cref="Utf8JsonReader"/> refuses.</param>
    public static string Of(ReadOnlySpan<byte> json)
    {
        if (json.Trim(" \t\r\n"u8).IsEmpty) return "it is empty, expected a value";
        var (place, expected) = Find(json);
        return place >= json.Length ? $"it ends where {expected} was expected" : $"got {Shown(json[place..])}, expected {expected}";
    }

    /// <summary>Where it is wrong, as people count: <c>line 1, column 7</c>.</summary>
    /// <param name="json">The text.</param>
    public static string PlaceOf(ReadOnlySpan<byte> json)
    {
        var before = json[..Math.Min(Find(json).Place, json.Length)];
        var line = before.Count((byte)'\n') + 1;
        var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return FormattableString.Invariant($"line {line}, column {column}");
    }

    private static (int Place, string Expected) Find(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var isObject = new Stack<bool>();
        // The reader as it was before what it refuses.
        var good = reader;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) isObject.Push(reader.TokenType == JsonTokenType.StartObject);
                if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray) isObject.Pop();
                good = reader;
            }

            return (json.Length, "nothing");
        }
        catch (JsonException error)
        {
            var place = PlaceOf(json, error);
            return (place, isObject.Count == DeepestLevel && place < json.Length && json[place] is (byte)'{' or (byte)'['
                ? $"lists and objects at most {DeepestLevel} deep" : Expected(json[(int)good.BytesConsumed..place], good.TokenType, isObject));
        }
    }

    private static int PlaceOf(ReadOnlySpan<byte> json, JsonException error)
    {
        var start = 0;
        for (var line = 0L; line < error.LineNumber; line++) start += json[start..].IndexOf((byte)'\n') + 1;
        return (int)Math.Min(start + (error.BytePositionInLine ?? 0), json.Length);
    }

    // Between the last token that is right and the place stands what separates the next one, or the beginning of it.
    private static string Expected(ReadOnlySpan<byte> between, JsonTokenType last, Stack<bool> isObject)
    {
        between = between.Trim(" \t\r\n"u8);
        var hasComma = between is [(byte)',', ..];
        if (hasComma) between = between[1..].TrimStart(" \t\r\n"u8);
        var wantsName = isObject.TryPeek(out var inObject) && inObject && (hasComma || last == JsonTokenType.StartObject);
        if (between is [(byte)'"', ..]) return between.Length > 1 && between[^1] == '"' && wantsName ? "a colon behind the name" : "the rest of a text and its quotation mark";
        if (!between.IsEmpty) return $"the rest of what begins with '{PlainText.Quote(Encoding.UTF8.GetString(between))}'";
        if (wantsName) return hasComma ? "a name in quotation marks" : "a name in quotation marks, or }";
        if (hasComma || last is JsonTokenType.None or JsonTokenType.PropertyName) return "a value";
        if (last == JsonTokenType.StartArray) return "a value, or ]";
        return isObject.Count == 0 ? "nothing more" : inObject ? "a comma, or }" : "a comma, or ]";
    }

    private static string Shown(ReadOnlySpan<byte> rest) => Rune.DecodeFromUtf8(rest, out var rune, out _) switch
    {
        System.Buffers.OperationStatus.Done when rune.Value == '\n' => "the end of a line",
        System.Buffers.OperationStatus.Done when rune.Value == '\t' => "a tab",
        System.Buffers.OperationStatus.Done when Rune.IsControl(rune) => FormattableString.Invariant($"the character {rune.Value}"),
        System.Buffers.OperationStatus.Done => $"'{rune}'",
        _ => FormattableString.Invariant($"the byte {rest[0]}, which is no UTF-8"),
    };
}
