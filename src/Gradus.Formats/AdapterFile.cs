using System.Globalization;
using Gradus.Nn;

namespace Gradus.Formats;

/// <summary>Saves and loads the adapters of a network alone, as a safetensors file: a small part of the network's own size.</summary>
/// <remarks>
/// It holds what <see cref="Lora.State"/> gives, by name: <c>h.0.attn.c_attn.weight_lora_a</c> [r, in] and <c>…_lora_b</c> [out, r], of DoRA <c>…_lora_m</c>,
/// and what was trained beside them. Its metadata say <c>adapter</c> (lora or dora), <c>rank</c>, <c>alpha</c>, and <c>layers</c>, the patterns as they were
/// given, which are for the reader alone.
/// </remarks>
public static class AdapterFile
{
    private const string Kind = "adapter", Rank = "rank", Alpha = "alpha", Layers = "layers", First = "_lora_a", Second = "_lora_b", Magnitudes = "_lora_m";

    /// <summary>Saves the adapters. The file is there whole or not at all.</summary>
    /// <param name="lora">The adapters, which are attached.</param>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="metadata">Words to keep with them, such as the task.</param>
    /// <exception cref="GradusException">They are merged or detached already.</exception>
    public static void Save(this Lora lora, string path, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(lora);
        var words = new Dictionary<string, string>(metadata ?? new Dictionary<string, string>())
        {
            [Kind] = lora.Options.Dora ? "dora" : "lora",
            [Rank] = lora.Options.Rank.ToString(CultureInfo.InvariantCulture),
            [Alpha] = (lora.Options.Alpha ?? 2.0 * lora.Options.Rank).ToString("R", CultureInfo.InvariantCulture),
            [Layers] = string.Join(' ', lora.Options.Layers),
        };
        SafeTensorsFile.Write(path, lora.State(), words);
    }

    /// <summary>Attaches the adapters of a file to a network, whose own weights are loaded already. Nothing is changed unless all of them fit.</summary>
    /// <param name="model">The base.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or holds no adapters.</exception>
    /// <exception cref="GradusException">The network has adapters already, or a weight is missing or of another shape.</exception>
    public static Lora Load(Module model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        var (tensors, metadata) = SafeTensorsFile.Read(path);
        var options = OptionsOf(tensors, metadata, model, path);
        try
        {
            var lora = Lora.Attach(model, options);
            try
            {
                lora.LoadState(tensors);
                return lora;
            }
            catch
            {
                lora.Detach();
                throw;
            }
        }
        catch (GradusException exception)
        {
            throw new GradusException($"{path}: {exception.Message}", exception);
        }
    }

    private static LoraOptions OptionsOf(
        IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata, Module model, string path)
    {
        if (metadata.GetValueOrDefault(Kind) is not ("lora" or "dora"))
        {
            throw new InvalidDataException($"{path}: these are tensors, but not adapters of Gradus: the metadata's '{Kind}' is " +
                $"{(metadata.TryGetValue(Kind, out var kind) ? PlainText.Quote(kind) : "missing")}, expected lora or dora.");
        }

        string[] weights = [.. tensors.Keys.Where(static name => name.EndsWith(First, StringComparison.Ordinal)).Select(static name => name[..^First.Length])];
        if (weights.Length == 0) throw new InvalidDataException($"{path}: it holds no adapters: there is no tensor whose name ends in {First}.");
        var own = weights.SelectMany(static name => (string[])[name + First, name + Second, name + Magnitudes]).ToHashSet();
        var buffers = model.NamedBuffers().Select(static named => named.Name).ToHashSet();
        return new LoraOptions
        {
            Rank = Number(Rank) is >= 1 and <= int.MaxValue and var rank && double.IsInteger(rank)
                ? (int)rank
                : throw Wrong(Rank, "a whole number from 1 on"),
            Alpha = Number(Alpha) is > 0 and var alpha ? alpha : throw Wrong(Alpha, "a number above 0"),
            Dora = metadata[Kind] == "dora",
            Layers = weights,
            AlsoTrain = [.. tensors.Keys.Where(name => !own.Contains(name) && !buffers.Contains(name))],
        };

        double Number(string word) =>
            double.TryParse(metadata.GetValueOrDefault(word), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? number
                : 0;

        InvalidDataException Wrong(string word, string expected) => new(
            $"{path}: the metadata's '{word}' is {(metadata.TryGetValue(word, out var told) ? PlainText.Quote(told) : "missing")}, expected {expected}.");
    }
}
