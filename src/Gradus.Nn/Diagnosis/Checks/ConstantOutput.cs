namespace Gradus.Nn;

/// <summary>The network's output is the same for every row of the batch.</summary>
internal sealed class ConstantOutput : Check
{
    /// <summary>About the rounding of float32: a network that tells anything apart stands far above it.</summary>
    private const double SmallestSpread = 1e-5;

    public override IEnumerable<Finding> Look(Evidence evidence)
    {
        // All of these make it so. An output of zeros may be meant: some begin with last weights of 0.
        if (evidence.Has(Illness.DeadUnits, Illness.SaturatedUnits, Illness.VanishingGradient, Illness.ExplodingGradient)) return [];
        if (evidence.Input is not { Deviation: > 0 } || evidence.Output is not var (spread, size) || size == 0 || spread >= SmallestSpread * size) return [];
        return
        [
            new(Illness.ConstantOutput, Severity.Illness, "", "",
                $"the outputs for the batch's samples differ by {N(spread / size)} of their size; above {N(SmallestSpread)} would do.",
                "The network has stopped looking at its input: it gives what is best on average.",
                "Look for a part that passes nothing on (weights near 0, a mask, a wrong axis); " +
                "draw the weights anew, lower the learning rate or the weight decay."),
        ];
    }
}
