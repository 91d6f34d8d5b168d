namespace Gradus.Nn;

public static partial class Attributions
{
    // Copies of a sample that go through the network at once.
    private const int OcclusionBatch = 64;

    /// <summary>
    /// Occlusion: f(x) less f of x with a window of it covered by a baseline, for each place of the window; a number gets the mean over the windows that
    /// cover it.
    /// </summary>
    /// <remarks>
    /// No gradient is needed, and large changes are tried rather than small ones. The window covers all channels; its last place on each axis is moved in,
    /// so that every number is covered. Zeiler and Fergus, "Visualizing and understanding convolutional networks", 2014.
    /// </remarks>
    /// <param name="network">The network: [samples, …] → [samples, outputs].</param>
    /// <param name="input">x: [samples, features], [samples, channels, length] or [samples, channels, height, width].</param>
    /// <param name="window">The size of what is covered; of features and lines its width counts.</param>
    /// <param name="target">The output asked about: one for all samples, or one for each. Default: the greatest of each sample.</param>
    /// <param name="stride">From one place of the window to the next. Default: 1.</param>
    /// <param name="baseline">What covers; it broadcasts to the input. Default: zeros.</param>
    /// <returns>[samples, features], [samples, 1, length] or [samples, 1, height, width].</returns>
    /// <exception cref="GradusException">Input, target, baseline or output do not fit, or the window is empty or larger than the input.</exception>
    public static Tensor Occlusion(
        Module<Tensor, Tensor> network, Tensor input, Size2 window, ReadOnlySpan<int> target = default, Size2? stride = null, Tensor? baseline = null)
    {
        const string operation = "occlusion";
        ArgumentNullException.ThrowIfNull(input);
        var windows = OcclusionWindows.Over(operation, input, window, stride ?? 1);
        return AttributionRun.Of(operation, network, input, target, run =>
        {
            var cover = BaselineOf(operation, run.Input, baseline);
            return Tensor.Concat([.. Enumerable.Range(0, input.Shape[0]).Select(sample => Occluded(run, cover, windows, sample))]);
        });
    }

    private static Tensor Occluded(AttributionRun run, Tensor cover, OcclusionWindows windows, int sample)
    {
        using var scope = new TensorScope();
        var (x, covered, score, target) =
            (run.Input.Slice(0, sample, 1), cover.Slice(0, sample, 1), run.Score.Slice(0, sample, 1), run.Target.Slice(0, sample, 1));
        Tensor? sum = null, count = null;
        for (var start = 0; start < windows.Count; start += OcclusionBatch)
        {
            var mask = windows.Masks(start, Math.Min(OcclusionBatch, windows.Count - start));
            var drop = score - run.ScoreAt(Tensor.Where(mask, covered, x), target);
            var covers = mask.To(x.DType);
            var part = (covers * drop.Reshape([-1, .. Enumerable.Repeat(1, mask.Rank - 1)])).Sum(0, keepDim: true);
            sum = sum is null ? part : sum + part;
            count = count is null ? covers.Sum(0, keepDim: true) : count + covers.Sum(0, keepDim: true);
        }

        return scope.Keep(sum! / count!);
    }
}
