namespace Gradus.Nn;

/// <summary>
/// A generative pre-trained transformer: at each place of a sequence of tokens, logits of the next one, from this and those before: [batch, time] →
/// [batch, time, vocabulary].
/// </summary>
/// <remarks>
/// Embeddings of tokens and of positions are added; then blocks x ← x + attention(norm(x)), x ← x + mlp(norm(x)) with causal attention and GELU between
/// mlp's layers of 4·width; a last norm, and a linear head without bias, of its own weights unless the options say otherwise. Weights begin as
/// normal(0, 0.02), those that end a branch as normal(0, 0.02/√(2·layers)), biases as zeros. State names and shapes are those of nanoGPT
/// (<c>wte.weight</c>, <c>h.0.attn.c_attn.weight</c>, …) without the <c>transformer.</c> before all but the head. Radford et al., "Improving language
/// understanding by generative pre-training", 2018, and "Language models are unsupervised multitask learners", 2019, whose weights a folder of Hugging
/// Face brings in.
/// </remarks>
public sealed class Gpt : Layer<Tensor, Tensor>, ILanguageModel
{
    private readonly string _sizes;

    /// <summary>A network.</summary>
    /// <param name="vocabulary">How many different tokens there are.</param>
    /// <param name="options">Blocks, heads, width and context, and dropout.</param>
    /// <exception cref="GradusException">A size is not positive, the heads do not divide the width, or a number is out of range.</exception>
    public Gpt(int vocabulary, GptOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (layers, heads, width, context, dropout) = (options.Layers, options.Heads, options.Width, options.Context, options.Dropout);
        Expect.Positive("gpt", "vocabulary", vocabulary);
        Expect.Positive("gpt", "layers", layers);
        Expect.Positive("gpt", "context", context);
        if (width < 1 || heads < 1 || width % heads != 0) throw new GradusException($"gpt: width {width} and {heads} heads; the heads must divide the width.");
        (Vocabulary, Context, _sizes) = (vocabulary, context, $"{vocabulary} tokens, {layers} layers, {heads} heads, width {width}, context {context}");
        var init = Init.Normal(0, 0.02);
        Wte = new Embedding(vocabulary, width, init);
        Wpe = new Embedding(context, width, init);
        Drop = new Dropout(dropout);
        // Each block adds two branches to the sum: so its variance does not grow with their number.
        var last = Init.Normal(0, 0.02 / Math.Sqrt(2.0 * layers));
        H = new ModuleList<GptBlock>([.. Enumerable.Range(1, layers).Select(number => new GptBlock(options, number, init, last))]);
        LnF = new LayerNorm(width, options.Epsilon);
        LmHead = new Linear(width, vocabulary, bias: false, init);
        if (options.TiedHead) LmHead.Weight = Wte.Weight;
    }

    /// <inheritdoc/>
    public int Vocabulary { get; }

    /// <summary>The longest sequence.</summary>
    public int Context { get; }

    /// <summary>The embeddings of tokens, [vocabulary, width].</summary>
    public Embedding Wte { get; set => field = Register(value); }

    /// <summary>The embeddings of positions, [context, width].</summary>
    public Embedding Wpe { get; set => field = Register(value); }

    /// <summary>The head.</summary>
    public Linear LmHead { get; set => field = Register(value); }

    private Dropout Drop { get; set => field = Register(value); }

    private ModuleList<GptBlock> H { get; set => field = Register(value); }

    private LayerNorm LnF { get; set => field = Register(value); }

    /// <inheritdoc/>
    /// <remarks>
    /// After <see cref="Context"/> tokens it begins anew with the later half of them, so that a long text costs little more per token than a short one.
    /// </remarks>
    public TokenReader Read() => new Reader(this);

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (input.Rank != 2 || input.Shape[1] > Context) throw Expect.Got($"tokens [batch, time] with a time of at most {Context}", input);
        return LmHead.Forward(States(input, null));
    }

    /// <inheritdoc/>
    protected override string Describe() => _sizes;

    /// <summary>What the head reads, [batch, time, width]; with caches, of tokens that follow those which they hold.</summary>
    private Tensor States(Tensor tokens, KeyValueCache[]? caches)
    {
        var start = caches?[0].Length ?? 0;
        var x = Drop.Forward(Wte.Forward(tokens) + Wpe.Forward(Tensor.Arange(start, start + tokens.Shape[1])));
        for (var layer = 0; layer < H.Count; layer++) x = H[layer].Forward(new CachedInput(x, IsCausal: true, Cache: caches?[layer]));
        return LnF.Forward(x);
    }

    private sealed class Reader(Gpt model) : TokenReader
    {
        private readonly KeyValueCache[] _caches = [.. model.H.Select(static _ => new KeyValueCache())];
        private Tensor? _read;

        protected override Tensor Advance(Tensor tokens)
        {
            var unread = Remember(tokens);
            return model.LmHead.Forward(model.States(unread, _caches).Select(1, unread.Shape[1] - 1));
        }

        /// <summary>Remembers tokens, and says which are to be read: these, or after a full context the later half of all.</summary>
        private Tensor Remember(Tensor tokens)
        {
            using var scope = TensorScope.Suspend();
            _read = _read is null ? tokens.Clone() : Tensor.Concat([_read, tokens], 1);
            if (_read.Shape[1] <= model.Context) return tokens;
            foreach (var cache in _caches) cache.Clear();
            var kept = (model.Context + 1) / 2;
            return _read = _read.Slice(1, _read.Shape[1] - kept, kept).Clone();
        }
    }
}
