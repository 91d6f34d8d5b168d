namespace Gradus.Nn;

/// <summary>A rectifier as the last layer: the network cannot give a negative number, and an output that is 0 for every sample never learns.</summary>
internal sealed class RectifiedOutput : Check
{
    public override IEnumerable<Finding> Look(Evidence evidence)
    {
        if (evidence.Graph.LastFunction is not { } function || !function.Role.HasFlag(OpRole.Rectifying)) return [];
        var last = evidence.Records.LastOrDefault(static record => record.Calls > 0 && record.Activations.Any());
        return
        [
            new(Illness.RectifiedOutput, Severity.Illness, last?.Path ?? "", last?.Type ?? "", $"what the network gives comes from a {function.Name}.",
                "Logits and targets below 0 cannot be given, and where an output is 0 no gradient comes through.",
                "End with the linear layer; for outputs above 0 take Softplus, or learn their logarithm."),
        ];
    }
}
