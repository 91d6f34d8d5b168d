namespace Gradus.Nn;

/// <summary>NaN or infinity, and where it arose. Judged only where it reached the loss or a gradient: −∞ in a mask does no harm.</summary>
internal sealed class NotFinite : Check
{
    private const string Meaning = "Every number that is computed from a value that is not finite is lost, and after the next step all weights are.";

    public override bool IsFinal => true;

    public override IEnumerable<Finding> Look(Evidence evidence)
    {
        if (evidence.Parameters.FirstOrDefault(static flow => !double.IsFinite(flow.Norm)) is { } weight)
        {
            return
            [
                new(Illness.NotFinite, Severity.Illness, weight.Name, "", "the weights themselves are not finite.", Meaning,
                    "Go back to an earlier checkpoint; then lower the learning rate, or clip the gradients by their norm."),
            ];
        }

        var isForward = !double.IsFinite(evidence.Loss);
        if (!isForward && evidence.Parameters.All(static flow => flow.Gradient is null || double.IsFinite(flow.Gradient.Value))) return [];
        if (isForward && evidence.Input is { } input && !double.IsFinite(input.Mean))
        {
            return
            [
                new(Illness.NotFinite, Severity.Illness, "", "", "the network's input is not finite.", Meaning,
                    "Look for missing values in the data: NaN, infinities, divisions by a deviation of 0."),
            ];
        }

        // Forward the first layer that gave it, backward the last that a gradient reached with it.
        var layer = isForward
            ? evidence.Layers.FirstOrDefault(static layer => layer.Activation is { } size && !double.IsFinite(size))
            : evidence.Layers.LastOrDefault(static layer => (layer.Gradient ?? layer.WeightGradient) is { } size && !double.IsFinite(size));
        var figure = isForward ? FormattableString.Invariant($"the loss is {evidence.Loss}.") : "the loss is finite, but a gradient is not.";
        return
        [
            new(Illness.NotFinite, Severity.Illness, layer?.Path ?? "", layer?.Type ?? "", $"{figure}{FirstOperator(evidence)}", Meaning,
                isForward
                    ? "Lower the learning rate, normalize the inputs, and take stable forms: CrossEntropy of logits, LogSoftmax, " +
                        "an ε below a root or in a division."
                    : "Look at the operator named: a root, a power, a division or a logarithm at 0 has no finite slope. Add an ε to its input."),
        ];
    }

    private static string FirstOperator(Evidence evidence)
    {
        try
        {
            using var anomaly = new Anomaly();
            var loss = evidence.Evaluate();
            Autograd.Grad([loss], [.. evidence.Parameters.Where(static flow => flow.Gradient is not null).Select(static flow => flow.Parameter.Leaf)]);
        }
        catch (GradusException exception)
        {
            return $" First: {exception.Message}";
        }

        return "";
    }
}
