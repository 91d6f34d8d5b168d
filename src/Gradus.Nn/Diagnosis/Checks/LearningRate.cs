namespace Gradus.Nn;

/// <summary>Steps that are too large or too small for the weights, by the median over all weights of ‖Δw‖/‖w‖.</summary>
/// <remarks>About 1/1000 is usual: Bottou's advice, made known by Karpathy's course notes (cs231n, "Ratio of weights:updates").</remarks>
internal sealed class LearningRate : Check
{
    /// <summary>A hundred times the usual: ten such steps replace the weights. The first step of Adam on a wide layer, 0.05, is below.</summary>
    private const double LargestRatio = 0.1;

    /// <summary>A hundredth of the usual: a hundred thousand steps to move by as much as the weights are.</summary>
    private const double SmallestRatio = 1e-5;

    public override IEnumerable<Finding> Look(Evidence evidence)
    {
        if (evidence.Has(Illness.InputNotNormalized, Illness.TargetNotNormalized, Illness.DeadUnits,
            Illness.SaturatedUnits, Illness.VanishingGradient, Illness.ExplodingGradient, Illness.ConstantOutput))
        {
            return [];
        }

        double[] ratios =
        [
            .. evidence.Parameters.Where(static flow => flow is { IsWeight: true, Norm: > 0, Update: > 0 })
                .Select(static flow => flow.Update!.Value / flow.Norm).Order(),
        ];
        if (ratios.Length == 0 || evidence.Optimizer is not { LearningRate: > 0 and var rate }) return [];
        var median = ratios[ratios.Length / 2];
        if (median > LargestRatio)
        {
            return
            [
                new(Illness.LearningRateTooHigh, Severity.Illness, "", "", FormattableString.Invariant(
                    $"a step at the learning rate {rate} changes the median weight by {N(median)} of itself; about 0.001 is usual, below ") +
                        FormattableString.Invariant($"{LargestRatio} would do."),
                    "The loss jumps about or grows: each step leaves the neighborhood for which its gradient holds.",
                    FormattableString.Invariant($"Begin with about {rate * 0.01 / median:G1}, warm up, or clip the gradients by their norm.")),
            ];
        }

        if (median >= SmallestRatio) return [];
        return
        [
            new(Illness.LearningRateTooLow, Severity.Advice, "", "", FormattableString.Invariant(
                $"a step at the learning rate {rate} changes the median weight by {N(median)} of itself; about 0.001 is usual."),
                "Unless the network has learnt what it can, learning takes very long.",
                FormattableString.Invariant($"Try {rate * 10:G1} and more, or Adam, whose steps do not depend on the gradient's size.")),
        ];
    }
}
