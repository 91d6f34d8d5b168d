namespace Gradus.Nn;

/// <summary>An optimizer that moves parameters of another network, such as one that was made before and replaced.</summary>
internal sealed class OtherParameters : Check
{
    public override IEnumerable<Finding> Look(Evidence evidence)
    {
        if (evidence.Optimizer is not { } optimizer) return [];
        var leaves = optimizer.Parameters.Where(static parameter => parameter.HasValue).Select(static parameter => parameter.Leaf);
        var moved = new HashSet<Tensor>(leaves, ReferenceEqualityComparer.Instance);
        var own = evidence.Parameters.Where(static flow => !flow.Parameter.IsFrozen).ToArray();
        ParameterFlow[] missing = [.. own.Where(flow => !moved.Contains(flow.Parameter.Leaf))];
        var strangers = optimizer.Parameters.Count - evidence.Parameters.Count(flow => moved.Contains(flow.Parameter.Leaf));
        // An optimizer may move a part of the network on purpose; one that moves nothing of it, or others in place of some, does not.
        if (missing.Length == 0 || (missing.Length < own.Length && strangers == 0)) return [];
        var what = missing.Length == own.Length ? "none of the network's" : FormattableString.Invariant($"{missing.Length} of the network's");
        return
        [
            new(Illness.OtherParameters, Severity.Illness, missing[0].Name, "", missing.Length == own.Length
                ? FormattableString.Invariant($"the optimizer moves {optimizer.Parameters.Count} parameters, {what} {own.Length} among them.")
                : FormattableString.Invariant(
                    $"the optimizer does not move {what} {own.Length} parameters, this one the first, but {strangers} that the network does not have."),
                "The steps change other numbers, so the network stays as it is.",
                "Make the optimizer from this network's parameters, after its last part was put in place: new Adam(model.Parameters())."),
        ];
    }
}
