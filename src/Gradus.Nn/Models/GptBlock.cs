namespace Gradus.Nn;

/// <summary>A block of <see cref="Gpt"/>: [batch, time, width] → the same.</summary>
internal sealed class GptBlock : Layer<CachedInput, Tensor>
{
    public GptBlock(int width, int heads, double dropout, Init init, Init last)
    {
        Ln1 = new LayerNorm(width);
        Attn = new CausalSelfAttention(width, heads, dropout, init, last);
        Ln2 = new LayerNorm(width);
        Mlp = new GptMlp(width, dropout, init, last);
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

/// <summary>gelu(x·W₁ᵀ + b₁)·W₂ᵀ + b₂ with 4·width numbers between the products.</summary>
internal sealed class GptMlp : Layer<Tensor, Tensor>
{
    public GptMlp(int width, double dropout, Init init, Init last)
    {
        var hidden = Shape.Size(4L * width, "gpt");
        CFc = new Linear(width, hidden, init: init) { Bias = new Parameter([hidden], Init.Zeros) };
        CProj = new Linear(hidden, width, init: last) { Bias = new Parameter([width], Init.Zeros) };
        Dropout = new Dropout(dropout);
    }

    private Linear CFc { get; set => field = Register(value); }

    private Linear CProj { get; set => field = Register(value); }

    private Dropout Dropout { get; set => field = Register(value); }

    protected override Tensor Compute(Tensor input) => Dropout.Forward(CProj.Forward(CFc.Forward(input).Gelu()));
}
