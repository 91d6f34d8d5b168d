namespace Gradus.Nn;

/// <summary>A block of <see cref="Gpt"/>: [batch, time, width] → the same.</summary>
internal sealed class GptBlock : Layer<CachedInput, Tensor>
{
    /// <param name="options">The sizes.</param>
    /// <param name="number">Which of the blocks it is, from 1.</param>
    /// <param name="init">How weights begin.</param>
    /// <param name="last">How those begin that end a branch.</param>
    public GptBlock(GptOptions options, int number, Init init, Init last)
    {
        Ln1 = new LayerNorm(options.Width, options.Epsilon);
        Attn = new CausalSelfAttention(options, number, init, last);
        Ln2 = new LayerNorm(options.Width, options.Epsilon);
        Mlp = new GptMlp(options, init, last);
    }

    private LayerNorm Ln1 { get; set => field = Register(value, "ln_1"); }

    private CausalSelfAttention Attn { get; set => field = Register(value); }

    private LayerNorm Ln2 { get; set => field = Register(value, "ln_2"); }

    private GptMlp Mlp { get; set => field = Register(value); }

    protected override Tensor Compute(CachedInput input)
    {
        var x = input.Input + Attn.Forward(input with { Input = Ln1.Forward(input.Input) });
        return x + Mlp.Forward(Ln2.Forward(x));
    }
}

/// <summary>f(x·W₁ᵀ + b₁)·W₂ᵀ + b₂ with an activation f.</summary>
internal sealed class GptMlp : Layer<Tensor, Tensor>
{
    private readonly FeedForwardActivation _activation;

    public GptMlp(GptOptions options, Init init, Init last)
    {
        var width = options.Width;
        var hidden = options.Inner is { } inner ? Expect.Positive("gpt", "inner", inner) : Shape.Size(4L * width, "gpt");
        _activation = options.Activation;
        CFc = new Linear(width, hidden, init: init) { Bias = new Parameter([hidden], Init.Zeros) };
        CProj = new Linear(hidden, width, init: last) { Bias = new Parameter([width], Init.Zeros) };
        Dropout = new Dropout(options.Dropout);
    }

    private Linear CFc { get; set => field = Register(value); }

    private Linear CProj { get; set => field = Register(value); }

    private Dropout Dropout { get; set => field = Register(value); }

    protected override Tensor Compute(Tensor input) => Dropout.Forward(CProj.Forward(CFc.Forward(input).Activate(_activation)));
}
