using System.Text;
using System.Text.Json;

namespace Gradus.Training;

/// <summary>An event of a run as its events.jsonl has it: a name and what goes with it.</summary>
public sealed class RunEvent
{
    private static readonly string[] Counters = ["epoch", "step", "best_epoch", "seconds"];

    private readonly JsonElement _json;

    private RunEvent(string name, JsonElement json) => (Name, _json) = (name, json);

    /// <summary>What happened: <c>data</c>, <c>start</c>, <c>step</c>, <c>epoch</c>, <c>doctor</c>, <c>budget</c>, <c>interrupted</c>, <c>done</c>.</summary>
    public string Name { get; }

    /// <summary>A number of it; NaN where it has none of this name, or one that is not finite.</summary>
    /// <param name="name">The name of the number, such as <c>loss</c>.</param>
    public double this[string name] => _json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;

    /// <summary>All its numbers but the counters and the time: losses and metrics.</summary>
    public IReadOnlyDictionary<string, double> Figures => _json.EnumerateObject()
        .Where(static member => member.Value.ValueKind is JsonValueKind.Number or JsonValueKind.Null && !Counters.Contains(member.Name))
        .DistinctBy(static member => member.Name)
        .ToDictionary(static member => member.Name, static member => member.Value.ValueKind == JsonValueKind.Number ? member.Value.GetDouble() : double.NaN);

    /// <summary>The whole event.</summary>
    public JsonElement Json => _json;

    /// <inheritdoc/>
    public override string ToString() => _json.GetRawText();

    /// <summary>Parses a line; null if it is no event.</summary>
    public static RunEvent? Parse(string line) => Parse(Encoding.UTF8.GetBytes(line));

    internal static RunEvent? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var json = document.RootElement;
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("event", out var name) || name.ValueKind != JsonValueKind.String) return null;
            ReadTexts(json);
            return new RunEvent(name.GetString()!, json.Clone());
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Reads all names and texts: that one is half a surrogate pair is found only then.</summary>
    /// <exception cref="InvalidOperationException">One is no text.</exception>
    private static void ReadTexts(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                _ = json.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray()) ReadTexts(item);
                break;
            case JsonValueKind.Object:
                foreach (var member in json.EnumerateObject())
                {
                    _ = member.Name;
                    ReadTexts(member.Value);
                }

                break;
        }
    }
}
