namespace Gradus.Nn.Tests.Layers.Specs;

internal static class AttentionSpecs
{
    private const string Attention = "MultiHeadAttention(4, 2 heads\n  out_proj: Linear(4 → 4)\n)";

    private static readonly string EncoderBlock = Block(
        "TransformerEncoderLayer()", $"self_attn: {Attention}", "linear1: Linear(4 → 6)", "dropout: Dropout(0)", "linear2: Linear(6 → 4)",
        "norm1: LayerNorm(4, ε 1E-05)", "norm2: LayerNorm(4, ε 1E-05)",
        "dropout1: Dropout(0)", "dropout2: Dropout(0)");

    private static readonly string DecoderBlock = Block(
        "TransformerDecoderLayer()", $"self_attn: {Attention}", $"multihead_attn: {Attention}", "linear1: Linear(4 → 6)", "dropout: Dropout(0)",
        "linear2: Linear(6 → 4)",
        "norm1: LayerNorm(4, ε 1E-05)", "norm2: LayerNorm(4, ε 1E-05)", "norm3: LayerNorm(4, ε 1E-05)", "dropout1: Dropout(0)", "dropout2: Dropout(0)",
        "dropout3: Dropout(0)");

    private static readonly TransformerOptions Options = new() { FeedForward = 6, Dropout = 0 };

    private static readonly Tensor Indices = Tensor.Of([[1L, 4L, 0L], [1L, 0L, 2L]]);

