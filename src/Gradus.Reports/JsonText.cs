using System.Text.Json;

namespace Gradus.Reports;

/// <summary>Texts in the events of a run.</summary>
internal static class JsonText
{
    /// <summary>A text of an object; empty where it has none of this name.</summary>
    public static string Of(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
