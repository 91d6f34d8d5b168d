namespace Gradus.Training;

/// <summary>The loss of a step at a rate.</summary>
/// <param name="Rate">The learning rate of the first optimizer.</param>
/// <param name="Loss">The loss before the step.</param>
/// <param name="Smoothed">The moving average of the losses so far, of which each step takes a tenth.</param>
public readonly record struct LearningRatePoint(double Rate, double Loss, double Smoothed);

/// <summary>How the loss goes while the learning rate rises from step to step: see <see cref="Trainer{TBatch}.FindLearningRate"/>.</summary>
/// <remarks>Smith, "Cyclical learning rates for training neural networks", 2017.</remarks>
/// <param name="Points">The steps, up to where the loss diverged or the highest rate.</param>
public sealed record LearningRateCurve(IReadOnlyList<LearningRatePoint> Points)
{
    /// <summary>A tenth of the rate at which the smoothed loss is least, the usual rule; null where it never falls below its first value.</summary>
    public double? Suggestion => Points.Count > 0 && Points.MinBy(static point => point.Smoothed) is var best && best.Smoothed < Points[0].Smoothed
        ? best.Rate / 10 : null;

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(LearningRateCurve), PrintMembers);
}
