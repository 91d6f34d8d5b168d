using System.Collections;
using System.Globalization;

namespace Gradus.Nn;

/// <summary>Modules one after the other: each gets the output of the one before. Their names are 0, 1, ….</summary>
public sealed class Sequential : Layer<Tensor, Tensor>, IReadOnlyList<Module<Tensor, Tensor>>
{
    private readonly List<Module<Tensor, Tensor>> _layers = [];

    /// <summary>A chain of these modules.</summary>
    public Sequential(params ReadOnlySpan<Module<Tensor, Tensor>> layers)
    {
        foreach (var layer in layers) Add(layer);
    }

    /// <summary>The number of modules.</summary>
    public int Count => _layers.Count;

    /// <summary>The module at a position.</summary>
    public Module<Tensor, Tensor> this[int index] => _layers[index];

    /// <summary>Appends a module.</summary>
    public void Add(Module<Tensor, Tensor> layer) => _layers.Add(Register(layer, _layers.Count.ToString(CultureInfo.InvariantCulture)));

    /// <inheritdoc/>
    public IEnumerator<Module<Tensor, Tensor>> GetEnumerator() => _layers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        foreach (var layer in _layers)
        {
            input = layer.Forward(input);
            // The layers before have been read; here the scope is the chain's own.
            TensorScope.Current!.ClearExcept(input);
        }

        return input;
    }
}
