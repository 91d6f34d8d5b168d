using System.Text.Json;

namespace Gradus.Formats;

/// <summary>An object of a JSON file from outside: its members, or an error that says where what was expected.</summary>
/// <param name="Element">The object.</param>
/// <param name="File">What error messages call the file.</param>
/// <param name="Place">Where the object is in it: <c>model.</c>; empty for the root.</param>
internal readonly record struct JsonObject(JsonElement Element, string File, string Place)
{
    /// <summary>Parses a file whose root is an object.</summary>
    public static JsonDocument Open(ReadOnlyMemory<byte> json, string file)
    {
        try
        {
            // A byte order mark is no part of the JSON.
            var document = JsonDocument.Parse(json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
            throw new InvalidDataException($"{file}: expected a JSON object.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{file}: it is not JSON: {exception.Message}", exception);
        }
    }

    public InvalidDataException Wrong(string name, string given, string expected) => new($"{File}: {Place}{name}: got {given}; expected {expected}.");

    public JsonObject Object(string name) => ObjectOrNull(name) ?? throw Wrong(name, "nothing", "an object");

    public JsonObject? ObjectOrNull(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Object ? new JsonObject(value, File, $"{Place}{name}.") : throw Wrong(name, Kind(value), "an object");

    public string Text(string name) => TextOrNull(name) ?? throw Wrong(name, "nothing", "a text");

    public string? TextOrNull(string name) => Find(name) is not { } value ? null : TextOf(name, value) ?? throw Wrong(name, Kind(value), "a text");

    /// <summary>The text that a value is; null of other values.</summary>
    public string? TextOf(string name, JsonElement value) => value.ValueKind == JsonValueKind.String ? Read(name, value.GetString) : null;

    public bool Flag(string name, bool otherwise) => Find(name) is not { } value ? otherwise : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(name, Kind(value), "true or false"),
    };

    public double? NumberOrNull(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number
        : throw Wrong(name, Kind(value), "a number");

    /// <param name="name">The member's name.</param>
    /// <param name="otherwise">What it is where it is missing; null: that is an error.</param>
    /// <param name="most">The largest it may be.</param>
    public int Whole(string name, int? otherwise, int most)
    {
        if (Find(name) is not { } value) return otherwise ?? throw Wrong(name, "nothing", "a whole number");
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 0 && number <= most
            ? number
            : throw Wrong(name, PlainText.Quote(value.GetRawText()), FormattableString.Invariant($"a whole number from 0 to {most}"));
    }

    public JsonElement[] Items(string name) => Find(name) is not { } value ? []
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : throw Wrong(name, Kind(value), "a list");

    public IEnumerable<JsonObject> Objects(string name)
    {
        var (self, number) = (this, 0);
        foreach (var item in Items(name))
        {
            var place = FormattableString.Invariant($"{Place}{name}[{number++}].");
            if (item.ValueKind != JsonValueKind.Object) throw self.Wrong(name, Kind(item), "a list of objects");
            yield return new JsonObject(item, self.File, place);
        }
    }

    /// <summary>All members, which are whole numbers.</summary>
    public IEnumerable<(string Name, int Number)> Numbers()
    {
        foreach (var member in Element.EnumerateObject())
        {
            var name = Read("a name", () => member.Name)!;
            if (member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out var number)) yield return (name, number);
            else throw Wrong(PlainText.Quote(name), Kind(member.Value), "a whole number");
        }
    }

    /// <summary>All members, which are texts.</summary>
    public IEnumerable<(string Name, string Text)> Texts()
    {
        foreach (var member in Element.EnumerateObject())
        {
            var name = Read("a name", () => member.Name)!;
            yield return (name, TextOf(name, member.Value) ?? throw Wrong(PlainText.Quote(name), Kind(member.Value), "a text"));
        }
    }

    /// <summary>Whether there is such a member, and not null.</summary>
    public bool Has(string name) => Find(name) is not null;

    private JsonElement? Find(string name) => Element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A text of the file: half of a surrogate pair, written as an escape, is no text.</summary>
    private string? Read(string name, Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            throw Wrong(name, "bytes that are no UTF-8, or half of a surrogate pair", "a text");
        }
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => $"the number {PlainText.Quote(value.GetRawText())}",
        _ => value.ValueKind.ToString().ToLowerInvariant(),
    };
}
