namespace Gradus.Nn;

/// <summary>Integrated gradients, with what they have to add up to.</summary>
/// <param name="Values">The attributions, in the shape of the input.</param>
/// <param name="Score">f(x), [samples].</param>
/// <param name="BaselineScore">f at the baseline, [samples].</param>
public sealed record IntegratedAttribution(Tensor Values, Tensor Score, Tensor BaselineScore)
{
    /// <summary>The sum of each sample's attributions, [samples].</summary>
    public Tensor Sum => Values.Flatten(1).Sum(1);

    /// <summary>By how much completeness is missed: the sum less f(x) − f(baseline), [samples]. More steps make it smaller.</summary>
    public Tensor Gap => Sum - (Score - BaselineScore);
}
