namespace Gradus.Nn;

public static partial class Attributions
{
    private const int MostSteps = 1000;

    /// <summary>Integrated gradients: (x − b) · ∫₀¹ ∂f/∂x at b + t·(x − b) dt, the gradient averaged over the way from a baseline b to x.</summary>
    /// <remarks>
    /// They are complete: their sum is f(x) − f(b). The integral is a sum over <paramref name="steps"/> points, by Gauss and Legendre, so that f is missed
    /// by a little: <see cref="IntegratedAttribution.Gap"/> tells by how much. With smooth activations 50 points leave nothing; with ReLU the gradient
    /// jumps, and the gap falls as 1/steps. Sundararajan, Taly and Yan, "Axiomatic attribution for deep networks", 2017.
    /// </remarks>
    /// <param name="network">The network: [samples, …] → [samples, outputs].</param>
    /// <param name="input">x, [samples, …].</param>
    /// <param name="target">The output asked about: one for all samples, or one for each. Default: the greatest of each sample.</param>
    /// <param name="baseline">b, an input that stands for nothing, such as a black picture; it broadcasts to the input. Default: zeros.</param>
    /// <param name="steps">Points on the way, 1 to 1000. Default: 50.</param>
    /// <exception cref="GradusException">Input, target, baseline or output do not fit, or the number of steps is out of range.</exception>
    public static IntegratedAttribution IntegratedGradients(
        Module<Tensor, Tensor> network, Tensor input, ReadOnlySpan<int> target = default, Tensor? baseline = null, int steps = 50)
    {
        const string operation = "integratedGradients";
        if (steps is < 1 or > MostSteps) throw new GradusException(FormattableString.Invariant($"{operation}: {steps} steps, expected 1 … {MostSteps}."));
        return AttributionRun.Of(operation, network, input, target, run =>
        {
            var from = BaselineOf(operation, run.Input, baseline);
            var way = run.Input - from;
            var mean = Tensor.Zeros(run.Input.Shape, run.Input.DType);
            foreach (var (point, weight) in GaussLegendre.Rule(steps)) mean += run.GradientAt(from + (way * point)) * weight;
            return new IntegratedAttribution(way * mean, run.Score, run.ScoreAt(from, run.Target));
        });
    }
}
