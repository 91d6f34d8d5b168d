namespace Gradus.Nn;

/// <summary>What a decoder works on.</summary>
/// <param name="Input">The sequence that is made, [batch, time, width].</param>
/// <param name="Memory">What the encoder gave, [batch, positions, width].</param>
/// <param name="Mask">What broadcasts to [batch, heads, time, time], for the sequence.</param>
/// <param name="MemoryMask">What broadcasts to [batch, heads, time, positions], for the encoder's result.</param>
/// <param name="IsCausal">Whether position i of the sequence attends to positions 0 … i alone. Default true.</param>
public readonly record struct DecoderInput(Tensor Input, Tensor Memory, Tensor? Mask = null, Tensor? MemoryMask = null, bool IsCausal = true);

/// <summary>
/// One block of a transformer's decoder: attention of the sequence to itself, attention to the encoder's result, and a network for each position, each
/// added to what went in.
/// </summary>
/// <remarks>[batch, time, width] → [batch, time, width]. State names are PyTorch's. Vaswani et al., "Attention is all you need", 2017.</remarks>
public sealed class TransformerDecoderLayer : Layer<DecoderInput, Tensor>
{
    private readonly bool _normFirst;
    private readonly FeedForwardActivation _activation;

    /// <summary>A block.</summary>
    /// <inheritdoc cref="TransformerEncoderLayer(int, int, TransformerOptions?)"/>
    public TransformerDecoderLayer(int width, int heads, TransformerOptions? options = null)
    {
        options ??= new();
        var dropout = options.Dropout;
        (_normFirst, _activation) = (options.NormFirst, options.Activation);
        SelfAttn = new MultiHeadAttention(width, heads, dropout);
        MultiheadAttn = new MultiHeadAttention(width, heads, dropout);
        Linear1 = new Linear(width, options.FeedForward);
        Dropout = new Dropout(dropout);
        Linear2 = new Linear(options.FeedForward, width);
        Norm1 = new LayerNorm(width, options.Epsilon);
        Norm2 = new LayerNorm(width, options.Epsilon);
        Norm3 = new LayerNorm(width, options.Epsilon);
        Dropout1 = new Dropout(dropout);
        Dropout2 = new Dropout(dropout);
        Dropout3 = new Dropout(dropout);
    }

    /// <summary>The attention of the sequence to itself.</summary>
    public MultiHeadAttention SelfAttn { get; set => field = Register(value); }

    /// <summary>The attention to the encoder's result.</summary>
    public MultiHeadAttention MultiheadAttn { get; set => field = Register(value); }

    /// <summary>The first product of the feed-forward part.</summary>
    public Linear Linear1 { get; set => field = Register(value); }

    /// <summary>What drops between the products.</summary>
    public Dropout Dropout { get; set => field = Register(value); }

    /// <summary>The second product of the feed-forward part.</summary>
    public Linear Linear2 { get; set => field = Register(value); }

    /// <summary>The norm of the first attention.</summary>
    public LayerNorm Norm1 { get; set => field = Register(value); }

    /// <summary>The norm of the second attention.</summary>
    public LayerNorm Norm2 { get; set => field = Register(value); }

    /// <summary>The norm of the feed-forward part.</summary>
    public LayerNorm Norm3 { get; set => field = Register(value); }

    /// <summary>What drops of the first attention's result.</summary>
    public Dropout Dropout1 { get; set => field = Register(value); }

    /// <summary>What drops of the second attention's result.</summary>
    public Dropout Dropout2 { get; set => field = Register(value); }

    /// <summary>What drops of the feed-forward part's result.</summary>
    public Dropout Dropout3 { get; set => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute(DecoderInput input)
    {
        var x = input.Input;
        if (_normFirst)
        {
            x += Attend(Norm1.Forward(x), input);
            x += Read(Norm2.Forward(x), input);
            return x + FeedForward(Norm3.Forward(x));
        }

        x = Norm1.Forward(x + Attend(x, input));
        x = Norm2.Forward(x + Read(x, input));
        return Norm3.Forward(x + FeedForward(x));
    }

    /// <inheritdoc/>
    protected override string Describe() => _normFirst ? "norm first" : "";

    private Tensor Attend(Tensor x, DecoderInput input) =>
        Dropout1.Forward(SelfAttn.Forward(new AttentionInput(x, Mask: input.Mask, IsCausal: input.IsCausal)));

    private Tensor Read(Tensor x, DecoderInput input) => Dropout2.Forward(MultiheadAttn.Forward(new AttentionInput(x, input.Memory, Mask: input.MemoryMask)));

    private Tensor FeedForward(Tensor x)
    {
        var hidden = Linear1.Forward(x);
        return Dropout3.Forward(Linear2.Forward(Dropout.Forward(hidden.Activate(_activation))));
    }
}
