namespace Gradus.Nn;

/// <summary>
/// Bidirectional encoder representations from transformers: for each token of a sentence a state that its whole sentence has gone into: [batch, time] →
/// [batch, time, width]. MiniLM and other models of sentences have this shape too.
/// </summary>
/// <remarks>
/// norm(word + position + segment), then blocks x ← norm(x + attention(x)), x ← norm(x + mlp(x)). Weights begin as normal(0, 0.02) in the embeddings, and as
/// those of <see cref="TransformerEncoderLayer"/> in the blocks. Devlin et al., "BERT: Pre-training of deep bidirectional transformers for language
/// understanding", 2019.
/// </remarks>
public sealed class Bert : Layer<BertInput, Tensor>
{
    private readonly string _sizes;

    /// <summary>A network.</summary>
    /// <param name="options">Its sizes. Default: null, those of BERT-base.</param>
    /// <exception cref="GradusException">A size is not positive, the heads do not divide the width, or a number is out of range.</exception>
    public Bert(BertOptions? options = null)
    {
        options ??= new();
        var width = options.Width;
        Expect.Positive("bert", "layers", options.Layers);
        var blocks = new TransformerOptions
        {
            FeedForward = options.Inner,
            Dropout = options.Dropout,
            Activation = options.Activation,
            Epsilon = options.Epsilon,
        };
        var init = Init.Normal(0, 0.02);
        Context = options.Context;
        _sizes = $"{options.Vocabulary} tokens, {options.Layers} layers, {options.Heads} heads, width {width}, context {Context}";
        WordEmbeddings = new Embedding(options.Vocabulary, width, init);
        PositionEmbeddings = new Embedding(Context, width, init);
        SegmentEmbeddings = new Embedding(options.Segments, width, init);
        Norm = new LayerNorm(width, options.Epsilon);
        Dropout = new Dropout(options.Dropout);
        Encoder = new TransformerEncoder(Enumerable.Range(0, options.Layers).Select(_ => new TransformerEncoderLayer(width, options.Heads, blocks)));
        if (options.HasPooler) Pooler = new Linear(width, width, init: init);
    }

    /// <summary>The longest sequence.</summary>
    public int Context { get; }

    /// <summary>The embeddings of tokens, [vocabulary, width].</summary>
    public Embedding WordEmbeddings { get; set => field = Register(value); }

    /// <summary>The embeddings of positions, [context, width].</summary>
    public Embedding PositionEmbeddings { get; set => field = Register(value); }

    /// <summary>The embeddings of segments, [segments, width].</summary>
    public Embedding SegmentEmbeddings { get; set => field = Register(value); }

    /// <summary>The norm of their sum.</summary>
    public LayerNorm Norm { get; set => field = Register(value); }

    /// <summary>What drops after it.</summary>
    public Dropout Dropout { get; set => field = Register(value); }

    /// <summary>The blocks.</summary>
    public TransformerEncoder Encoder { get; set => field = Register(value); }

    /// <summary>From the state of the first token to what <see cref="Pool"/> gives; null where there is none.</summary>
    public Linear? Pooler { get; private set => field = Register(value!); }

    /// <summary>A summary of each sentence, from the state of its first token: tanh(pooler(state)), [batch, time, width] → [batch, width].</summary>
    /// <param name="states">What the network gives.</param>
    /// <exception cref="GradusException">The network has no pooler, or the shape does not fit.</exception>
    public Tensor Pool(Tensor states)
    {
        ArgumentNullException.ThrowIfNull(states);
        if (states.Rank != 3) throw Expect.Got("states [batch, time, width]", states);
        return (Pooler ?? throw new GradusException("bert: this network has no pooler.")).Forward(states.Select(1, 0)).Tanh();
    }

    /// <summary>
    /// One vector of length 1 for each sentence, so that the product of two is their cosine: the mean of the states of its tokens, [batch, time] →
    /// [batch, width].
    /// </summary>
    /// <remarks>Reimers and Gurevych, "Sentence-BERT", 2019.</remarks>
    /// <param name="input">The sentences. For use call Eval first.</param>
    /// <exception cref="GradusException">The shapes do not fit.</exception>
    public Tensor Embed(BertInput input)
    {
        var states = Forward(input);
        if (input.Mask is not { } mask) return Unit(states.Mean(1));
        var shares = mask.To(states.DType).Unsqueeze(2);
        return Unit((states * shares).Sum(1) / shares.Sum(1).Clamp(1e-9, double.PositiveInfinity));
    }

    /// <inheritdoc/>
    protected override Tensor Compute(BertInput input)
    {
        var tokens = input.Tokens;
        if (tokens.Rank != 2 || tokens.Shape[1] > Context) throw Expect.Got($"tokens [batch, time] with a time of at most {Context}", tokens);
        RequireLike("mask", input.Mask, tokens);
        RequireLike("segments", input.Segments, tokens);
        var segments = input.Segments ?? Tensor.Zeros([1, tokens.Shape[1]], DType.Int64);
        var x = WordEmbeddings.Forward(tokens) + SegmentEmbeddings.Forward(segments) + PositionEmbeddings.Forward(Tensor.Arange(tokens.Shape[1]));
        // Each query may look at all tokens of its sentence.
        var mask = input.Mask?.To(DType.Bool).Reshape(tokens.Shape[0], 1, 1, tokens.Shape[1]);
        return Encoder.Forward(new SequenceInput(Dropout.Forward(Norm.Forward(x)), mask));
    }

    /// <inheritdoc/>
    protected override string Describe() => _sizes;

    private static Tensor Unit(Tensor rows) => rows / rows.Pow(2).Sum(-1, keepDim: true).Sqrt().Clamp(1e-12, double.PositiveInfinity);

    private static void RequireLike(string name, Tensor? given, Tensor tokens)
    {
        if (given is not null && given.Shape != tokens.Shape) throw Expect.Got($"{name} {tokens.Shape}, as the tokens are", given);
    }
}
