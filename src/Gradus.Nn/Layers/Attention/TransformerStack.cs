namespace Gradus.Nn;

/// <summary>
/// Blocks one after the other, and perhaps a norm at the end: what <see cref="TransformerEncoder"/> and <see cref="TransformerDecoder"/> share.
/// </summary>
/// <typeparam name="TLayer">A block.</typeparam>
/// <typeparam name="TIn">What goes into one.</typeparam>
public abstract class TransformerStack<TLayer, TIn> : Layer<TIn, Tensor> where TLayer : Module<TIn, Tensor>
{
    private protected TransformerStack(IEnumerable<TLayer> layers, LayerNorm? norm)
    {
        ArgumentNullException.ThrowIfNull(layers);
        Layers = new ModuleList<TLayer>([.. layers]);
        if (norm is not null) Norm = norm;
    }

    /// <summary>The blocks.</summary>
    public ModuleList<TLayer> Layers { get; set => field = Register(value); }

    /// <summary>What normalizes the result, or null.</summary>
    public LayerNorm? Norm { get; private set => field = Register(value!); }

    /// <inheritdoc/>
    protected override Tensor Compute(TIn input)
    {
        foreach (var layer in Layers) input = Next(input, layer.Forward(input));
        var result = Sequence(input);
        return Norm is null ? result : Norm.Forward(result);
    }

    /// <summary>The sequence in an input.</summary>
    private protected abstract Tensor Sequence(TIn input);

    /// <summary>The same input with another sequence.</summary>
    private protected abstract TIn Next(TIn input, Tensor sequence);
}
