using System.Text.Json;
using Gradus.Nn;
using Gradus.Training;

namespace Gradus.Serving;

/// <summary>A text that a language model is asked to go on with.</summary>
/// <param name="Prompt">Its beginning.</param>
/// <param name="Length">How many tokens are written.</param>
/// <param name="Sampling">How each is chosen.</param>
internal sealed record TextRequest(string Prompt, int Length, SamplingOptions Sampling)
{
    private const int MostTokens = 10_000;

    /// <returns>Null where no length is given: then the next token is asked for.</returns>
    /// <exception cref="InvalidDataException">A value cannot be.</exception>
    public static TextRequest? Of(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("length", out var length)) return null;
        if (!json.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.String)
            throw new InvalidDataException("got no \"text\" beside \"length\", expected the beginning of a text.");
        return new TextRequest(text.GetString()!, Whole("length", length, 0, MostTokens), new SamplingOptions
        {
            Temperature = Find(json, "temperature") is { } temperature ? Real("temperature", temperature, 0, 100) : 0.8,
            TopK = Find(json, "top_k") is { } topK ? Whole("top_k", topK, 1, int.MaxValue) : null,
            TopP = Find(json, "top_p") is { } topP ? Real("top_p", topP, double.Epsilon, 1) : null,
            Seed = Find(json, "seed") is { } seed ? Whole("seed", seed, 0, int.MaxValue) : 0,
        });
    }

    /// <summary>Writes the text.</summary>
    public string Write(TrainedModel model, CancellationToken cancellation) => string.Concat(model.Sample(Prompt, Sampling).Take(Length).TakeWhile(_ =>
    {
        cancellation.ThrowIfCancellationRequested();
        return true;
    }));

    private static JsonElement? Find(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static int Whole(string name, JsonElement value, int least, int most) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most ? number
            : throw new InvalidDataException(FormattableString.Invariant($"\"{name}\" is {Shown(value)}, expected a whole number from {least} to {most}."));

    private static double Real(string name, JsonElement value, double least, double most) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most ? number
            : throw new InvalidDataException(FormattableString.Invariant($"\"{name}\" is {Shown(value)}, expected a number from {least:0} to {most}."));

    private static string Shown(JsonElement value) => value.GetRawText() is { Length: > 40 } text ? text[..40] + "…" : value.GetRawText();
}
