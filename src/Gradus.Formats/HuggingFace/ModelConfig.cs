using System.Text.Json;
using Gradus.Nn;

namespace Gradus.Formats;

/// <summary>The configuration of a model: which network, of which sizes. Names and defaults are those of the library <c>transformers</c>.</summary>
internal sealed class ModelConfig
{
    /// <summary>What a network may hold beside the weights of its files: statistics that older files lack.</summary>
    public const int SpareNumbers = 1 << 16;

    // A gibibyte of weights a layer: more is damage.
    private const int LargestSize = 1 << 20;
    private const int MostLayers = 1000;
    private const int MostStages = 9;
    private const int MostChannels = 1 << 14;
    private const long LongestFile = 1 << 22;

    private readonly JsonObject _config;

    private ModelConfig(JsonObject config, string type, ModelFamily family) => (_config, ModelType, Family) = (config, type, family);

    public string File => _config.File;

    public string ModelType { get; }

    public ModelFamily Family { get; }

    public static ModelConfig Read(string path)
    {
        using var stream = InputFile.Open(path);
        if (stream.Length > LongestFile) throw new InvalidDataException($"{path}: {stream.Length} bytes are too many for a configuration.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        using var document = JsonObject.Open(bytes, path);
        var config = new JsonObject(document.RootElement.Clone(), path, "");
        var type = config.Text("model_type");
        return new ModelConfig(config, type, type switch
        {
            "gpt2" => ModelFamily.Gpt,
            "bert" => ModelFamily.Bert,
            "vit" => ModelFamily.VisionTransformer,
            "resnet" => ModelFamily.ResidualNetwork,
            _ => throw config.Wrong("model_type", $"'{PlainText.Quote(type)}'", "gpt2, bert, vit or resnet"),
        });
    }

    /// <summary>The network, whose weights take no memory yet.</summary>
    public Module Build(WeightFacts facts) => Family switch
    {
        ModelFamily.Gpt => Gpt(facts),
        ModelFamily.Bert => Bert(facts),
        ModelFamily.VisionTransformer => VisionTransformer(facts),
        _ => ResidualNetwork(facts),
    };

    private Gpt Gpt(WeightFacts facts)
    {
        Refuse("add_cross_attention", false);
        return new Gpt(Size("vocab_size", 50_257), new GptOptions
        {
            Layers = Layers(facts, "n_layer"),
            Heads = Size("n_head", 12),
            Width = Size("n_embd", 768),
            Context = Size("n_positions", 1024),
            Inner = _config.Has("n_inner") ? Size("n_inner", 0) : null,
            Activation = Activation("activation_function", "gelu_new"),
            Epsilon = _config.NumberOrNull("layer_norm_epsilon") ?? 1e-5,
            TiedHead = _config.Flag("tie_word_embeddings", true),
            ScalesScores = _config.Flag("scale_attn_weights", true),
            ScalesScoresByBlock = _config.Flag("scale_attn_by_inverse_layer_idx", false),
            Dropout = Share("resid_pdrop", 0.1),
        });
    }

    private Bert Bert(WeightFacts facts)
    {
        if (_config.TextOrNull("position_embedding_type") is { } type && type != "absolute")
        {
            throw _config.Wrong("position_embedding_type", $"'{PlainText.Quote(type)}'", "absolute");
        }

        Refuse("is_decoder", false);
        Refuse("add_cross_attention", false);
        return new Bert(new BertOptions
        {
            Vocabulary = Size("vocab_size", 30_522),
            Layers = Layers(facts, "num_hidden_layers"),
            Heads = Size("num_attention_heads", 12),
            Width = Size("hidden_size", 768),
            Inner = Size("intermediate_size", 3072),
            Activation = Activation("hidden_act", "gelu"),
            Context = Size("max_position_embeddings", 512),
            Segments = Size("type_vocab_size", 2),
            Epsilon = _config.NumberOrNull("layer_norm_eps") ?? 1e-12,
            Dropout = Share("hidden_dropout_prob", 0.1),
            HasPooler = facts.HasPooler,
        });
    }

    private VisionTransformer VisionTransformer(WeightFacts facts)
    {
        Refuse("qkv_bias", true);
        return new VisionTransformer(new VisionTransformerOptions
        {
            PictureSize = Size("image_size", 224),
            Channels = Size("num_channels", 3),
            PatchSize = Size("patch_size", 16),
            Layers = Layers(facts, "num_hidden_layers"),
            Heads = Size("num_attention_heads", 12),
            Width = Size("hidden_size", 768),
            Inner = Size("intermediate_size", 3072),
            Activation = Activation("hidden_act", "gelu"),
            Epsilon = _config.NumberOrNull("layer_norm_eps") ?? 1e-12,
            Dropout = Share("hidden_dropout_prob", 0),
            Outputs = facts.Outputs,
            HasPooler = facts.HasPooler,
        });
    }

    private ResidualNetwork ResidualNetwork(WeightFacts facts)
    {
        if (Activation("hidden_act", "relu") != FeedForwardActivation.Relu) throw _config.Wrong("hidden_act", "another function", "relu");
        var type = _config.TextOrNull("layer_type") ?? "bottleneck";
        if (type is not ("basic" or "bottleneck")) throw _config.Wrong("layer_type", $"'{PlainText.Quote(type)}'", "basic or bottleneck");
        return new ResidualNetwork(new ResidualNetworkOptions
        {
            Channels = Size("num_channels", 3),
            StemWidth = Size("embedding_size", 64),
            Widths = Sizes("hidden_sizes", [256, 512, 1024, 2048], MostChannels),
            Depths = Sizes("depths", [3, 4, 6, 3], Math.Min(facts.Count, MostLayers)),
            IsBottleneck = type == "bottleneck",
            HalvesInFirstStage = _config.Flag("downsample_in_first_stage", false),
            StridesInFirst = _config.Flag("downsample_in_bottleneck", false),
            Outputs = facts.Outputs,
        });
    }

    private int Size(string name, int otherwise) =>
        _config.Whole(name, otherwise, LargestSize) is > 0 and var size ? size : throw _config.Wrong(name, "0", "at least 1");

    private int Layers(WeightFacts facts, string name)
    {
        var layers = _config.Whole(name, 12, MostLayers);
        return layers <= facts.Count ? layers : throw _config.Wrong(name, $"{layers}", $"no more than the {facts.Count} tensors of its weights");
    }

    private int[] Sizes(string name, int[] otherwise, int most)
    {
        var items = _config.Items(name);
        if (items.Length == 0) return otherwise;
        if (items.Length > MostStages) throw _config.Wrong(name, $"{items.Length} stages", $"at most {MostStages}");
        return
        [
            .. items.Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var size) && size > 0 && size <= most
                ? size
                : throw _config.Wrong(name, PlainText.Quote(item.GetRawText()), $"whole numbers from 1 to {most}")),
        ];
    }

    private double Share(string name, double otherwise) =>
        (_config.NumberOrNull(name) ?? otherwise) is >= 0 and < 1 and var share ? share : throw _config.Wrong(name, "another number", "0 to below 1");

    private FeedForwardActivation Activation(string name, string otherwise) => (_config.TextOrNull(name) ?? otherwise) switch
    {
        "relu" => FeedForwardActivation.Relu,
        "gelu" or "gelu_python" => FeedForwardActivation.Gelu,
        "gelu_new" or "gelu_fast" or "gelu_pytorch_tanh" => FeedForwardActivation.GeluTanh,
        "silu" or "swish" => FeedForwardActivation.Silu,
        var other => throw _config.Wrong(name, $"'{PlainText.Quote(other)}'", "relu, gelu, gelu_new or silu"),
    };

    private void Refuse(string name, bool expected)
    {
        if (_config.Flag(name, expected) != expected) throw _config.Wrong(name, expected ? "false" : "true", expected ? "true" : "false");
    }
}
