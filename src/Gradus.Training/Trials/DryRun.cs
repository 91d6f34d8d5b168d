using Gradus.Nn;

namespace Gradus.Training;

/// <summary>What a run of a few batches through everything found: see <see cref="Trainer{TBatch}.TryOut"/>.</summary>
/// <param name="Losses">The training loss of each batch, before its step.</param>
/// <param name="Validation">The evaluation of as many batches of the validation set; null where there is none.</param>
/// <param name="Test">The evaluation of as many batches of the test set; null where there is none.</param>
/// <param name="Untrained">
/// The names of parameters that are not frozen and yet had no gradient in any step: <see cref="Parameter.WhyNoGradient"/> says why.
/// </param>
/// <param name="SecondsPerStep">The time of the fastest step.</param>
public sealed record DryRun(
    IReadOnlyList<double> Losses, Evaluation? Validation, Evaluation? Test, IReadOnlyList<string> Untrained, double SecondsPerStep)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(DryRun), PrintMembers);
}
