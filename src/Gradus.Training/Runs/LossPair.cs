namespace Gradus.Training;

/// <summary>The losses of two runs at a step.</summary>
/// <param name="Step">The step, from 1.</param>
/// <param name="A">That of the first run; NaN where it was not finite.</param>
/// <param name="B">That of the second one.</param>
public sealed record LossPair(long Step, double A, double B)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(LossPair), PrintMembers);
}
