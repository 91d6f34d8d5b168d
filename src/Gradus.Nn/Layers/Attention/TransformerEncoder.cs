namespace Gradus.Nn;

/// <summary>Transformer blocks one after the other, and perhaps a norm at the end: [batch, time, width] → [batch, time, width].</summary>
public sealed class TransformerEncoder : TransformerStack<TransformerEncoderLayer, SequenceInput>
{
    /// <summary>A stack of blocks, each with parameters of its own.</summary>
    /// <param name="layers">The blocks.</param>
    /// <param name="norm">What normalizes the result; none by default.</param>
    public TransformerEncoder(IEnumerable<TransformerEncoderLayer> layers, LayerNorm? norm = null) : base(layers, norm)
    {
    }

    private protected override Tensor Sequence(SequenceInput input) => input.Input;

    private protected override SequenceInput Next(SequenceInput input, Tensor sequence) => input with { Input = sequence };
}
