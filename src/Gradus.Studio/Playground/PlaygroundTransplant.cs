using Gradus.Nn;

namespace Gradus.Studio;

/// <summary>From one network of a <see cref="Playground"/> into another: what both have is taken over, and the rest stays as it began.</summary>
/// <remarks>
/// Hidden layers and neurons are the same by their numbers, inputs of the first layer by what is given, and the last layer is the output in both.
/// </remarks>
internal sealed class PlaygroundTransplant
{
    private readonly PlaygroundNetwork _from, _to;
    private readonly IReadOnlyList<PlaygroundFeature> _given, _givenThen;

    public PlaygroundTransplant(
        PlaygroundNetwork from, IReadOnlyList<PlaygroundFeature> givenThen, PlaygroundNetwork to, IReadOnlyList<PlaygroundFeature> given) =>
        (_from, _givenThen, _to, _given) = (from, givenThen, to, given);

    /// <summary>Takes over weights, biases and switches.</summary>
    public void TakeWeights()
    {
        using var noGrad = new NoGrad();
        foreach (var (layer, then) in Pairs())
        {
            var (linear, old) = (_to.Layers[layer], _from.Layers[then]);
            linear.Weight.Value.CopyFrom(Taken(linear.Weight.Value, old.Weight.Value, layer, then));
            linear.Bias!.Value.CopyFrom(Taken(linear.Bias.Value, old.Bias!.Value, layer, then));
            if (layer >= _to.Masks.Count || then >= _from.Masks.Count) continue;
            var on = _from.AreOn(then);
            for (var neuron = 0; neuron < Math.Min(on.Count, _to.Sizes[layer + 1]); neuron++) _to.Switch(layer, neuron, on[neuron]);
        }
    }

    /// <summary>Takes over what an optimizer remembers of weights and biases; of new ones it remembers zeros, of a new layer nothing.</summary>
    public void TakeMemory(Optimizer from, Optimizer to)
    {
        var names = _to.Modules.NamedParameters().ToDictionary(static entry => entry.Parameter, static entry => entry.Name);
        var namesThen = _from.Modules.NamedParameters().ToDictionary(static entry => entry.Parameter, static entry => entry.Name);
        var state = from.State();
        var taken = state.Where(static entry => !entry.Key.Contains('.', StringComparison.Ordinal)).ToDictionary();
        foreach (var (layer, then) in Pairs())
        {
            var (linear, old) = (_to.Layers[layer], _from.Layers[then]);
            foreach (var (parameter, parameterThen) in new[] { (linear.Weight, old.Weight), (linear.Bias!, old.Bias!) })
            {
                var start = namesThen[parameterThen] + ".";
                foreach (var (name, value) in state.Where(entry => entry.Key.StartsWith(start, StringComparison.Ordinal)))
                {
                    taken[$"{names[parameter]}.{name[start.Length..]}"] =
                        value.Rank == 0 ? value : Taken(Tensor.ZerosLike(parameter.Value.Detach()), value, layer, then);
                }
            }
        }

        to.LoadState(taken);
    }

    // The layers that both have.
    private IEnumerable<(int Layer, int Then)> Pairs()
    {
        var (last, lastThen) = (_to.Layers.Count - 1, _from.Layers.Count - 1);
        return Enumerable.Range(0, Math.Min(last, lastThen)).Select(static layer => (layer, layer)).Append((last, lastThen));
    }

    // A weight [neurons, inputs] or a bias [neurons], filled with what was there.
    private Tensor Taken(Tensor into, Tensor from, int layer, int then)
    {
        var values = into.Detach().ToArray<float>();
        var old = from.Detach().ToArray<float>();
        var (inputs, inputsThen) = into.Rank == 1 ? (1, 1) : (into.Shape[1], from.Shape[1]);
        for (var neuron = 0; neuron < Math.Min(into.Shape[0], from.Shape[0]); neuron++)
        {
            for (var input = 0; input < inputs; input++)
            {
                var place = into.Rank == 1 ? 0 : PlaceThen(input, layer == 0, then == 0);
                if (place >= 0 && place < inputsThen) values[(neuron * inputs) + input] = old[(neuron * inputsThen) + place];
            }
        }

        return Tensor.From(values, into.Shape);
    }

    // Where an input of a layer was among those of then; −1 where it was none.
    private int PlaceThen(int input, bool isGiven, bool wasGiven)
    {
        if (isGiven != wasGiven) return -1;
        if (!isGiven) return input;
        for (var place = 0; place < _givenThen.Count; place++)
        {
            if (_givenThen[place] == _given[input]) return place;
        }

        return -1;
    }
}
