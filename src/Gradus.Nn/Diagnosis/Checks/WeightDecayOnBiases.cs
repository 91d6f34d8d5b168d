namespace Gradus.Nn;

/// <summary>Weight decay on parameters of fewer than two axes: biases, and the scales of norms.</summary>
/// <remarks>
/// Biases need no decay to keep a network from overfitting (Goodfellow, Bengio and Courville, "Deep Learning", 2016, section 7.1), and the scale after a
/// norm is what the network chose it to be.
/// </remarks>
internal sealed class WeightDecayOnBiases : Check
{
    public override IEnumerable<Finding> Look(Evidence evidence)
    {
        if (evidence.Optimizer is not { } optimizer) return [];
        ParameterState[] decayed =
            [.. optimizer.States.Where(static state => state is { WeightDecay: > 0, Parameter.IsFrozen: false } && state.Parameter.Sizes.Rank < 2)];
        if (decayed.Length == 0) return [];
        return
        [
            new(Illness.WeightDecayOnBiases, Severity.Advice, decayed[0].Name, "", FormattableString.Invariant(
                $"a weight decay of {decayed.Max(static state => state.WeightDecay)} acts on {decayed.Length} parameters that are biases or scales of norms") +
                    (decayed.Length == 1 ? "." : ", this one the first."),
                "It draws them towards 0, which keeps no network from overfitting and holds units back from where they should be.",
                "Set DecayBiasesAndNorms = false in the optimizer's options, or give them a group without decay: " +
                "ParameterGroup.Named(\"*.bias\") with { WeightDecay = 0 }."),
        ];
    }
}