    public static readonly Dictionary<string, ModuleSpec> All = new()
    {
        ["Embedding"] = ModuleSpec.Of(static () => new Embedding(5, 3), static (layer, x) => layer.Forward(x[0]), [Indices], [2, 3, 3], "Embedding(5 → 3)"),
        ["EmbeddingBag"] = ModuleSpec.Of(
            static () => new EmbeddingBag(5, 3), static (layer, x) => layer.Forward(x[0]), [Indices], [2, 3], "EmbeddingBag(5 → 3, mean)"),
        ["EmbeddingBag of sums"] = ModuleSpec.Of(
            static () => new EmbeddingBag(5, 3, new() { Mode = BagMode.Sum }),
            static (layer, x) => layer.Forward(new BagInput(x[0].Flatten(), [0, 2, 2], x[1])), [Indices, ModuleSpec.Draw([6])], [3, 3],
            "EmbeddingBag(5 → 3, sum)"),
        ["EmbeddingBag of maxima"] = ModuleSpec.Of(
            static () => new EmbeddingBag(5, 3, new() { Mode = BagMode.Max, PaddingIndex = 1 }), static (layer, x) => layer.Forward(x[0]), [Indices], [2, 3],
            "EmbeddingBag(5 → 3, max, padding index 1)"),
        ["MultiHeadAttention"] = ModuleSpec.Of(
            static () => new MultiHeadAttention(4, 2), static (layer, x) => layer.Forward(new AttentionInput(x[0], x[1])), [[2, 3, 4], [2, 2, 4]], [2, 3, 4],
            Attention),
        ["GroupedQueryAttention"] = ModuleSpec.Of(
            static () => new GroupedQueryAttention(8, 4, 2), static (layer, x) => layer.Forward(new CachedInput(x[0], IsCausal: true)), [[2, 3, 8]], [2, 3, 8],
            Block(
                "GroupedQueryAttention(8, 4 heads, 2 of keys and values)", "q_proj: Linear(8 → 8, no bias)", "k_proj: Linear(8 → 4, no bias)",
                "v_proj: Linear(8 → 4, no bias)",
                "o_proj: Linear(8 → 8, no bias)", "positions: RotaryPositions(10000)")),
        ["SinusoidalPositions"] = ModuleSpec.Of(static () => new SinusoidalPositions(), [2, 3, 4], [2, 3, 4], "SinusoidalPositions(10000)"),
        ["RotaryPositions"] = ModuleSpec.Of(
            static () => new RotaryPositions(100), static (layer, x) => layer.Forward(new RotaryInput(x[0], 2)), [[2, 1, 3, 4]], [2, 1, 3, 4],
            "RotaryPositions(100)"),
        ["TransformerEncoderLayer"] = ModuleSpec.Of(
            static () => new TransformerEncoderLayer(4, 2, Options), static (layer, x) => layer.Forward(x[0]), [[2, 3, 4]], [2, 3, 4], EncoderBlock),
        ["TransformerDecoderLayer"] = ModuleSpec.Of(
            static () => new TransformerDecoderLayer(4, 2, Options), static (layer, x) => layer.Forward(new DecoderInput(x[0], x[1])),
            [[2, 3, 4], [2, 2, 4]], [2, 3, 4], DecoderBlock),
        ["TransformerDecoderLayer, norm first"] = ModuleSpec.Of(
            static () => new TransformerDecoderLayer(4, 2, Options with { Activation = FeedForwardActivation.Gelu, NormFirst = true }),
            static (layer, x) => layer.Forward(new DecoderInput(x[0], x[1], IsCausal: false)),
            [[2, 3, 4], [2, 2, 4]], [2, 3, 4],
            DecoderBlock.Replace("Layer()", "Layer(norm first)", StringComparison.Ordinal).Replace("Layer(\n", "Layer(norm first\n", StringComparison.Ordinal)),
        ["TransformerEncoder"] = ModuleSpec.Of(
            static () => new TransformerEncoder([new TransformerEncoderLayer(4, 2, Options)]), static (layer, x) => layer.Forward(x[0]),
            [[2, 3, 4]], [2, 3, 4], Block("TransformerEncoder()", Block("layers: ModuleList()", $"0: {EncoderBlock}"))),
        ["TransformerDecoder"] = ModuleSpec.Of(
            static () => new TransformerDecoder([new TransformerDecoderLayer(4, 2, Options)], new LayerNorm(4)),
            static (layer, x) => layer.Forward(new DecoderInput(x[0], x[1])), [[2, 3, 4], [2, 2, 4]],
            [2, 3, 4], Block("TransformerDecoder()", Block("layers: ModuleList()", $"0: {DecoderBlock}"), "norm: LayerNorm(4, ε 1E-05)")),
        ["Transformer"] = ModuleSpec.Of(
            static () => new Transformer(4, 2, 1, 1, Options), static (layer, x) => layer.Forward(new TransformerInput(x[0], x[1])),
            [[2, 3, 4], [2, 2, 4]], [2, 2, 4],
            Block(
                "Transformer()", Block("encoder: TransformerEncoder()", Block("layers: ModuleList()", $"0: {EncoderBlock}"), "norm: LayerNorm(4, ε 1E-05)"),
                Block("decoder: TransformerDecoder()", Block("layers: ModuleList()", $"0: {DecoderBlock}"), "norm: LayerNorm(4, ε 1E-05)"))),
        ["Gpt"] = ModuleSpec.Of(
            static () => new Gpt(5, new() { Layers = 1, Heads = 2, Width = 4, Context = 3 }), static (layer, x) => layer.Forward(x[0]), [Indices], [2, 3, 5],
            Block(
                "Gpt(5 tokens, 1 layers, 2 heads, width 4, context 3)", "wte: Embedding(5 → 4)", "wpe: Embedding(3 → 4)", "drop: Dropout(0)",
                Block(
                    "h: ModuleList()",
                    Block(
                        "0: GptBlock()", "ln_1: LayerNorm(4, ε 1E-05)",
                        Block("attn: CausalSelfAttention(4, 2 heads)", "c_attn: Linear(4 → 12)", "c_proj: Linear(4 → 4)", "dropout: Dropout(0)"),
                        "ln_2: LayerNorm(4, ε 1E-05)",
                        Block("mlp: GptMlp()", "c_fc: Linear(4 → 16)", "c_proj: Linear(16 → 4)", "dropout: Dropout(0)"))),
                "ln_f: LayerNorm(4, ε 1E-05)", "lm_head: Linear(4 → 5, no bias)")),
        ["Gpt as GPT-2 has it"] = ModuleSpec.Of(
            static () => new Gpt(5, Gpt2), static (layer, x) => layer.Forward(x[0]), [Indices], [2, 3, 5],
            "Gpt(5 tokens, 2 layers, 2 heads, width 4, context 3") with
        {
            IsLarge = true,
        },
        ["Bert"] = ModuleSpec.Of(
            static () => new Bert(Small), static (layer, x) => layer.Forward(new BertInput(x[0], Tensor.Of([[1, 1, 1], [1, 1, 0]]))), [Indices], [2, 3, 4],
            "Bert(5 tokens, 1 layers, 2 heads, width 4, context 3\n  word_embeddings: Embedding(5 → 4)") with
        {
            IsLarge = true,
        },
        ["VisionTransformer"] = ModuleSpec.Of(
            static () => new VisionTransformer(Patches), [2, 2, 4, 4], [2, 3], "VisionTransformer(2 × 4 × 4") with
        {
            IsLarge = true,
        },
    };

    private static GptOptions Gpt2 => new()
    {
        Layers = 2,
        Heads = 2,
        Width = 4,
        Context = 3,
        Inner = 6,
        Activation = FeedForwardActivation.GeluTanh,
        TiedHead = true,
        ScalesScoresByBlock = true,
    };

    private static BertOptions Small => new() { Vocabulary = 5, Layers = 1, Heads = 2, Width = 4, Inner = 6, Context = 3, Dropout = 0, HasPooler = false };

    private static VisionTransformerOptions Patches =>
        new() { PictureSize = 4, Channels = 2, PatchSize = 2, Layers = 1, Heads = 2, Width = 4, Inner = 6, Outputs = 3 };

    /// <summary>A module's text around those of its parts.</summary>
    private static string Block(string head, params string[] parts) =>
        head[..^1] + string.Concat(parts.Select(static part => "\n  " + part.Replace("\n", "\n  ", StringComparison.Ordinal))) + "\n)";
}
