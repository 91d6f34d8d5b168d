namespace Gradus.Training;

/// <summary>Parameters that are trained from an epoch on. See <see cref="TrainingOptions.Unfreeze"/>.</summary>
/// <param name="Pattern">Their names, with * for any letters: <c>encoder.layers.3.*</c>.</param>
/// <param name="Epoch">The epoch, from 1.</param>
public sealed record Unfreezing(string Pattern, int Epoch)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Pattern} from epoch {Epoch}");
}
