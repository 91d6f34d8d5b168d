namespace Gradus.Training;

/// <summary>How often samples of one class were taken for another.</summary>
/// <param name="Actual">The class that they are of.</param>
/// <param name="Predicted">The class that they were taken for.</param>
/// <param name="Count">Number of samples.</param>
public sealed record ConfusedPair(string Actual, string Predicted, long Count)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(ConfusedPair), PrintMembers);
}
