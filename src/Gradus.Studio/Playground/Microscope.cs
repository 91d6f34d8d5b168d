using System.Globalization;
using System.Text;
using Gradus.Graphs;

namespace Gradus.Studio;

/// <summary>The loss of one point as an expression, at the weights of now: layers as vectors, and of one neuron every number by its name.</summary>
/// <remarks>
/// The first layer is <c>h1 = tanh(W1 @ x + b1)</c>, the output z, the target t, and the loss L = ln(1 + eᶻ) − t z, whose derivative by z is σ(z) − t. Of a
/// neuron that is looked at the sum is written out, <c>h = tanh(w1 * x1 + w2 * x2 + b)</c>, and the layer is a list in which it stands.
/// </remarks>
internal sealed class Microscope
{
    private readonly Playground _playground;
    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, Tensor> _values;

    private Microscope(Playground playground, int point)
    {
        _playground = playground;
        _values = new Dictionary<string, Tensor> { ["t"] = Tensor.Scalar(playground.Points.Targets[point]) };
    }

    /// <summary>The graph of a point, forward and backward.</summary>
    /// <param name="playground">The network and its points.</param>
    /// <param name="point">The point.</param>
    /// <param name="neuron">The layer, from 0, and number of a hidden neuron whose sum is written out; null for none.</param>
    /// <exception cref="ArgumentException">There is no such hidden neuron.</exception>
    public static GraphModel Of(Playground playground, int point, (int Layer, int Number)? neuron = null)
    {
        var sizes = playground.Options.Layers;
        if (neuron is { } one && (one.Layer < 0 || one.Layer >= sizes.Count || one.Number < 0 || one.Number >= sizes[one.Layer]))
            throw new ArgumentException($"neuron: there is none with number {one.Number} in hidden layer {one.Layer}.");
        var microscope = new Microscope(playground, point);
        microscope.Write(point, neuron);
        return Expression.Parse(microscope._text.ToString()).Evaluate(microscope._values);
    }

    private void Write(int point, (int Layer, int Number)? neuron)
    {
        var (network, options) = (_playground.Network, _playground.Options);
        // What lies before the layer of the neuron is a value to it.
        var input = "x";
        var given = _playground.Select([point]).Features;
        if (neuron is not { Layer: 0 }) _values["x"] = given.Select(0, 0);
        for (var layer = 0; layer < network.Layers.Count; layer++)
        {
            var isLast = layer == network.Layers.Count - 1;
            if (neuron is { } one && one.Layer == layer)
            {
                WriteNeuron(layer, one.Number, layer == 0 ? given : network.Forward(given)[layer - 1], network.Forward(given)[layer]);
            }
            else if (neuron is null || layer > neuron.Value.Layer)
            {
                var (weights, biases) = (network.Layers[layer].Weight.Value.Detach(), network.Layers[layer].Bias!.Value.Detach());
                var (weight, bias) = (NameOf("W", layer), NameOf("b", layer));
                (_values[weight], _values[bias]) = isLast ? (weights.Select(0, 0), biases.Select(0, 0)) : (weights, biases);
                var sum = $"{weight} @ {input} + {bias}";
                _text.Append(isLast ? $"z = {sum}" : $"{NameOf("h", layer)} = {Activated(options.Activation, sum)}{Switched(layer)}").Append("; ");
            }

            input = NameOf("h", layer);
        }

        if (neuron is not null) _values.Remove("x");
        _text.Append(LossOf(options));
    }

    private void WriteNeuron(int layer, int number, Tensor inputs, Tensor outputs)
    {
        var (network, terms) = (_playground.Network, new List<string>());
        var (weights, count) = (network.Layers[layer].Weight.Value.ToArray<float>(), network.Sizes[layer]);
        for (var place = 0; place < count; place++)
        {
            var (weight, input) = (Invariant($"w{place + 1}"), Invariant($"{(layer == 0 ? NameOf(_playground.Options.Features[place]) : $"a{place + 1}")}"));
            (_values[weight], _values[input]) = (Tensor.Scalar(weights[(number * count) + place]), inputs[0, place].Detach());
            terms.Add($"{weight} * {input}");
        }

        _values["b"] = Tensor.Scalar(network.Layers[layer].Bias!.Value.ToArray<float>()[number]);
        _text.Append(Invariant($"h = {Activated(_playground.Options.Activation, $"{string.Join(" + ", terms)} + b")}"))
            .Append(network.AreOn(layer)[number] ? "; " : " * 0; ");
        var others = outputs.ToArray<float>();
        var names = Enumerable.Range(0, others.Length).Select(place => place == number ? "h" : Invariant($"c{place + 1}")).ToArray();
        foreach (var (name, other) in names.Zip(others).Where(static pair => pair.First != "h")) _values[name] = Tensor.Scalar(other);
        _text.Append(Invariant($"{NameOf("h", layer)} = [{string.Join(", ", names)}]; "));
    }

    // Neurons that are off are multiplied by 0.
    private string Switched(int layer)
    {
        if (_playground.Network.AreOn(layer).All(static isOn => isOn)) return "";
        _values[NameOf("m", layer)] = _playground.Network.Masks[layer];
        return $" * {NameOf("m", layer)}";
    }

    private static string Activated(PlaygroundActivation activation, string sum) => activation switch
    {
        PlaygroundActivation.Tanh => $"tanh({sum})",
        PlaygroundActivation.Relu => $"relu({sum})",
        PlaygroundActivation.Sigmoid => $"sigmoid({sum})",
        _ => $"({sum})",
    };

    private static string LossOf(PlaygroundOptions options) => options.UsedLoss switch
    {
        PlaygroundLoss.CrossEntropy => "L = softplus(z) - t * z",
        PlaygroundLoss.Absolute => "L = abs(z - t)",
        PlaygroundLoss.Huber => Invariant(
            $"e = abs(z - t); L = where(e <= {Playground.HuberWidth}, e ** 2 / 2, {Playground.HuberWidth} * (e - {Playground.HuberWidth / 2}))"),
        _ => options.IsClassification ? "L = (sigmoid(z) - t) ** 2" : "L = (z - t) ** 2",
    };

    private static string NameOf(PlaygroundFeature feature) => feature switch
    {
        PlaygroundFeature.X1 => "x1",
        PlaygroundFeature.X2 => "x2",
        PlaygroundFeature.X1Squared => "x1x1",
        PlaygroundFeature.X2Squared => "x2x2",
        PlaygroundFeature.X1X2 => "x1x2",
        PlaygroundFeature.SinX1 => "s1",
        _ => "s2",
    };

    private static string NameOf(string letter, int layer) => Invariant($"{letter}{layer + 1}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
