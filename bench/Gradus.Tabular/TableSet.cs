namespace Gradus.Tabular;

/// <summary>A table, and what is learned of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="File">Its file.</param>
/// <param name="Target">The target column; null for the last one.</param>
/// <param name="HasHeader">Whether its first line names the columns.</param>
internal sealed record TableSet(string Name, string File, string? Target, bool HasHeader)
{
    public static readonly TableSet[] All =
    [
        new("abalone", "abalone.csv", null, false),
        new("banknote", "banknote_authentication.csv", null, false),
        new("california", "california-housing.csv", "median_house_value", true),
        new("iris", "iris.csv", null, false),
        new("penguins", "penguins.csv", "species", true),
        new("wdbc", "wdbc.data", "1", false),
        new("wine", "wine.csv", null, false),
        new("winequality", "winequality-red.csv", null, false),
    ];
}
