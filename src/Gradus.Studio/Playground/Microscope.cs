using System.Globalization;
using System.Text;
using Gradus.Graphs;

namespace Gradus.Studio;

/// <summary>The loss of one point as an expression of single numbers: every weight, sum and activation of the network by name.</summary>
/// <remarks>
/// Neuron 2 of the first layer is <c>h1_2 = tanh(w1_21 * x1 + w1_22 * x2 + b1_2)</c>, the output z, the target t, and the loss
/// L = ln(1 + eᶻ) − t z, whose derivative by z is σ(z) − t; or L = (z − t)².
/// </remarks>
internal static class Microscope
{
    /// <summary>The graph of a point, forward and backward, at the weights of now.</summary>
    public static GraphModel Of(Playground playground, int point)
    {
        var (text, values) = Write(playground, point);
        return Expression.Parse(text).Evaluate(values);
    }

    private static (string Text, Dictionary<string, Tensor> Values) Write(Playground playground, int point)
    {
        var (network, options, text) = (playground.Network, playground.Options, new StringBuilder());
        var values = new Dictionary<string, Tensor>
        {
            ["x1"] = Tensor.Scalar(playground.Points.X[2 * point]),
            ["x2"] = Tensor.Scalar(playground.Points.X[(2 * point) + 1]),
            ["t"] = Tensor.Scalar(playground.Points.Targets[point]),
        };
        string[] inputs = [.. options.Features.Select(NameOf)];
        for (var layer = 0; layer < network.Layers.Count; layer++)
        {
            var isLast = layer == network.Layers.Count - 1;
            var (weights, biases) = (network.Layers[layer].Weight.Value.ToArray<float>(), network.Layers[layer].Bias!.Value.ToArray<float>());
            var outputs = new string[biases.Length];
            for (var neuron = 0; neuron < biases.Length; neuron++)
            {
                var sum = new StringBuilder();
                for (var input = 0; input < inputs.Length; input++)
                {
                    var weight = Invariant($"w{layer + 1}_{neuron + 1}{(inputs.Length > 9 ? "_" : "")}{input + 1}");
                    values[weight] = Tensor.Scalar(weights[(neuron * inputs.Length) + input]);
                    sum.Append(sum.Length > 0 ? " + " : "").Append(weight).Append(" * ").Append(inputs[input]);
                }

                var bias = Invariant($"b{layer + 1}_{neuron + 1}");
                values[bias] = Tensor.Scalar(biases[neuron]);
                sum.Append(" + ").Append(bias);
                outputs[neuron] = isLast ? "z" : Invariant($"h{layer + 1}_{neuron + 1}");
                var isOff = !isLast && !network.AreOn(layer)[neuron];
                text.Append(outputs[neuron]).Append(" = ").Append(isLast ? sum : Activated(options.Activation, sum)).Append(isOff ? " * 0" : "").Append("; ");
            }

            inputs = outputs;
        }

        text.Append(options.IsClassification ? "L = log(1 + exp(z)) - t * z" : "L = (z - t) ** 2");
        return (text.ToString(), values);
    }

    private static string Activated(PlaygroundActivation activation, StringBuilder sum) => activation switch
    {
        PlaygroundActivation.Tanh => $"tanh({sum})",
        PlaygroundActivation.Relu => $"relu({sum})",
        PlaygroundActivation.Sigmoid => $"sigmoid({sum})",
        _ => sum.ToString(),
    };

    private static string NameOf(PlaygroundFeature feature) => feature switch
    {
        PlaygroundFeature.X1 => "x1",
        PlaygroundFeature.X2 => "x2",
        PlaygroundFeature.X1Squared => "x1 ** 2",
        PlaygroundFeature.X2Squared => "x2 ** 2",
        _ => "x1 * x2",
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
