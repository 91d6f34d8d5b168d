namespace Gradus.Nn;

/// <summary>No parameter gets a gradient.</summary>
internal sealed class DetachedLoss : Check
{
    public override bool IsFinal => true;

    public override IEnumerable<Finding> Look(Evidence evidence)
    {
        if (evidence.Parameters.Count == 0 || evidence.Parameters.Any(static flow => flow.Gradient is not null)) return [];
        // The last parameter is nearest to the loss, and so to the cut.
        var words = evidence.Parameters[^1].Parameter.WhyNoGradient(evidence.Evaluate);
        return
        [
            new(Illness.DetachedLoss, Severity.Illness, "", "", $"none of the {evidence.Parameters.Count} parameters gets a gradient. {words}",
                "The optimizer has nothing to go by: no step changes anything.", "Compute the loss from the network's output by tensor operations alone, outside of NoGrad, without Detach, Item or ToArray on the way."),
        ];
    }
}
