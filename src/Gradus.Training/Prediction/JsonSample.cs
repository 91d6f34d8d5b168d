using System.Text.Json;
using Gradus.Data;
using Gradus.Formats;

namespace Gradus.Training;

/// <summary>Reads a sample that is a value of JSON.</summary>
internal static class JsonSample
{
    private const int DeepestArray = 8;

    /// <inheritdoc cref="Predictor.Prepare(JsonElement)"/>
    public static PreparedSample Prepare(Predictor predictor, JsonElement sample) => (predictor.Form, sample.ValueKind) switch
    {
        (DataForm.Sentence or DataForm.Text, JsonValueKind.String) => predictor.PrepareText(sample.GetString()!),
        (DataForm.Text, JsonValueKind.Object) => predictor.PrepareText(Text(sample)),
        (DataForm.Picture, JsonValueKind.Object) => Picture(predictor, sample),
        (_, JsonValueKind.Object) when predictor.Columns.Count > 0 && predictor.Model.Table!.Window == 0 => Row(predictor, sample),
        (DataForm.Sentence or DataForm.Text, _) => throw Unexpected(predictor, sample),
        (_, JsonValueKind.Array) when sample.GetArrayLength() > 0 => predictor.Prepare(Numbers(predictor, sample)),
        _ => throw Unexpected(predictor, sample),
    };

    /// <summary>Parses JSON.</summary>
    /// <param name="json">The text, in UTF-8.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="InvalidDataException">It is none. The message says where, what came, and what was expected.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json, string name)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{name} is no JSON: {JsonMistake.PlaceOf(json.Span)}: {JsonMistake.Of(json.Span)}.", exception);
        }
    }

    /// <summary>What a model takes: <c>an object with the columns "area", "city"</c>.</summary>
    public static string Expected(Predictor predictor) => predictor.Form switch
    {
        DataForm.Sentence when predictor.Model.TextColumn is { } column => $"a string, or an object with the column {Cell.Show(column)}",
        DataForm.Text => "a string or {\"text\": …}",
        DataForm.Picture => "{\"picture\": base64} or an array of numbers from 0 to 1",
        _ when predictor.Columns.Count > 0 && predictor.Model.Table!.Window == 0 =>
            $"an object with the columns {PlainText.QuoteAll(predictor.Columns.Select(static column => Cell.Show(column.Name)))}",
        _ => $"an array of the numbers of {predictor.Model.Record.ToModelData()}",
    };

    private static PreparedSample Row(Predictor predictor, JsonElement sample)
    {
        var row = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var property in sample.EnumerateObject())
        {
            if (!row.TryAdd(property.Name, ValueOf(property))) throw new InvalidDataException($"column {Cell.Show(property.Name)} is given twice.");
        }

        return predictor.Prepare(row);
    }

    private static object? ValueOf(JsonProperty property) => property.Value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => property.Value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => Number(property),
        var kind => throw new InvalidDataException(
            $"column {Cell.Show(property.Name)}: got {Word(kind)}, expected a number, a text, true, false or null."),
    };

    // As a line of JSON is read: whole numbers beyond 2⁵³ stay apart as texts.
    private static object Number(JsonProperty property) =>
        property.Value.TryGetInt64(out var whole) ? whole
        : property.Value.TryGetDouble(out var real) && double.IsFinite(real) ? real
        : throw new InvalidDataException($"column {Cell.Show(property.Name)}: the number {Cell.Show(property.Value.GetRawText())} is too large.");

    private static string Text(JsonElement sample) =>
        sample.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : throw new InvalidDataException("got an object without a \"text\", expected a string or {\"text\": …}.");

    private static PreparedSample Picture(Predictor predictor, JsonElement sample)
    {
        if (!sample.TryGetProperty("picture", out var picture)) throw Unexpected(predictor, sample);
        if (picture.ValueKind == JsonValueKind.Array) return predictor.Prepare(Numbers(predictor, picture));
        if (picture.ValueKind != JsonValueKind.String || !picture.TryGetBytesFromBase64(out var file))
        {
            throw new InvalidDataException("\"picture\" is no text of base64, expected the bytes of a PNG, JPEG, GIF or BMP file.");
        }

        using var stream = new MemoryStream(file);
        return predictor.PreparePicture(stream);
    }

    private static float[] Numbers(Predictor predictor, JsonElement array)
    {
        // No more than the model takes are read, however many there are.
        var most = predictor.Columns.Count > 0 && predictor.Model.Table!.Window == 0
            ? predictor.Columns.Count
            : predictor.InputShape.Aggregate(1, static (product, size) => product * size);
        var numbers = new List<float>(most);
        Collect(array, numbers, most, DeepestArray);
        return [.. numbers];
    }

    private static void Collect(JsonElement array, List<float> numbers, int most, int deepest)
    {
        if (deepest == 0) throw new InvalidDataException($"got arrays nested more than {DeepestArray} deep, expected numbers.");
        foreach (var element in array.EnumerateArray())
        {
            if (element.ValueKind == JsonValueKind.Array)
            {
                Collect(element, numbers, most, deepest - 1);
                continue;
            }

            if (element.ValueKind == JsonValueKind.Null) numbers.Add(float.NaN);
            else if (element.ValueKind == JsonValueKind.Number && element.TryGetSingle(out var number)) numbers.Add(number);
            else throw new InvalidDataException($"number {numbers.Count} of the sample is {Word(element.ValueKind)}, expected a number.");
            if (numbers.Count > most) throw new InvalidDataException($"got more than {most} numbers, expected {most}.");
        }
    }

    private static InvalidDataException Unexpected(Predictor predictor, JsonElement sample)
    {
        var got = sample.ValueKind == JsonValueKind.Array && sample.GetArrayLength() == 0 ? "an empty list" : Word(sample.ValueKind);
        return new InvalidDataException($"got {got}, expected {Expected(predictor)}.");
    }

    private static string Word(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a truth value",
        _ => "null",
    };
}
