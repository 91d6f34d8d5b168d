using System.Text.RegularExpressions;

namespace Gradus.Formats;

/// <summary>From the names of Hugging Face to ours.</summary>
/// <param name="prefix">What may stand before the names of the network without its head.</param>
/// <param name="rules">What is replaced, each everywhere in a name, in this order.</param>
internal sealed partial class StateNames(string prefix, params (string From, string To)[] rules)
{
    private const string Query = "self_attn.query.", Key = "self_attn.key.", Value = "self_attn.value.";

    private static readonly StateNames Gpt2 = new("transformer.");

    // Of blocks, what BERT and ViT share.
    private static readonly (string From, string To)[] Blocks =
    [
        (".attention.output.dense.", ".self_attn.out_proj."), (".intermediate.dense.", ".linear1."), (".output.dense.", ".linear2."),
        ("encoder.layer.", "encoder.layers."), ("pooler.dense.", "pooler."),
    ];

    private static readonly StateNames Bert = new(
        "bert.",
        [
            // As files have it that were converted from TensorFlow's.
            ("LayerNorm.gamma", "LayerNorm.weight"), ("LayerNorm.beta", "LayerNorm.bias"),
            (".attention.self.", ".self_attn."), (".attention.output.LayerNorm.", ".norm1."), (".output.LayerNorm.", ".norm2."), .. Blocks,
            ("embeddings.word_embeddings.", "word_embeddings."), ("embeddings.position_embeddings.", "position_embeddings."),
            ("embeddings.token_type_embeddings.", "segment_embeddings."), ("embeddings.LayerNorm.", "norm."),
        ]);

    private static readonly StateNames Vit = new(
        "vit.",
        [
            (".attention.attention.", ".self_attn."), (".layernorm_before.", ".norm1."), (".layernorm_after.", ".norm2."), .. Blocks,
            ("embeddings.cls_token", "cls_token"), ("embeddings.position_embeddings", "position_embeddings"),
            ("embeddings.patch_embeddings.projection.", "patches."), ("layernorm.", "encoder.norm."),
        ]);

    private static readonly StateNames ResNet = new(
        "resnet.",
        ("embedder.embedder.convolution.", "conv1."), ("embedder.embedder.normalization.", "bn1."), ("classifier.1.", "fc."),
        (".shortcut.convolution.", ".downsample.0."), (".shortcut.normalization.", ".downsample.1."));

    public static StateNames Of(ModelFamily family) => family switch
    {
        ModelFamily.Gpt => Gpt2,
        ModelFamily.Bert => Bert,
        ModelFamily.VisionTransformer => Vit,
        _ => ResNet,
    };

    /// <summary>What a tensor of a file is. A name that no rule knows stays as it is.</summary>
    public StateName Translate(string name)
    {
        var own = name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name;
        if (this == Gpt2) return Masks.IsMatch(own) ? default : new StateName(own, IsTransposed: Conv1D.IsMatch(own));
        foreach (var (from, to) in rules) own = own.Replace(from, to, StringComparison.Ordinal);
        if (this == ResNet) return new StateName(Stages.Replace(own, static match => Torchvision(match)));
        if (own is "embeddings.position_ids") return default;
        var part = own.Contains(Query, StringComparison.Ordinal) ? 0 : own.Contains(Key, StringComparison.Ordinal) ? 1
            : own.Contains(Value, StringComparison.Ordinal) ? 2 : (int?)null;
        return part is null ? new StateName(own) : new StateName(Projections.Replace(own, "self_attn.in_proj_"), Part: part);
    }

    /// <summary>Stages and convolutions count from 1 in our names.</summary>
    private static string Torchvision(Match match)
    {
        var stage = $"layer{Next(match.Groups["stage"].Value)}.{match.Groups["block"].Value}.";
        if (!match.Groups["part"].Success) return stage;
        return $"{stage}{(match.Groups["kind"].Value == "convolution" ? "conv" : "bn")}{Next(match.Groups["part"].Value)}.";
    }

    private static int Next(string number) => number[0] - '0' + 1;

    [GeneratedRegex(@"^h\.\d+\.attn\.(bias|masked_bias)$", RegexOptions.CultureInvariant)]
    private static partial Regex Masks { get; }

    [GeneratedRegex(@"\.(c_attn|c_proj|c_fc)\.weight$", RegexOptions.CultureInvariant)]
    private static partial Regex Conv1D { get; }

    [GeneratedRegex(@"self_attn\.(query|key|value)\.", RegexOptions.CultureInvariant)]
    private static partial Regex Projections { get; }

    [GeneratedRegex(
        @"^encoder\.stages\.(?<stage>\d)\.layers\.(?<block>\d+)\.(layer\.(?<part>\d)\.(?<kind>convolution|normalization)\.)?",
        RegexOptions.CultureInvariant)]
    private static partial Regex Stages { get; }
}
