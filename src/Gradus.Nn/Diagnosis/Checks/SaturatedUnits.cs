namespace Gradus.Nn;

/// <summary>
/// Sigmoids, tanhs and softmaxes inside the network that sit where their slope is nearly 0. What the network gives at its end may be as sure as it likes.
/// </summary>
/// <remarks>Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010, section 3.</remarks>
internal sealed class SaturatedUnits : Check
{
    /// <summary>Standard normal inputs saturate 3 % of tanhs and no sigmoid; inputs of deviation 3, nearly half of the tanhs.</summary>
    private const double Share = 0.5;

    public override IEnumerable<Finding> Look(Evidence evidence)
    {
        // Inputs out of scale saturate whatever reads them.
        if (evidence.Has(Illness.InputNotNormalized)) yield break;
        foreach (var record in evidence.Records)
        {
            foreach (var activation in record.Activations.Where(static activation => activation.IsHidden))
            {
                var flow = activation.ToFlow();
                if (flow.SaturatedShare is not { } share || share < Share) continue;
                yield return new(Illness.SaturatedUnits, Severity.Illness, record.Path, record.Type,
                    $"{Percent(share)} of {(flow.Operator == Ops.Softmax.Name
                        ? "the softmax's rows have one value above 0.99"
                        : $"the {flow.Operator}'s values lie where its slope is below a twentieth of the steepest")}; below {Percent(Share)} would do.",
                    "The gradient is multiplied by that slope, so next to nothing comes through.",
                    flow.Operator == Ops.Softmax.Name
                        ? "Scale the scores down (divide by √ of the size of the keys), or norm what they are computed from."
                        : "Draw smaller weights (Glorot's initialization), norm the layer's inputs, lower the learning rate, or take Relu or Gelu.");
            }
        }
    }
}
