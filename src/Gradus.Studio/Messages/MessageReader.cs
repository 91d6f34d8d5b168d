using System.Text.Json;

namespace Gradus.Studio;

/// <summary>The members of a message, each of the kind that is asked for.</summary>
/// <param name="message">A JSON object.</param>
internal readonly struct MessageReader(JsonElement message)
{
    /// <exception cref="ArgumentException">It is missing, or no text.</exception>
    public string Text(string name) => TextOrNull(name) ?? throw Missing(name);

    /// <exception cref="ArgumentException">It is no text.</exception>
    public string? TextOrNull(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(name, value, "a text");

    /// <exception cref="ArgumentException">It is no number.</exception>
    public double? Number(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number ? value.GetDouble() : throw Wrong(name, value, "a number");

    /// <exception cref="ArgumentException">It is no whole number.</exception>
    public int? Whole(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw Wrong(name, value, "a whole number");

    /// <exception cref="ArgumentException">It is missing, or no whole number.</exception>
    public int RequiredWhole(string name) => Whole(name) ?? throw Missing(name);

    /// <exception cref="ArgumentException">It is neither true nor false.</exception>
    public bool? Flag(string name) => Find(name) is not { } value ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(name, value, "true or false");

    /// <exception cref="ArgumentException">It is no list of whole numbers.</exception>
    public IReadOnlyList<int>? Wholes(string name) => List<int>(name, "a list of whole numbers", static value =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null);

    /// <exception cref="ArgumentException">It is no list of numbers.</exception>
    public IReadOnlyList<float>? Singles(string name) => List<float>(name, "a list of numbers", static value =>
        value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out var number) && float.IsFinite(number) ? number : null);

    /// <exception cref="ArgumentException">It is no list of numbers.</exception>
    public IReadOnlyList<double>? Numbers(string name) => List<double>(name, "a list of numbers", static value =>
        value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null);

    /// <exception cref="ArgumentException">It is no list of texts.</exception>
    public IReadOnlyList<string>? Texts(string name)
    {
        if (Find(name) is not { } list) return null;
        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(static value => value.ValueKind != JsonValueKind.String))
            throw Wrong(name, list, "a list of texts");
        return [.. list.EnumerateArray().Select(static value => value.GetString()!)];
    }

    /// <summary>A word of some choices, in any case.</summary>
    /// <exception cref="ArgumentException">It is none of them.</exception>
    public T? Choice<T>(string name) where T : struct, Enum =>
        TextOrNull(name) is not { } word ? null : ChoiceOf<T>(word) ?? throw Wrong(name, word, $"one of {Words<T>()}");

    /// <exception cref="ArgumentException">One is none of them.</exception>
    public IReadOnlyList<T>? Choices<T>(string name) where T : struct, Enum => List<T>(name, $"a list of {Words<T>()}", static value =>
        value.ValueKind == JsonValueKind.String ? ChoiceOf<T>(value.GetString()!) : null);

    private static T? ChoiceOf<T>(string word) where T : struct, Enum =>
        !char.IsAsciiDigit(word.FirstOrDefault()) && Enum.TryParse<T>(word, ignoreCase: true, out var choice) && Enum.IsDefined(choice) ? choice : null;

    private static string Words<T>() where T : struct, Enum => string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant();

    private IReadOnlyList<T>? List<T>(string name, string expected, Func<JsonElement, T?> read) where T : struct
    {
        if (Find(name) is not { } list) return null;
        if (list.ValueKind != JsonValueKind.Array) throw Wrong(name, list, expected);
        return [.. list.EnumerateArray().Select(value => read(value) ?? throw Wrong(name, value, expected))];
    }

    private JsonElement? Find(string name) => message.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static ArgumentException Missing(string name) => new($"{name}: it is missing from the message.");

    private static ArgumentException Wrong(string name, object value, string expected) =>
        new($"{name}: got '{PlainText.Quote(value.ToString()!)}', expected {expected}.");
}
