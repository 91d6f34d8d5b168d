namespace Gradus.Onnx;

/// <summary>The activations that recurrent networks name.</summary>
internal static class RecurrentActivation
{
    private static readonly string[] WithAlpha = ["AFFINE", "LEAKYRELU", "THRESHOLDEDRELU", "SCALEDTANH", "HARDSIGMOID", "ELU"];
    private static readonly string[] WithBeta = ["AFFINE", "SCALEDTANH", "HARDSIGMOID"];

    /// <param name="call">The node.</param>
    /// <param name="names">The names of all its activations, in whatever case.</param>
    /// <param name="index">Which of them.</param>
    public static Func<Tensor, Tensor> Of(OnnxCall call, IReadOnlyList<string> names, int index)
    {
        var name = names[index];
        // Each number belongs to the next activation that takes one; those behind the last have their defaults.
        double Number(string attribute, string[] takers, double otherwise)
        {
            var place = names.Take(index).Count(before => takers.Contains(before.ToUpperInvariant()));
            return call.Floats(attribute) is { } given && place < given.Length ? given[place] : otherwise;
        }

        double Alpha(double otherwise) => Number("activation_alpha", WithAlpha, otherwise);
        double Beta(double otherwise) => Number("activation_beta", WithBeta, otherwise);
        return name.ToUpperInvariant() switch
        {
            "RELU" => static x => x.Relu(),
            "TANH" => static x => x.Tanh(),
            "SIGMOID" => static x => x.Sigmoid(),
            "SOFTSIGN" => static x => x.Softsign(),
            "SOFTPLUS" => static x => x.Softplus(),
            "AFFINE" => x => (x * Alpha(1)) + Beta(0),
            "LEAKYRELU" => x => x.LeakyRelu(Alpha(0.01)),
            "THRESHOLDEDRELU" => x => x.Threshold(Alpha(1), 0.0),
            "SCALEDTANH" => x => (x * Beta(1)).Tanh() * Alpha(1),
            "HARDSIGMOID" => x => ((x * Alpha(0.2)) + Beta(0.5)).Clamp(0.0, 1.0),
            "ELU" => x => x.Elu(Alpha(1)),
            _ => throw call.Fault($"activation {PlainText.Quote(name)}"),
        };
    }
}
