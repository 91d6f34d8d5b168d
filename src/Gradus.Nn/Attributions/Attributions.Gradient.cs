namespace Gradus.Nn;

public static partial class Attributions
{
    /// <summary>The gradient, or saliency: ∂f/∂x, how much f changes for a small change of each number.</summary>
    /// <remarks>
    /// Simonyan, Vedaldi and Zisserman, "Deep inside convolutional networks: visualising image classification models and saliency maps", 2013; they draw
    /// |∂f/∂x|.
    /// </remarks>
    /// <param name="network">The network: [samples, …] → [samples, outputs].</param>
    /// <param name="input">x, [samples, …].</param>
    /// <param name="target">The output asked about: one for all samples, or one for each. Default: the greatest of each sample.</param>
    /// <returns>[samples, …], as the input.</returns>
    /// <exception cref="GradusException">Input, target or output do not fit.</exception>
    public static Tensor Gradient(Module<Tensor, Tensor> network, Tensor input, ReadOnlySpan<int> target = default) =>
        AttributionRun.Of("gradient", network, input, target, static run => run.GradientAt(run.Input));
}
