namespace Gradus.Training;

/// <summary>An option that two runs do not share.</summary>
/// <param name="Name">Its name, as in the recipe.</param>
/// <param name="A">What the first run has; null where it has none.</param>
/// <param name="B">What the second one has; null where it has none.</param>
public sealed record OptionDifference(string Name, string? A, string? B)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(OptionDifference), PrintMembers);
}
