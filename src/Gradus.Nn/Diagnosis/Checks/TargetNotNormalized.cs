namespace Gradus.Nn;

/// <summary>Targets far larger or smaller than what a fresh network gives, whose outputs are about 1.</summary>
internal sealed class TargetNotNormalized : Check
{
    /// <summary>Standardized targets have 1, ages and degrees some tens, prices thousands.</summary>
    private const double LargestSize = 100;

    private const double SmallestSize = 0.001;

    /// <summary>A network that gives numbers of the targets' size has a scale of its own, or has learnt it.</summary>
    private const double LargestRatio = 10;

    public override IEnumerable<Finding> Look(Evidence evidence)
    {
        if (evidence.Target is not var (mean, deviation)) return [];
        var size = Math.Sqrt((mean * mean) + (deviation * deviation));
        if (size is 0 or (>= SmallestSize and <= LargestSize) || !double.IsFinite(size)) return [];
        if (evidence.Output is { Size: > 0 and var given } && given < LargestRatio * size && size < LargestRatio * given) return [];
        return
        [
            new(Illness.TargetNotNormalized, Severity.Illness, "", "", $"the targets have mean {N(mean)} and deviation {N(deviation)}; expected about 0 and 1.",
                size > 1
                    ? "The loss and its gradients are as large as their square: steps are far too large, or, with Adam, so small beside the targets " +
                      "that learning takes for ever."
                    : "The loss is small before anything is learnt, and the gradients with it.",
                "Subtract the training targets' mean and divide by their deviation, and undo it where predictions are used; or learn their logarithm."),
        ];
    }
}
