namespace Gradus.Onnx;

/// <summary>The activations that recurrent networks name.</summary>
internal static class RecurrentActivation
{
    /// <param name="call">The node.</param>
    /// <param name="name">The activation's name, in whatever case.</param>
    /// <param name="index">Which of the node's activations it is.</param>
    public static Func<Tensor, Tensor> Of(OnnxCall call, string name, int index)
    {
        // The numbers stand in the order of the activations; those behind the last have their defaults.
        double Number(string attribute, double otherwise) => call.Floats(attribute) is { } given && index < given.Length ? given[index] : otherwise;
        double Alpha(double otherwise) => Number("activation_alpha", otherwise);
        double Beta(double otherwise) => Number("activation_beta", otherwise);
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
