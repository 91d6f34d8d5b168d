namespace Gradus.Nn;

public static partial class Attributions
{
    /// <summary>
    /// Grad-CAM: max(0, Σₖ αₖ·Aₖ) with αₖ the mean of ∂f/∂Aₖ over the positions, for the channels Aₖ of a convolutional layer: where in the picture the
    /// layer saw what raised f.
    /// </summary>
    /// <remarks>
    /// Coarse, as the layer's own map is, and brought to the picture's size by linear interpolation. Selvaraju, Cogswell, Das, Vedantam, Parikh and Batra,
    /// "Grad-CAM: visual explanations from deep networks via gradient-based localization", 2017.
    /// </remarks>
    /// <param name="network">The network: [samples, channels, height, width] → [samples, outputs].</param>
    /// <param name="input">x, [samples, channels, height, width].</param>
    /// <param name="target">The output asked about: one for all samples, or one for each. Default: the greatest of each sample.</param>
    /// <param name="layer">
    /// A part of the network that gives [samples, channels, height, width]; where it is called several times, its last call counts. Default:
    /// <see cref="LastConvolution"/>.
    /// </param>
    /// <param name="positiveOnly">Whether what lowers f is left out: the max(0, …) of the formula. Default: true.</param>
    /// <returns>[samples, 1, height, width], in the picture's height and width.</returns>
    /// <exception cref="GradusException">Input, target or output do not fit, there is no convolution, or the layer gives no map or takes no part.</exception>
    public static Tensor GradCam(
        Module<Tensor, Tensor> network, Tensor input, ReadOnlySpan<int> target = default, Module<Tensor, Tensor>? layer = null, bool positiveOnly = true)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(input);
        if (input.Rank != 4) throw new GradusException($"gradCam: the input is {input.Describe()}, expected [samples, channels, height, width].");
        layer ??= LastConvolution(network)
            ?? throw new GradusException($"gradCam: {network.GetType().Name} has no Conv2d. Name the layer whose maps are to be read.");
        return AttributionRun.Of("gradCam", network, input, target, run =>
        {
            using var scope = new TensorScope();
            var maps = RecordedMaps(run, layer, out var score);
            var share = Autograd.Grad(score, maps).Mean([2, 3], keepDim: true);
            var map = (share * maps.Detach()).Sum(1, keepDim: true);
            if (positiveOnly) map = map.Relu();
            return scope.Keep(map.Interpolate2d((input.Shape[2], input.Shape[3]), InterpolationMode.Linear));
        });
    }

    /// <summary>The last Conv2d of a network, in order of registration, or null.</summary>
    public static Module<Tensor, Tensor>? LastConvolution(Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.NamedModules().Select(static named => named.Module).OfType<Conv2d>().LastOrDefault();
    }

    /// <summary>Evaluates the network, and gives what a layer gave on the way.</summary>
    private static Tensor RecordedMaps(AttributionRun run, Module<Tensor, Tensor> layer, out Tensor score)
    {
        Tensor? maps = null;
        using (layer.RegisterForwardHook((_, output) => maps = output)) score = run.RecordedScore(run.Input.Detach().RequireGrad());
        if (maps is null)
        {
            throw new GradusException($"gradCam: {layer.GetType().Name} is not called when the network is evaluated. Name a layer that is part of it.");
        }

        if (maps.Rank != 4)
        {
            throw new GradusException(
                $"gradCam: {layer.GetType().Name} gives {maps.Describe()}, expected [samples, channels, height, width]. Name a convolutional layer.");
        }

        return maps;
    }
}
