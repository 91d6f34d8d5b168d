namespace Gradus.Nn;

/// <summary>A transformer encoder that tells what a sequence is: [batch, time, inputs] → [batch, outputs].</summary>
/// <remarks>
/// Each step becomes a token by a linear layer and the sines of its position; blocks that normalize first; a norm, and the mean over the steps goes to a
/// linear layer. A picture [batch, channels, height, width] is read row by row. Vaswani et al., "Attention is all you need", 2017; for pictures
/// Dosovitskiy et al., "An image is worth 16x16 words", 2021.
/// </remarks>
public sealed class TransformerClassifier : Layer<Tensor, Tensor>
{
    /// <summary>A classifier of sequences.</summary>
    /// <param name="inputs">Numbers in a step; channels · width for a picture.</param>
    /// <param name="outputs">Classes, or targets.</param>
    /// <param name="options">Blocks, heads, width and dropout. Default: those of <see cref="TransformerClassifierOptions"/>.</param>
    /// <exception cref="GradusException">A size is not positive, or the width is odd or no multiple of the heads.</exception>
    public TransformerClassifier(int inputs, int outputs, TransformerClassifierOptions? options = null)
    {
        options ??= new();
        var encoder = EncoderOf("transformerClassifier", options);
        Tokens = new Linear(inputs, options.Width);
        Positions = new SinusoidalPositions();
        Encoder = encoder;
        Out = new Linear(options.Width, outputs);
    }

    /// <summary>From a step to a token: [batch, time, inputs] → [batch, time, width].</summary>
    public Linear Tokens { get; set => field = Register(value); }

    /// <summary>What tells a token its place.</summary>
    public SinusoidalPositions Positions { get; set => field = Register(value); }

    /// <summary>The blocks, and the norm after them.</summary>
    public TransformerEncoder Encoder { get; set => field = Register(value); }

    /// <summary>The linear layer on the mean of the tokens.</summary>
    public Linear Out { get; set => field = Register(value); }

    /// <summary>The blocks of a classifier, and the norm after them.</summary>
    /// <exception cref="GradusException">A size is not positive, or the width is odd or no multiple of the heads.</exception>
    internal static TransformerEncoder EncoderOf(string operation, TransformerClassifierOptions options)
    {
        var width = options.Width;
        Expect.Positive(operation, "layers", options.Layers);
        if (width % 2 != 0) throw new GradusException($"{operation}: width {width}; it must be even, for each position has as many sines as cosines.");
        var blocks = new TransformerOptions
        {
            FeedForward = 4 * width,
            Dropout = options.Dropout,
            Activation = FeedForwardActivation.Gelu,
            NormFirst = true,
        };
        return new TransformerEncoder(
            Enumerable.Range(0, options.Layers).Select(_ => new TransformerEncoderLayer(width, options.Heads, blocks)), new LayerNorm(width));
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Out.Forward(Encoder.Forward(Positions.Forward(Tokens.Forward(PictureRows.Of(input)))).Mean(1));
}
