namespace Gradus.Nn;

/// <summary>The gradient of the first layers, or of the first steps of time, is many times that of the last.</summary>
/// <remarks>Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks", 2013.</remarks>
internal sealed class ExplodingGradient : Check
{
    /// <summary>The counterpart of what vanishes.</summary>
    private const double LargestRatio = 1e3;

    /// <summary>
    /// Fused recurrent layers show no steps, but the gradients of their weights do; those of sound networks differ by two orders of magnitude.
    /// </summary>
    private const double LargestRatioOfWeights = 1e4;

    private const int FewestSteps = 5;

    private const string Meaning = "One such step throws the weights far off, or makes them NaN; before that, the loss jumps.";

    public override IEnumerable<Finding> Look(Evidence evidence)
    {
        var isFound = false;
        foreach (var finding in InTime(evidence))
        {
            isFound = true;
            yield return finding;
        }

        var trunk = evidence.Trunk;
        if (isFound || trunk.Count < 2 || VanishingGradient.IsDead(evidence)) yield break;
        var (first, last) = (trunk[0], trunk[^1]);
        var ratio = first.Gradient / last.Gradient;
        var largest = trunk.MaxBy(static layer => layer.WeightGradient)!;
        if (ratio > LargestRatio)
        {
            yield return Found(first.Path, first.Type, FormattableString.Invariant(
                $"its gradient is {N(ratio.Value)} times that of {last.Place}, a factor of ") +
                    FormattableString.Invariant($"{N(Math.Pow(ratio.Value, 1.0 / (trunk.Count - 1)))} a layer; below {LargestRatio} would do."));
        }
        else if (largest.WeightGradient / last.WeightGradient is { } ofWeights and > LargestRatioOfWeights and < double.PositiveInfinity &&
            !evidence.Has(Illness.InputNotNormalized, Illness.SaturatedUnits))
        {
            yield return Found(largest.Path, largest.Type, FormattableString.Invariant(
                $"the gradient of its weights is {N(ofWeights)} times that of {last.Place}; below {LargestRatioOfWeights} would do."));
        }
    }

    private static IEnumerable<Finding> InTime(Evidence evidence)
    {
        foreach (var record in evidence.Records)
        {
            foreach (var activation in record.Activations)
            {
                var gradients = activation.Gradients;
                // Against the last step, which the loss reaches directly; a step whose gradient is 0 says nothing.
                var last = gradients.LastOrDefault(static gradient => gradient > 0);
                if (gradients.Count < FewestSteps || last == 0 || gradients[0] <= LargestRatio * last) continue;
                yield return Found(record.Path, record.Type, FormattableString.Invariant(
                    $"from the last of {gradients.Count} evaluations back to the first, the gradient's norm grows from {N(last)} to ") +
                        FormattableString.Invariant($"{N(gradients[0])}, a factor of ") +
                        FormattableString.Invariant($"{N(Math.Pow(gradients[0] / last, 1.0 / (gradients.Count - 1)))} each; {LargestRatio} in all would do."));
            }
        }
    }

    private static Finding Found(string path, string type, string figure) => new(Illness.ExplodingGradient, Severity.Illness, path, type, figure, Meaning,
        "Clip the gradients by their norm (Clip.ByNorm), draw smaller weights (He's or an orthogonal initialization), put a norm after each layer; " +
        "for sequences Lstm or Gru.");
}
