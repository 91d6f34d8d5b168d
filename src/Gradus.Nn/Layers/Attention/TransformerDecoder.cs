namespace Gradus.Nn;

/// <summary>Decoder blocks one after the other, and perhaps a norm at the end: [batch, time, width] → [batch, time, width].</summary>
public sealed class TransformerDecoder : Layer<DecoderInput, Tensor>
{
    /// <summary>A stack of blocks, each with parameters of its own.</summary>
    /// <param name="layers">The blocks.</param>
    /// <param name="norm">What normalizes the result; none by default.</param>
    public TransformerDecoder(IEnumerable<TransformerDecoderLayer> layers, LayerNorm? norm = null)
    {
        ArgumentNullException.ThrowIfNull(layers);
        Layers = new ModuleList<TransformerDecoderLayer>([.. layers]);
        if (norm is not null) Norm = norm;
    }

    /// <summary>The blocks.</summary>
    public ModuleList<TransformerDecoderLayer> Layers { get; set => field = Register(value); }

    /// <summary>What normalizes the result, or null.</summary>
    public LayerNorm? Norm { get; private set => field = Register(value!); }

    /// <inheritdoc/>
    protected override Tensor Compute(DecoderInput input)
    {
        var x = input.Input;
        foreach (var layer in Layers) x = layer.Forward(input with { Input = x });
        return Norm is null ? x : Norm.Forward(x);
    }
}
