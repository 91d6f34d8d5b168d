namespace Gradus.Nn;

public static partial class Attributions
{
    /// <summary>
    /// Gradient times input: x · ∂f/∂x, what each number would contribute if f were linear. Where f is linear it is exactly that: the sum is f(x) − f(0).
    /// </summary>
    /// <remarks>
    /// Shrikumar, Greenside, Shcherbina and Kundaje, "Not just a black box: learning important features through propagating activation differences", 2016.
    /// </remarks>
    /// <inheritdoc cref="Gradient"/>
    public static Tensor GradientTimesInput(Module<Tensor, Tensor> network, Tensor input, ReadOnlySpan<int> target = default) =>
        AttributionRun.Of("gradientTimesInput", network, input, target, static run => run.GradientAt(run.Input) * run.Input);
}
