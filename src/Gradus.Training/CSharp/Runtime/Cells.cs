namespace Gradus.Exported;

/// <summary>Cells of a table as numbers.</summary>
internal static class Cells
{
    // Of categories that differ in case alone.
    private const int Several = -1;

    private static readonly HashSet<string> MissingWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "NA", "N/A", "NaN", "null", "?", "#N/A", "#NA", "#N/A N/A", "#VALUE!", "#DIV/0!", "#REF!", "#NUM!", "#NAME?", "#NULL!",
        "<NA>", "<null>", "(null)", @"\N", "NaT", "-nan", "1.#QNAN", "-1.#IND", "n.a.",
    };

    /// <summary>A text without spaces around it, or null where it stands for a missing one.</summary>
    public static string? Text(string? text) => text?.Trim() is { Length: > 0 } trimmed && !MissingWords.Contains(trimmed) ? trimmed : null;

    /// <summary>(number − mean) / deviation; NaN is a missing number, in whose place the median stands, where there may be one.</summary>
    public static float Number(double? cell, string column, double mean, double deviation, double? median)
    {
        if (cell is not { } number || double.IsNaN(number)) number = median ?? throw Missing(column);
        var value = (float)((number - mean) / deviation);
        return float.IsFinite(value) ? value : throw new ArgumentException($"{column}: {number} is too far from what was learnt from.", column);
    }

    /// <summary>Sets the input of a text's category; an unknown one sets none.</summary>
    public static void Category(string? cell, string column, string[] categories, Dictionary<string, int> places, bool mayBeMissing, Span<float> inputs)
    {
        inputs.Clear();
        var text = Text(cell);
        if (text is null && !mayBeMissing) throw Missing(column);
        if (!places.TryGetValue(text ?? "", out var place)) return;
        if (place == Several) place = Array.IndexOf(categories, text);
        if (place >= 0) inputs[place] = 1;
    }

    /// <summary>The place of a text among those that have an order; null for any other.</summary>
    public static double? Place(string? cell, string[] order, Dictionary<string, int> places)
    {
        if (cell?.Trim() is not { } text || !places.TryGetValue(text, out var place)) return null;
        if (place == Several) place = Array.IndexOf(order, text);
        return place >= 0 ? place : null;
    }

    /// <summary>The places of categories, in capitals or not.</summary>
    public static Dictionary<string, int> Places(string[] categories)
    {
        var places = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var place = 0; place < categories.Length; place++)
        {
            if (!places.TryAdd(categories[place], place)) places[categories[place]] = Several;
        }

        return places;
    }

    private static ArgumentException Missing(string column) => new($"{column}: a value is missing, and none was when the model learnt.", column);
}
