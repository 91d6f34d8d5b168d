using Gradus.Nn;

namespace Gradus.Studio;

/// <summary>The network of a <see cref="Playground"/>: layers of neurons, of which some may be switched off, and one output.</summary>
internal sealed class PlaygroundNetwork
{
    private readonly Module<Tensor, Tensor>?[] _activations;
    private readonly Tensor[] _masks;

    public PlaygroundNetwork(PlaygroundOptions options)
    {
        Sizes = [options.Features.Count, .. options.Layers, 1];
        Layers = [.. Enumerable.Range(1, Sizes.Count - 1).Select(layer => new Linear(Sizes[layer - 1], Sizes[layer], init: InitOf(options.Init)))];
        _activations = [.. options.Layers.Select(_ => ActivationOf(options.Activation))];
        for (var layer = 0; layer < Layers.Count; layer++)
        {
            Modules.Add(Layers[layer]);
            if (layer < _activations.Length && _activations[layer] is { } activation) Modules.Add(activation);
        }

        Modules.Initialize(options.Seed);
        _masks = [.. options.Layers.Select(static neurons => Tensor.Ones([neurons]))];
    }

    /// <summary>The features, the neurons of each hidden layer, and the one output.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>The sums of each layer: W [neurons, inputs] and b.</summary>
    public IReadOnlyList<Linear> Layers { get; }

    /// <summary>All layers and activations, in order.</summary>
    public Sequential Modules { get; } = new();

    public IEnumerable<Parameter> Parameters => Modules.Parameters();

    /// <summary>Of each hidden layer 1 for a neuron that is on, 0 for one that is off.</summary>
    public IReadOnlyList<Tensor> Masks
    {
        get => _masks;
        set
        {
            for (var layer = 0; layer < _masks.Length; layer++) _masks[layer] = value[layer];
        }
    }

    /// <summary>The outputs of all neurons, layer by layer: [points, neurons], and at the end that of the network [points, 1], a logit for classes.</summary>
    public Tensor[] Forward(Tensor features)
    {
        var (outputs, input) = (new Tensor[Layers.Count], features);
        for (var layer = 0; layer < Layers.Count; layer++)
        {
            var sum = Layers[layer].Forward(input);
            outputs[layer] = input = layer == Layers.Count - 1 ? sum : (_activations[layer]?.Forward(sum) ?? sum) * _masks[layer];
        }

        return outputs;
    }

    /// <summary>Of each neuron of a hidden layer whether it is on.</summary>
    public IReadOnlyList<bool> AreOn(int layer) => [.. _masks[layer].ToArray<float>().Select(static mask => mask != 0)];

    /// <summary>Switches a hidden neuron off, so that its output is 0, or on.</summary>
    public void Switch(int layer, int neuron, bool isOn)
    {
        var mask = _masks[layer].ToArray<float>();
        mask[neuron] = isOn ? 1 : 0;
        _masks[layer] = Tensor.From(mask, [mask.Length]);
    }

    /// <summary>Gives a weight, or with an input after the last a bias, another value.</summary>
    public void Set(int layer, int neuron, int input, float value)
    {
        var parameter = input == Sizes[layer] ? Layers[layer].Bias! : Layers[layer].Weight;
        var values = parameter.Value.ToArray<float>();
        values[input == Sizes[layer] ? neuron : neuron * Sizes[layer] + input] = value;
        using var noGrad = new NoGrad();
        parameter.Value.CopyFrom(Tensor.From(values, parameter.Shape));
    }

    private static Module<Tensor, Tensor>? ActivationOf(PlaygroundActivation activation) => activation switch
    {
        PlaygroundActivation.Tanh => new Tanh(),
        PlaygroundActivation.Relu => new Relu(),
        PlaygroundActivation.Sigmoid => new Sigmoid(),
        _ => null,
    };

    private static Init? InitOf(PlaygroundInit init) => init switch
    {
        PlaygroundInit.Xavier => Init.XavierUniform(),
        PlaygroundInit.He => Init.KaimingNormal(),
        PlaygroundInit.Large => Init.Normal(),
        PlaygroundInit.Zeros => Init.Zeros,
        _ => null,
    };
}
