using Gradus.Nn;

namespace Gradus.Training;

/// <summary>The methods of attribution by their words.</summary>
internal static class AttributionMethods
{
    public const string All = "all";

    /// <summary>In the order in which they are shown.</summary>
    public static readonly string[] Words = ["gradient", "gradient-times-input", "integrated-gradients", "smoothgrad", "grad-cam", "occlusion"];

    // A picture is covered by windows of this size, which move by half of it.
    private const int LargestWindow = 4;

    private static readonly Size2 Stride = 2;

    // A word's row of numbers as a whole has a share in the score, but no slope of its own.
    private static readonly string[] OfWords = ["gradient-times-input", "integrated-gradients", "occlusion"];

    /// <summary>Why a method says nothing of this model; null where it says something.</summary>
    public static string? WhyNot(string word, TrainedModel model)
    {
        if (word == "grad-cam" && (model.Record.InputShape.Length != 3 || Attributions.LastConvolution(model.Network) is null))
            return $"{word} needs a convolutional network; this one is {model.Record.Model}.";
        return model.TextColumn is null || OfWords.Contains(word) ? null : $"{word} says nothing of words; choose from {string.Join(", ", OfWords)}.";
    }

    /// <summary>Asks a method about an output of one sample, [1, …]; of a sentence about each of its words.</summary>
    public static SampleAttribution Ask(string word, TrainedModel model, Tensor x, int output, long seed)
    {
        if (model.Network is not SentenceClassifier sentences) return Ask(word, model, model.Network, x, output, seed);
        var words = x.NotEqual(0).Sum().Item();
        if (words == 0) throw new GradusException("attribute: the sentence has no words, so that nothing can be explained by them.");
        var answer = Ask(word, model, sentences.FromWords(x), sentences.Words.Forward(x).Transpose(1, 2).Detach(), output, seed);
        return answer with { Values = answer.Values.Sum(0).Slice(0, 0, (int)words) };
    }

    private static SampleAttribution Ask(string word, TrainedModel model, Module<Tensor, Tensor> network, Tensor x, int output, long seed)
    {
        return word switch
        {
            "gradient" => new(word, "gradient", Of(Attributions.Gradient(network, x, [output])), "∂f/∂x"),
            "gradient-times-input" => new(word, "gradient × input", Of(Attributions.GradientTimesInput(network, x, [output])), "x · ∂f/∂x"),
            "integrated-gradients" => Integrated(word, model, network, x, output),
            "smoothgrad" => new(word, "SmoothGrad", Of(Attributions.SmoothGrad(network, x, [output], seed: seed)), "∂f/∂x, mean over 50 noises"),
            "grad-cam" => new(word, "Grad-CAM", Of(Attributions.GradCam(network, x, [output])), $"layer {Attributions.LastConvolution(network)!.Path}"),
            _ => Occlusion(word, model, network, x, output),
        };
    }

    private static SampleAttribution Integrated(string word, TrainedModel model, Module<Tensor, Tensor> network, Tensor x, int output)
    {
        var integrated = Attributions.IntegratedGradients(network, x, [output], Blank(model));
        return new(word, "integrated gradients", Of(integrated.Values),
            FormattableString.Invariant($"sum {integrated.Sum.Item():G4}, gap {integrated.Gap.Item():G2}"))
        {
            Completeness = (integrated.BaselineScore.Item(), integrated.Gap.Item()),
        };
    }

    private static SampleAttribution Occlusion(string word, TrainedModel model, Module<Tensor, Tensor> network, Tensor x, int output)
    {
        Size2 window = x.Rank == 4 ? (Math.Min(LargestWindow, x.Shape[2]), Math.Min(LargestWindow, x.Shape[3])) : 1;
        return new(word, "occlusion", Of(Attributions.Occlusion(network, x, window, [output], x.Rank == 4 ? Stride : 1, Blank(model))),
            $"f(x) − f(covered), {window}");
    }

    /// <summary>What stands for nothing: a black picture; of a table, whose columns are standardized, the mean row; of sentences, no word.</summary>
    private static Tensor Blank(TrainedModel model) => Tensor.Full([1], -model.Record.InputMean / model.Record.InputDeviation);

    private static Tensor Of(Tensor values) => values.Squeeze(0);
}
