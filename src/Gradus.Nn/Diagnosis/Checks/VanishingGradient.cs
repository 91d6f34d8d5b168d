namespace Gradus.Nn;

/// <summary>The gradient of the first layers, or of the first steps of time, is a small part of that of the last.</summary>
/// <remarks>
/// Hochreiter, 1991; Bengio, Simard and Frasconi, "Learning long-term dependencies with gradient descent is difficult", 1994; Glorot and Bengio, 2010.
/// </remarks>
internal sealed class VanishingGradient : Check
{
    /// <summary>
    /// Layers of one network whose gradients differ by more cannot learn at one learning rate. He's initialization keeps the norm the same, whatever the depth.
    /// </summary>
    private const double SmallestRatio = 1e-3;

    /// <summary>Over time: what the last steps say is a thousand times louder, and more.</summary>
    private const double SmallestRatioInTime = 1e-4;

    private const int FewestSteps = 5;

    public override IEnumerable<Finding> Look(Evidence evidence)
    {
        if (evidence.Has(Illness.SaturatedUnits) || IsDead(evidence)) yield break;
        var trunk = evidence.Trunk;
        if (trunk.Count > 1 && trunk[^1].Gradient is { } last and > 0)
        {
            // From the first layer on: a branch may have a small gradient of its own while those before it do well.
            LayerFlow[] starved = [.. trunk.TakeWhile(layer => layer.Gradient < SmallestRatio * last)];
            if (starved.Length > 0) yield return InDepth(evidence, trunk, starved, last);
        }

        foreach (var record in evidence.Records)
        {
            foreach (var activation in record.Activations)
            {
                var gradients = activation.Gradients;
                if (gradients.Count < FewestSteps) continue;
                var largest = gradients.Max();
                if (gradients[0] >= SmallestRatioInTime * largest) continue;
                var flow = activation.ToFlow();
                yield return new(Illness.VanishingGradient, Severity.Illness, record.Path, record.Type,
                    FormattableString.Invariant(
                        $"from the {flow.Operator}'s last of {gradients.Count} evaluations back to its first, the gradient's norm falls from ") +
                            FormattableString.Invariant($"{N(largest)} to {N(gradients[0])}; {SmallestRatioInTime} of it would do."),
                    "What came early in the sequence has no influence on learning.",
                    "Take Lstm or Gru in place of a plain recurrent layer, an orthogonal initialization of the recurrent weight, attention, " +
                    "or shorter sequences; between layers, residual connections.");
            }
        }
    }

    /// <summary>Whether so many units are dead that little can come through.</summary>
    internal static bool IsDead(Evidence evidence) =>
        evidence.Has(Illness.DeadUnits) && evidence.Layers.Any(static layer =>
            layer.Activations.Any(static activation => activation.DeadUnits >= DeadUnits.NearlyAll * activation.Units));

    private static Finding InDepth(Evidence evidence, IReadOnlyList<LayerFlow> trunk, LayerFlow[] starved, double last)
    {
        var first = trunk[0];
        var ratio = first.Gradient!.Value / last;
        var how = ratio > 0
            ? FormattableString.Invariant(
                $"its gradient is {N(ratio)} of that of {trunk[^1].Place}, a factor of ") +
                    FormattableString.Invariant($"{N(Math.Pow(ratio, 1.0 / (trunk.Count - 1)))} a layer; above {SmallestRatio} would do.")
            : $"no gradient reaches it, though one reaches {trunk[^1].Place}. {WhyZero(evidence, first)}";
        return new(Illness.VanishingGradient, Severity.Illness, first.Path, first.Type,
            starved.Length == 1 ? how : $"{how} {starved.Length} of {trunk.Count} layers are below it.",
            "The layers far from the loss hardly learn, while those near it do.",
            "Take Relu or Gelu in place of sigmoid and tanh, He's initialization, a norm after each layer, or residual connections.");
    }

    private static string WhyZero(Evidence evidence, LayerFlow layer)
    {
        var prefix = layer.Path.Length == 0 ? "" : layer.Path + ".";
        return evidence.Parameters.FirstOrDefault(flow => flow.Name.StartsWith(prefix, StringComparison.Ordinal))
            ?.Parameter.WhyNoGradient(evidence.Evaluate) ?? "";
    }
}
