using System.Text;
using System.Text.Json;

namespace Gradus.Formats;

/// <summary>What is wrong with a text that is no JSON, in plain words: what came, and what was expected.</summary>
internal static class JsonMistake
{
    private const int DeepestLevel = 64;
    private const int LongestShown = 20;

    private static ReadOnlySpan<byte> Spaces => " \t\r\n"u8;

    /// <summary>What is wrong, without its place: <c>got '&lt;', expected a value</c>.</summary>
    /// <param name="json">The text, which <see cref="Utf8JsonReader"/> refuses.</param>
    public static string Of(ReadOnlySpan<byte> json) => json.Trim(Spaces).IsEmpty ? "it is empty, expected a value" : Find(json).Text;

    /// <summary>Where it is wrong, as people count: <c>line 1, column 7</c>.</summary>
    /// <param name="json">The text.</param>
    public static string PlaceOf(ReadOnlySpan<byte> json)
    {
        var before = json[..Find(json).Place];
        var line = before.Count((byte)'\n') + 1;
        var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return FormattableString.Invariant($"line {line}, column {column}");
    }

    private static (int Place, string Text) Find(ReadOnlySpan<byte> json)
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

            return (json.Length, "it is JSON");
        }
        catch (JsonException error)
        {
            var place = PlaceOf(json, error);
            // A comma with nothing behind it is no mistake by itself.
            if (place < json.Length && json[place] == ',' && json[(place + 1)..].Trim(Spaces).IsEmpty) place = json.Length;
            return (place, Text(json[(int)good.BytesConsumed..place].Trim(Spaces), json[place..], good.TokenType, isObject));
        }
    }

    private static int PlaceOf(ReadOnlySpan<byte> json, JsonException error)
    {
        var start = 0;
        for (var line = 0L; line < error.LineNumber; line++) start += json[start..].IndexOf((byte)'\n') + 1;
        return (int)Math.Min(start + (error.BytePositionInLine ?? 0), json.Length);
    }

    // Between the last token that is right and the place stands what separates the next one, or the beginning of it.
    private static string Text(ReadOnlySpan<byte> between, ReadOnlySpan<byte> rest, JsonTokenType last, Stack<bool> isObject)
    {
        var isOpen = isObject.TryPeek(out var inObject);
        var hasComma = between is [(byte)',', ..];
        if (hasComma) between = between[1..].TrimStart(Spaces);
        var wantsName = inObject && (hasComma || last == JsonTokenType.StartObject);
        var isName = wantsName && between is [(byte)'"', _, .., (byte)'"'];
        var isText = between is [(byte)'"', ..] && !isName;
        if (rest.IsEmpty && isText) return "it ends within a text";
        if (rest.IsEmpty && isOpen) return $"it ends before {(inObject ? "an object" : "a list")} is closed";
        if (isObject.Count == DeepestLevel && rest is [(byte)'{' or (byte)'[', ..]) return $"got lists and objects more than {DeepestLevel} deep";
        var expected = isName ? "a colon behind the name"
            : isText ? "the rest of a text"
            : !between.IsEmpty ? $"the rest of what begins with '{PlainText.Quote(Encoding.UTF8.GetString(between[..Math.Min(between.Length, LongestShown)]))}'"
            : wantsName ? $"a name in quotation marks{(hasComma ? "" : ", or }")}"
            : hasComma || last is JsonTokenType.None or JsonTokenType.PropertyName ? "a value"
            : last == JsonTokenType.StartArray ? "a value, or ]"
            : !isOpen ? "nothing more"
            : inObject ? "a comma, or }" : "a comma, or ]";
        return rest.IsEmpty ? $"it ends where {expected} was expected" : $"got {Shown(rest)}, expected {expected}";
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
