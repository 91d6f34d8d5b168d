namespace Gradus.Nn;

/// <summary>
/// A transformer that reads a picture as a sequence of patches: [batch, channels, height, width] → [batch, outputs]; without a classifier → the states of all
/// patches after that of the class, [batch, 1 + patches, width].
/// </summary>
/// <remarks>
/// Each patch becomes a token by a linear layer (a convolution whose stride is its size); a token of the class stands before them, and positions that are
/// learned are added. Blocks that normalize first, and a last norm; the classifier reads the state of the class. Dosovitskiy et al., "An image is worth 16x16
/// words", 2021.
/// </remarks>
public sealed class VisionTransformer : Layer<Tensor, Tensor>
{
    private readonly int _size;
    private readonly int _channels;

    /// <summary>A network.</summary>
    /// <param name="options">Its sizes. Default: null, those of ViT-base.</param>
    /// <exception cref="GradusException">A size is not positive or does not divide another, or a number is out of range.</exception>
    public VisionTransformer(VisionTransformerOptions? options = null)
    {
        options ??= new();
        var (patch, width) = (options.PatchSize, options.Width);
        (_size, _channels) = (options.PictureSize, options.Channels);
        Expect.Positive("visionTransformer", "layers", options.Layers);
        if (patch < 1 || _size < 1 || _size % patch != 0)
        {
            throw new GradusException($"visionTransformer: pictures of {_size} and patches of {patch}; the patches must divide the pictures.");
        }

        var patches = Shape.Size((long)(_size / patch) * (_size / patch), "visionTransformer");
        var blocks = new TransformerOptions
        {
            FeedForward = options.Inner,
            Dropout = options.Dropout,
            Activation = options.Activation,
            NormFirst = true,
            Epsilon = options.Epsilon,
        };
        var init = Init.Normal(0, 0.02);
        Patches = new Conv2d(_channels, width, patch, new() { Stride = patch, Init = init });
        ClsToken = new Parameter([1, 1, width], init);
        PositionEmbeddings = new Parameter([1, patches + 1, width], init);
        Dropout = new Dropout(options.Dropout);
        Encoder = new TransformerEncoder(
            Enumerable.Range(0, options.Layers).Select(_ => new TransformerEncoderLayer(width, options.Heads, blocks)), new LayerNorm(width, options.Epsilon));
        if (options.HasPooler) Pooler = new Linear(width, width, init: init);
        if (options.Outputs != 0) Classifier = new Linear(width, Expect.Positive("visionTransformer", "outputs", options.Outputs), init: init);
    }

    /// <summary>From a patch to a token.</summary>
    public Conv2d Patches { get; set => field = Register(value); }

    /// <summary>The token of the class, [1, 1, width].</summary>
    public Parameter ClsToken { get; set => field = Register(value)!; }

    /// <summary>What tells a token its place, [1, 1 + patches, width].</summary>
    public Parameter PositionEmbeddings { get; set => field = Register(value)!; }

    /// <summary>What drops after it.</summary>
    public Dropout Dropout { get; set => field = Register(value); }

    /// <summary>The blocks, and the norm after them.</summary>
    public TransformerEncoder Encoder { get; set => field = Register(value); }

    /// <summary>From the state of the class to what <see cref="Pool"/> gives; null where there is none.</summary>
    public Linear? Pooler { get; private set => field = Register(value!); }

    /// <summary>From the state of the class to the outputs; null where there is none.</summary>
    public Linear? Classifier { get; private set => field = Register(value!); }

    /// <summary>The states of the class and of all patches: [batch, channels, height, width] → [batch, 1 + patches, width].</summary>
    /// <exception cref="GradusException">The shape does not fit.</exception>
    public Tensor States(Tensor pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        if (pictures.Rank != 4 || pictures.Shape[1] != _channels || pictures.Shape[2] != _size || pictures.Shape[3] != _size)
        {
            throw Expect.Got($"[batch, {_channels}, {_size}, {_size}]", pictures);
        }

        var patches = Patches.Forward(pictures).Flatten(2).Transpose(1, 2);
        var first = ClsToken.Value.Expand(pictures.Shape[0], 1, patches.Shape[2]);
        return Encoder.Forward(Dropout.Forward(Tensor.Concat([first, patches], 1) + PositionEmbeddings));
    }

    /// <summary>A summary of each picture, from the state of the class: tanh(pooler(state)), [batch, 1 + patches, width] → [batch, width].</summary>
    /// <param name="states">What <see cref="States"/> gives.</param>
    /// <exception cref="GradusException">The network has no pooler, or the shape does not fit.</exception>
    public Tensor Pool(Tensor states)
    {
        ArgumentNullException.ThrowIfNull(states);
        if (states.Rank != 3) throw Expect.Got("states [batch, 1 + patches, width]", states);
        return (Pooler ?? throw new GradusException("visionTransformer: this network has no pooler.")).Forward(states.Select(1, 0)).Tanh();
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        var states = States(input);
        return Classifier is null ? states : Classifier.Forward(states.Select(1, 0));
    }

    /// <inheritdoc/>
    protected override string Describe() => $"{_channels} × {_size} × {_size}";
}
