namespace Gradus.Nn;

/// <summary>What a transformer works on.</summary>
/// <param name="Source">The sequence that is read, [batch, positions, width].</param>
/// <param name="Target">The sequence that is made, [batch, time, width].</param>
/// <param name="SourceMask">What broadcasts to [batch, heads, positions, positions].</param>
/// <param name="TargetMask">What broadcasts to [batch, heads, time, time].</param>
/// <param name="MemoryMask">What broadcasts to [batch, heads, time, positions].</param>
/// <param name="IsCausal">Whether position i of the target attends to positions 0 … i of it alone. Default true.</param>
public readonly record struct TransformerInput(
    Tensor Source, Tensor Target, Tensor? SourceMask = null, Tensor? TargetMask = null, Tensor? MemoryMask = null, bool IsCausal = true);

/// <summary>An encoder and a decoder that reads its result: [batch, positions, width] and [batch, time, width] → [batch, time, width].</summary>
/// <remarks>State names are PyTorch's, with a norm at the end of both as there. Vaswani et al., "Attention is all you need", 2017.</remarks>
public sealed class Transformer : Layer<TransformerInput, Tensor>
{
    /// <summary>Both stacks.</summary>
    /// <param name="width">The size of the last axis. Default 512.</param>
    /// <param name="heads">The number of heads; it divides the width. Default 8.</param>
    /// <param name="encoderLayers">Blocks of the encoder. Default 6.</param>
    /// <param name="decoderLayers">Blocks of the decoder. Default 6.</param>
    /// <param name="options">Settings of all blocks. Default: those of <see cref="TransformerOptions"/>.</param>
    /// <exception cref="GradusException">A size is not positive, the heads do not divide the width, or the probability is outside [0, 1).</exception>
    public Transformer(int width = 512, int heads = 8, int encoderLayers = 6, int decoderLayers = 6, TransformerOptions? options = null)
    {
        Expect.Positive("transformer", "encoderLayers", encoderLayers);
        Expect.Positive("transformer", "decoderLayers", decoderLayers);
        options ??= new();
        Encoder = new TransformerEncoder(
            Enumerable.Range(0, encoderLayers).Select(_ => new TransformerEncoderLayer(width, heads, options)), new LayerNorm(width, options.Epsilon));
        Decoder = new TransformerDecoder(
            Enumerable.Range(0, decoderLayers).Select(_ => new TransformerDecoderLayer(width, heads, options)), new LayerNorm(width, options.Epsilon));
    }

    /// <summary>What reads the source.</summary>
    public TransformerEncoder Encoder { get; set => field = Register(value); }

    /// <summary>What makes the target.</summary>
    public TransformerDecoder Decoder { get; set => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute(TransformerInput input)
    {
        var memory = Encoder.Forward(new SequenceInput(input.Source, input.SourceMask));
        return Decoder.Forward(new DecoderInput(input.Target, memory, input.TargetMask, input.MemoryMask, input.IsCausal));
    }
}
