namespace Gradus.Nn;

/// <summary>A transformer encoder that tells what a sentence is: tokens [batch, length], i32 or i64 → [batch, outputs].</summary>
/// <remarks>
/// As <see cref="TransformerClassifier"/>, with a row of numbers for each word in place of its linear layer. No word attends to what stands behind the last
/// one, and the mean is that over the words. Vaswani et al., "Attention is all you need", 2017.
/// </remarks>
public sealed class TransformerSentenceClassifier : SentenceClassifier
{
    /// <summary>A network for sentences.</summary>
    /// <param name="tokens">How many different tokens there are, with 0 for no word.</param>
    /// <param name="outputs">Classes, or targets.</param>
    /// <param name="options">Blocks, heads, width and dropout. Default: those of <see cref="TransformerClassifierOptions"/>.</param>
    /// <exception cref="GradusException">A size is not positive, or the width is odd or no multiple of the heads.</exception>
    public TransformerSentenceClassifier(int tokens, int outputs, TransformerClassifierOptions? options = null)
        : base(tokens, (options ??= new()).Width, options.Dropout, Init.Normal())
    {
        Positions = new SinusoidalPositions();
        Encoder = TransformerClassifier.EncoderOf("transformerSentenceClassifier", options);
        Out = new Linear(options.Width, outputs);
    }

    /// <summary>What tells a word its place.</summary>
    public SinusoidalPositions Positions { get; set => field = Register(value); }

    /// <summary>The blocks, and the norm after them.</summary>
    public TransformerEncoder Encoder { get; set => field = Register(value); }

    /// <summary>The linear layer on the mean of the words.</summary>
    public Linear Out { get; set => field = Register(value); }

    // The sums of attention are cut by the number of steps: shortened, a sentence's bits would depend on its batch.
    private protected override bool ReadsPadding => true;

    private protected override Tensor Tell(Tensor rows, Tensor lengths)
    {
        var isWord = SentenceMean.IsWord(rows, lengths).Unsqueeze(1).Unsqueeze(1);
        var words = Drop.Forward(Positions.Forward(rows));
        return Out.Forward(Drop.Forward(SentenceMean.Of(
            Encoder.Forward(new SequenceInput(words, isWord)), lengths)));
    }
}
