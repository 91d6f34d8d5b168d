namespace Gradus.Nn;

/// <summary>Decoder blocks one after the other, and perhaps a norm at the end: [batch, time, width] → [batch, time, width].</summary>
public sealed class TransformerDecoder : TransformerStack<TransformerDecoderLayer, DecoderInput>
{
    /// <summary>A stack of blocks, each with parameters of its own.</summary>
    /// <param name="layers">The blocks.</param>
    /// <param name="norm">What normalizes the result; none by default.</param>
    public TransformerDecoder(IEnumerable<TransformerDecoderLayer> layers, LayerNorm? norm = null) : base(layers, norm)
    {
    }

    private protected override Tensor Sequence(DecoderInput input) => input.Input;

    private protected override DecoderInput Next(DecoderInput input, Tensor sequence) => input with { Input = sequence };
}
