using Gradus.Nn;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary>What one method says of a sample.</summary>
/// <param name="Word">The method, as it is typed.</param>
/// <param name="Title">The method, as it is read.</param>
/// <param name="Values">In the shape of the sample; Grad-CAM and occlusion have one channel.</param>
/// <param name="Note">What it is, in a few characters.</param>
internal sealed record SampleAttribution(string Word, string Title, Tensor Values, string Note)
{
    /// <summary>The baseline's score and by how much completeness is missed; of integrated gradients only.</summary>
    public (double BaselineScore, double Gap)? Completeness { get; init; }
}

/// <summary>The methods by the words of <c>--method</c>.</summary>
internal static class AttributionMethods
{
    public const string All = "all";

    /// <summary>In the order in which they are shown.</summary>
    public static readonly string[] Words = ["gradient", "gradient-times-input", "integrated-gradients", "smoothgrad", "grad-cam", "occlusion"];

    // A picture is covered by windows of this size, which move by half of it.
    private const int LargestWindow = 4;

    private static readonly Size2 Stride = 2;

    /// <summary>Whether a method can say something of this model: Grad-CAM needs a convolution over pictures.</summary>
    public static bool Applies(string word, TrainedModel model) =>
        word != "grad-cam" || (model.Record.InputShape.Length == 3 && Attributions.LastConvolution(model.Network) is not null);

    /// <summary>Asks a method about an output of one sample, [1, …].</summary>
    public static SampleAttribution Ask(string word, TrainedModel model, Tensor x, int output, long seed)
    {
        var network = model.Network;
        return word switch
        {
            "gradient" => new(word, "gradient", Of(Attributions.Gradient(network, x, [output])), "∂f/∂x"),
            "gradient-times-input" => new(word, "gradient × input", Of(Attributions.GradientTimesInput(network, x, [output])), "x · ∂f/∂x"),
            "integrated-gradients" => Integrated(word, model, x, output),
            "smoothgrad" => new(word, "SmoothGrad", Of(Attributions.SmoothGrad(network, x, [output], seed: seed)), "∂f/∂x, mean over 50 noises"),
            "grad-cam" => new(word, "Grad-CAM", Of(Attributions.GradCam(network, x, [output])), $"layer {Attributions.LastConvolution(network)!.Path}"),
            _ => Occlusion(word, model, x, output),
        };
    }

    private static SampleAttribution Integrated(string word, TrainedModel model, Tensor x, int output)
    {
        var integrated = Attributions.IntegratedGradients(model.Network, x, [output], Blank(model));
        return new(word, "integrated gradients", Of(integrated.Values),
            FormattableString.Invariant($"sum {integrated.Sum.Item():G4}, gap {integrated.Gap.Item():G2}"))
        {
            Completeness = (integrated.BaselineScore.Item(), integrated.Gap.Item()),
        };
    }

    private static SampleAttribution Occlusion(string word, TrainedModel model, Tensor x, int output)
    {
        Size2 window = x.Rank == 4 ? (Math.Min(LargestWindow, x.Shape[2]), Math.Min(LargestWindow, x.Shape[3])) : 1;
        return new(word, "occlusion", Of(Attributions.Occlusion(model.Network, x, window, [output], x.Rank == 4 ? Stride : 1, Blank(model))),
            $"f(x) − f(covered), {window}");
    }

    /// <summary>What stands for nothing: a black picture; of a table, whose columns are standardized, the mean row.</summary>
    private static Tensor Blank(TrainedModel model) => Tensor.Full([1], -model.Record.InputMean / model.Record.InputDeviation);

    private static Tensor Of(Tensor values) => values.Squeeze(0);
}
