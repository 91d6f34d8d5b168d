namespace Gradus.Nn;

/// <summary>Rectified units that give 0 for every sample of the batch: no gradient passes through them.</summary>
/// <remarks>Glorot, Bordes and Bengio, "Deep sparse rectifier neural networks", 2011; Lu et al., "Dying ReLU and initialization", 2019.</remarks>
internal sealed class DeadUnits : Check
{
    /// <summary>
    /// Live units give 0 for half of the samples, and in deep networks samples come to resemble each other, so some units seem dead in any batch; half of
    /// a layer is not chance.
    /// </summary>
    public const double Share = 0.5;

    /// <summary>With so many gone, what the layers before learn is explained by it.</summary>
    public const double NearlyAll = 0.9;

    public override IEnumerable<Finding> Look(Evidence evidence)
    {
        foreach (var record in evidence.Records)
        {
            foreach (var activation in record.Activations.Where(static activation => activation.IsWellObserved))
            {
                var flow = activation.ToFlow();
                if (flow.DeadUnits is not { } dead || dead < Share * flow.Units) continue;
                var all = dead == flow.Units;
                yield return new(Illness.DeadUnits, Severity.Illness, record.Path, record.Type,
                    FormattableString.Invariant(
                        $"{(all ? "all" : $"{dead} of")} {flow.Units} units give 0 for every sample of the batch; below {Percent(Share)} would do."),
                    all
                        ? "The layer is dead: no gradient reaches it or what comes before it, so none of that learns any more."
                        : "Where a rectifier gives 0 its slope is 0: these units learn nothing, and nothing learns through them.",
                    "Lower the learning rate and draw the weights anew with He's initialization and biases of 0; " +
                    "if it comes back, take LeakyRelu, Elu or Gelu, or a norm before the activation.");
            }
        }
    }
}
