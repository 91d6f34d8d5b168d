namespace Gradus.Formats;

/// <summary>What a file holds and no tensor or plain value stands for.</summary>
/// <param name="Name">Where it is in the file: <c>args</c>.</param>
/// <param name="Kind">What it is: <c>argparse.Namespace</c>.</param>
public sealed record LeftOutValue(string Name, string Kind)
{
    /// <inheritdoc/>
    public override string ToString() => $"{PlainText.Quote(Name)}: {PlainText.Quote(Kind)}";

    /// <summary>Some as a sentence; null where there are none.</summary>
    internal static string? Describe(IReadOnlyList<LeftOutValue> all, int most)
    {
        if (all.Count == 0) return null;
        var listed = string.Join(", ", all.Take(most));
        return $"{all.Count} {(all.Count == 1 ? "value was" : "values were")} left out: {listed}{(all.Count > most ? ", …" : "")}.";
    }
}
