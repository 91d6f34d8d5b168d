namespace Gradus.Nn;

/// <summary>No parameter gets a gradient.</summary>
internal sealed class DetachedLoss : Check
{
    public override bool IsFinal => true;

    public override IEnumerable<Finding> Look(Evidence evidence)
    {
        // A frozen one gets none in any case; but where all are frozen, that is the fault.
        var trained = evidence.Parameters.Where(static flow => !flow.Parameter.IsFrozen).ToArray() is { Length: > 0 } some ? some : [.. evidence.Parameters];
        if (trained.Length == 0 || trained.Any(static flow => flow.Gradient is not null)) return [];
        // The last parameter is nearest to the loss, and so to the cut.
        var words = trained[^1].Parameter.WhyNoGradient(evidence.Evaluate);
        return
        [
            new(Illness.DetachedLoss, Severity.Illness, "", "", $"none of the {trained.Length} parameters gets a gradient. {words}",
                "The optimizer has nothing to go by: no step changes anything.",
                "Compute the loss from the network's output by tensor operations alone, outside of NoGrad, without Detach, Item or ToArray on the way."),
        ];
    }
}
