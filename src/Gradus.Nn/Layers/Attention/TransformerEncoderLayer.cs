namespace Gradus.Nn;

/// <summary>A sequence, and what of it may be looked at. A tensor alone stands for all of it.</summary>
/// <param name="Input">[batch, time, width].</param>
/// <param name="Mask">
/// What broadcasts to [batch, heads, time, time]: numbers that are added to the scores, or bools that say which positions one attends to.
/// </param>
/// <param name="IsCausal">Whether position i attends to positions 0 … i alone.</param>
public readonly record struct SequenceInput(Tensor Input, Tensor? Mask = null, bool IsCausal = false)
{
    /// <summary>A sequence all of which may be looked at.</summary>
    public static implicit operator SequenceInput(Tensor sequence) => new(sequence);
}

/// <summary>
/// One block of a transformer: attention of a sequence to itself, then a network for each position, each added to what went in: [batch, time, width] →
/// [batch, time, width].
/// </summary>
/// <remarks>
/// x ← norm1(x + attention(x)), x ← norm2(x + feedForward(x)); with NormFirst x ← x + attention(norm1(x)), x ← x + feedForward(norm2(x)).
/// State names are PyTorch's. Vaswani et al., "Attention is all you need", 2017.
/// </remarks>
public sealed class TransformerEncoderLayer : Layer<SequenceInput, Tensor>
{
    private readonly bool _normFirst;
    private readonly FeedForwardActivation _activation;

    /// <summary>A block.</summary>
    /// <param name="width">The size of the input's last axis.</param>
    /// <param name="heads">The number of heads; it divides the width.</param>
    /// <param name="options">The width of the feed-forward part, and the rest. Default: those of <see cref="TransformerOptions"/>.</param>
    /// <exception cref="GradusException">A size is not positive, the heads do not divide the width, or the probability is outside [0, 1).</exception>
    public TransformerEncoderLayer(int width, int heads, TransformerOptions? options = null)
    {
        options ??= new();
        var dropout = options.Dropout;
        (_normFirst, _activation) = (options.NormFirst, options.Activation);
        SelfAttn = new MultiHeadAttention(width, heads, dropout);
        Linear1 = new Linear(width, options.FeedForward);
        Dropout = new Dropout(dropout);
        Linear2 = new Linear(options.FeedForward, width);
        Norm1 = new LayerNorm(width, options.Epsilon);
        Norm2 = new LayerNorm(width, options.Epsilon);
        Dropout1 = new Dropout(dropout);
        Dropout2 = new Dropout(dropout);
    }

    /// <summary>The attention.</summary>
    public MultiHeadAttention SelfAttn { get; set => field = Register(value); }

    /// <summary>The first product of the feed-forward part.</summary>
    public Linear Linear1 { get; set => field = Register(value); }

    /// <summary>What drops between the products.</summary>
    public Dropout Dropout { get; set => field = Register(value); }

    /// <summary>The second product of the feed-forward part.</summary>
    public Linear Linear2 { get; set => field = Register(value); }

    /// <summary>The norm of the attention part.</summary>
    public LayerNorm Norm1 { get; set => field = Register(value); }

    /// <summary>The norm of the feed-forward part.</summary>
    public LayerNorm Norm2 { get; set => field = Register(value); }

    /// <summary>What drops of the attention's result.</summary>
    public Dropout Dropout1 { get; set => field = Register(value); }

    /// <summary>What drops of the feed-forward part's result.</summary>
    public Dropout Dropout2 { get; set => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute(SequenceInput input)
    {
        var x = input.Input;
        if (_normFirst)
        {
            x += Attend(Norm1.Forward(x), input);
            return x + FeedForward(Norm2.Forward(x));
        }

        x = Norm1.Forward(x + Attend(x, input));
        return Norm2.Forward(x + FeedForward(x));
    }

    /// <inheritdoc/>
    protected override string Describe() => _normFirst ? "norm first" : "";

    private Tensor Attend(Tensor x, SequenceInput input) =>
        Dropout1.Forward(SelfAttn.Forward(new AttentionInput(x, Mask: input.Mask, IsCausal: input.IsCausal)));

    private Tensor FeedForward(Tensor x)
    {
        var hidden = Linear1.Forward(x);
        return Dropout2.Forward(Linear2.Forward(Dropout.Forward(hidden.Activate(_activation))));
    }
}
