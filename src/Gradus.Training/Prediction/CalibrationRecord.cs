using Gradus.Data;

namespace Gradus.Training;

/// <summary>
/// How sure a model may be, as learnt from samples that it was not trained on: a temperature for its probabilities, or how far its values are off.
/// </summary>
public sealed record CalibrationRecord
{
    /// <summary>The share of cases that <see cref="Prediction.Interval"/> covers: 0.9.</summary>
    public const double UsualCoverage = 0.9;

    internal const double LowestTemperature = 0.05;
    internal const double HighestTemperature = 20;

    /// <summary>Number of samples that it was learnt from.</summary>
    public required int Samples { get; init; }

    /// <summary>
    /// What logits are divided by before the softmax: above 1 where the network is too sure. Null for values. (Guo et al., On Calibration of Modern
    /// Neural Networks, 2017.)
    /// </summary>
    public double? Temperature { get; init; }

    /// <summary>The expected calibration error on these samples at a temperature of 1; null for values.</summary>
    public double? ErrorBefore { get; init; }

    /// <summary>The expected calibration error on these samples at <see cref="Temperature"/>; null for values.</summary>
    public double? ErrorAfter { get; init; }

    /// <summary>
    /// The half widths of intervals by the share of cases that they cover, ascending, in the target's unit, or that of its logarithm
    /// (<see cref="OfLogarithms"/>); null for classes. Shares that need more
    /// samples than there were are left out. (Vovk et al., Algorithmic Learning in a Random World, 2005: split conformal prediction.)
    /// </summary>
    public IReadOnlyList<IntervalRecord>? Intervals { get; init; }

    /// <summary>Whether the half widths are those of ln(1 + target), which was learnt; then intervals are not symmetric. Default: null, they are not.</summary>
    public bool? OfLogarithms { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(CalibrationRecord), PrintMembers);

    /// <summary>The interval about a value that covers a share of cases; null where none is known.</summary>
    internal PredictionInterval? IntervalOf(double value, double coverage)
    {
        if (HalfWidthOf(coverage) is not { } known) return null;
        var center = Transform.Apply(value);
        return new PredictionInterval(Transform.Invert(center - known.HalfWidth), Transform.Invert(center + known.HalfWidth), known.Coverage);
    }

    /// <summary>How far a value is off, as the half widths tell it.</summary>
    internal double ErrorOf(double value, double target) => Math.Abs(Transform.Apply(value) - Transform.Apply(target));

    private TargetTransform Transform => OfLogarithms == true ? TargetTransform.Log : TargetTransform.None;

    /// <summary>The narrowest known interval that covers a share of cases; null where there is none.</summary>
    internal IntervalRecord? HalfWidthOf(double coverage)
    {
        if (Intervals is not { } intervals) return null;
        for (var index = 0; index < intervals.Count; index++)
        {
            if (intervals[index].Coverage >= coverage) return intervals[index];
        }

        return null;
    }

    /// <exception cref="InvalidDataException">A value is out of range.</exception>
    internal void Check()
    {
        if (Samples < 1) throw new InvalidDataException($"the model's calibration is from {Samples} samples");
        if (Temperature is { } temperature && !(temperature is >= LowestTemperature and <= HighestTemperature))
        {
            throw new InvalidDataException($"the model's temperature is {temperature}");
        }

        var before = new IntervalRecord { Coverage = 0, HalfWidth = 0 };
        foreach (var interval in Intervals ?? [])
        {
            var isWider = interval.Coverage > before.Coverage && interval.HalfWidth >= before.HalfWidth;
            if (!isWider || !(interval.Coverage < 1) || !double.IsFinite(interval.HalfWidth))
            {
                throw new InvalidDataException("the model's intervals are not in order");
            }

            before = interval;
        }
    }
}

/// <summary>Half the width of an interval that covers a share of cases.</summary>
public sealed record IntervalRecord
{
    /// <summary>The share of cases, in (0, 1).</summary>
    public required double Coverage { get; init; }

    /// <summary>Half the width, in the target's unit, or in that of its logarithm.</summary>
    public required double HalfWidth { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(IntervalRecord), PrintMembers);
}
