using System.Text;
using System.Text.Json;

namespace Gradus.Formats.Tests.HuggingFace;

/// <summary>
/// A small model whose weights follow from a formula, and what torch gives for it: tests/compare-torch/hugging_face.py has written both.
/// </summary>
internal sealed class ReferenceModel
{
    private readonly JsonElement _model;

    private ReferenceModel(JsonElement model) => _model = model;

    public static ReferenceModel Of(string name)
    {
        using var stream = typeof(ReferenceModel).Assembly.GetManifestResourceStream("hugging-face.json")!;
        using var document = JsonDocument.Parse(stream);
        return new ReferenceModel(document.RootElement.GetProperty(name).Clone());
    }

    public string Config => _model.GetProperty("config").GetRawText();

    /// <summary>The weights by their names.</summary>
    public Dictionary<string, Tensor> Weights() =>
        _model.GetProperty("weights").EnumerateObject().ToDictionary(static entry => entry.Name, static entry => WeightOf(entry.Name, Sizes(entry.Value)));

    /// <summary>What torch gives.</summary>
    public float[] Output(string name) => [.. _model.GetProperty("outputs").GetProperty(name).EnumerateArray().Select(static number => number.GetSingle())];

    /// <summary>Numbers from −0.5 to 0.5 by a hash of the name and the place.</summary>
    public static Tensor Numbers(string name, params int[] shape)
    {
        var seed = 2166136261u;
        foreach (var value in Encoding.UTF8.GetBytes(name)) seed = (seed ^ value) * 16777619;
        var numbers = new float[shape.Aggregate(1, static (product, size) => product * size)];
        for (var index = 0; index < numbers.Length; index++)
        {
            var hash = ((uint)index * 2654435761) + seed;
            hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
            hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
            hash ^= hash >> 16;
            numbers[index] = (float)((hash / 4294967296.0) - 0.5);
        }

        return Tensor.From(numbers, Shape.Create(shape));
    }

    public static Tensor Tokens(int batch, int time, int vocabulary)
    {
        var tokens = Enumerable.Range(0, batch * time).Select(place => (7 * time * (place / time) + (11 * (place % time)) + 3) % vocabulary);
        return Tensor.From([.. tokens], [batch, time]);
    }

    /// <summary>Writes the folder, its weights spread over some files.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="files">How many files.</param>
    /// <param name="rename">What the weights are called. Default: as the script calls them.</param>
    public void Write(TemporaryFolder folder, int files, Func<string, string>? rename = null)
    {
        File.WriteAllText(folder["config.json"], Config);
        var weights = Weights().ToDictionary(entry => rename?.Invoke(entry.Key) ?? entry.Key, static entry => entry.Value);
        if (files == 1)
        {
            SafeTensorsFile.Write(folder["model.safetensors"], weights);
            return;
        }

        var index = new Dictionary<string, string>();
        for (var file = 0; file < files; file++)
        {
            var name = $"model-{file + 1:00000}-of-{files:00000}.safetensors";
            var part = weights.Where((_, place) => place % files == file).ToDictionary();
            SafeTensorsFile.Write(folder[name], part);
            foreach (var weight in part.Keys) index.Add(weight, name);
        }

        File.WriteAllText(folder["model.safetensors.index.json"], JsonSerializer.Serialize(new { metadata = new { total_size = 1 }, weight_map = index }));
    }

    private static int[] Sizes(JsonElement shape) => [.. shape.EnumerateArray().Select(static size => size.GetInt32())];

    /// <summary>Factors of norms lie around 1, variances above 0, all else around 0.</summary>
    private static Tensor WeightOf(string name, int[] shape)
    {
        var x = Numbers(name, shape);
        var last = name.Split('.')[^1];
        if (last == "running_var") return 1 + (x * 0.5f);
        string[] norms = ["ln_", "LayerNorm", "layernorm", "normalization"];
        return last == "weight" && norms.Any(word => name.Contains(word, StringComparison.Ordinal)) ? 1 + (x * 0.4f) : x * 0.5f;
    }
}
