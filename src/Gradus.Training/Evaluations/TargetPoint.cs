namespace Gradus.Training;

/// <summary>A numeric target and what was predicted for it, in the target's unit.</summary>
/// <param name="Target">The target.</param>
/// <param name="Prediction">The prediction; null where it is not finite.</param>
public sealed record TargetPoint(double Target, double? Prediction)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TargetPoint), PrintMembers);
}
