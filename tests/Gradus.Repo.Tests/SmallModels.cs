using Gradus.Formats;
using Gradus.Nn;
using Gradus.Text;

namespace Gradus.Repo.Tests;

/// <summary>Folders as Hugging Face has them, of small models that have learned nothing.</summary>
internal static class SmallModels
{
    private const int Width = 8;

    public static void WriteGpt2(string folder)
    {
        Directory.CreateDirectory(folder);
        var tokenizer = BytePairTraining.Train(string.Concat(Enumerable.Repeat("once upon a time ", 10)), 262);
        tokenizer.Save(Path.Combine(folder, "tokenizer.json"));
        File.WriteAllText(
            Path.Combine(folder, "config.json"),
            $$"""{"model_type": "gpt2", "vocab_size": {{tokenizer.Count}}, "n_positions": 32, "n_embd": {{Width}}, "n_layer": 2, "n_head": 2}""");
        var gpt = new Gpt(tokenizer.Count, new() { Layers = 2, Heads = 2, Width = Width, Context = 32, TiedHead = true });
        gpt.Initialize(1);
        SafeTensorsFile.Write(Path.Combine(folder, "model.safetensors"), gpt.State().ToDictionary(
            static entry => $"transformer.{entry.Key}",
            static entry => entry.Key.Contains(".c_", StringComparison.Ordinal) && entry.Value.Rank == 2 ? entry.Value.Transpose().Contiguous() : entry.Value));
    }

    public static void WriteBert(string folder)
    {
        Directory.CreateDirectory(folder);
        string[] words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "the", "cat", "on", "mat"];
        File.WriteAllText(Path.Combine(folder, "vocab.txt"), string.Join('\n', words));
        File.WriteAllText(
            Path.Combine(folder, "config.json"),
            $$"""
            {"model_type": "bert", "vocab_size": {{words.Length}}, "max_position_embeddings": 16, "hidden_size": {{Width}}, "num_hidden_layers": 1,
             "num_attention_heads": 2, "intermediate_size": 12}
            """);
        var weights = new Dictionary<string, Tensor>();
        Add("embeddings.word_embeddings.weight", words.Length, Width);
        Add("embeddings.position_embeddings.weight", 16, Width);
        Add("embeddings.token_type_embeddings.weight", 2, Width);
        AddLayer("embeddings.LayerNorm", Width);
        foreach (var part in (string[])["self.query", "self.key", "self.value", "output.dense"]) AddLayer($"encoder.layer.0.attention.{part}", Width, Width);
        AddLayer("encoder.layer.0.attention.output.LayerNorm", Width);
        AddLayer("encoder.layer.0.intermediate.dense", 12, Width);
        AddLayer("encoder.layer.0.output.dense", Width, 12);
        AddLayer("encoder.layer.0.output.LayerNorm", Width);
        SafeTensorsFile.Write(Path.Combine(folder, "model.safetensors"), weights);

        void AddLayer(string name, params int[] shape)
        {
            Add($"{name}.weight", shape);
            Add($"{name}.bias", shape[0]);
        }

        void Add(string name, params int[] shape) => weights.Add(name, Tensor.Rand(Shape.Create(shape), DType.Float32, new Generator(1, name)));
    }
}
