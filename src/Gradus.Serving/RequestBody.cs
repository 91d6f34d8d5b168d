using System.Text;
using System.Text.Json;
using Gradus.Extensions;
using Gradus.Training;
using Microsoft.AspNetCore.Http;

namespace Gradus.Serving;

/// <summary>The body of a request: its bytes, and whether they are JSON, a text or a picture.</summary>
internal sealed class RequestBody
{
    // Each may be answered by hundreds of bytes, and is kept until all are.
    private const int MostSamples = 10_000;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private RequestBody(BodyKind kind, ArraySegment<byte> bytes) => (Kind, Bytes) = (kind, bytes);

    private enum BodyKind
    {
        Json,
        Text,
        Picture,
    }

    private BodyKind Kind { get; }

    private ArraySegment<byte> Bytes { get; }

    /// <exception cref="RequestException">It is of a kind that no model takes.</exception>
    /// <exception cref="BadHttpRequestException">It is too large.</exception>
    public static async Task<RequestBody> Read(HttpRequest request, CancellationToken cancellation)
    {
        if (request.Headers.ContentEncoding is [{ Length: > 0 } encoding, ..] && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            throw new RequestException(StatusCodes.Status415UnsupportedMediaType,
                $"Got a body of the encoding '{encoding}', expected it as it is: send it without compression and without Content-Encoding.");
        }

        var kind = KindOf(request.ContentType);
        using var content = new MemoryStream((int)Math.Clamp(request.ContentLength ?? 0, 0, 1 << 16));
        await request.Body.CopyToAsync(content, cancellation).ConfigureAwait(false);
        var bytes = new ArraySegment<byte>(content.GetBuffer(), 0, (int)content.Length);
        // A byte order mark is no part of a text.
        return new RequestBody(kind, kind != BodyKind.Picture && bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes["\uFEFF"u8.Length..] : bytes);
    }

    /// <summary>The samples, and whether they were given as several.</summary>
    /// <exception cref="RequestException">They do not fit the model.</exception>
    public (IReadOnlyList<PreparedSample> Samples, bool AreMany) Prepare(GradusModel model, Predictor predictor)
    {
        switch (Kind)
        {
            case BodyKind.Text:
                return ([Guard(model, () => predictor.PrepareText(StrictUtf8.GetString(Bytes)))], false);
            case BodyKind.Picture:
                using (var picture = new MemoryStream(Bytes.Array!, Bytes.Offset, Bytes.Count))
                    return ([Guard(model, () => predictor.PreparePicture(picture))], false);
            default:
                using (var json = Guard(model, () => Parse(predictor))) return Prepare(model, predictor, json.RootElement);
        }
    }

    /// <summary>A text to go on with and how, where the body asks a model for one; null otherwise.</summary>
    /// <exception cref="RequestException">It is wrong.</exception>
    public TextRequest? TextRequestOf(GradusModel model, Predictor predictor)
    {
        if (Kind != BodyKind.Json || predictor.Form != DataForm.Text) return null;
        using var json = Guard(model, () => Parse(predictor));
        return Guard(model, () => TextRequest.Of(json.RootElement));
    }

    private static (IReadOnlyList<PreparedSample> Samples, bool AreMany) Prepare(GradusModel model, Predictor predictor, JsonElement json)
    {
        if (ManyOf(json) is not { } rows) return ([Guard(model, () => predictor.Prepare(json))], false);
        if (rows.GetArrayLength() > MostSamples)
        {
            throw RequestException.Wrong(FormattableString.Invariant(
                $"Got {rows.GetArrayLength()} rows, expected at most {MostSamples} in a request. Send them in several."));
        }

        var samples = new List<PreparedSample>();
        foreach (var row in rows.EnumerateArray()) samples.Add(Guard(model, () => predictor.Prepare(row), samples.Count));
        return (samples, true);
    }

    /// <summary>Several samples: <c>{"rows": […]}</c>, or a list that begins with an object or a text; a list of numbers is one sample.</summary>
    private static JsonElement? ManyOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object when json.TryGetProperty("rows", out var rows) && rows.ValueKind == JsonValueKind.Array => rows,
        JsonValueKind.Array when json.GetArrayLength() > 0 && json[0].ValueKind is JsonValueKind.Object or JsonValueKind.String => json,
        _ => null,
    };

    private JsonDocument Parse(Predictor predictor) => Bytes.Count > 0
        ? JsonSample.Parse(Bytes, "The body")
        : throw new InvalidDataException($"The body is empty, expected {JsonSample.Expected(predictor)}.");

    /// <summary>What the content causes is the sender's to mend.</summary>
    private static T Guard<T>(GradusModel model, Func<T> read, int? row = null)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or GradusException or ArgumentException
            or InvalidOperationException or OverflowException)
        {
            model.CountRefused(exception);
            var reason = exception switch
            {
                DecoderFallbackException text => FormattableString.Invariant($"The text is no UTF-8, beginning with the byte at {text.Index}."),
                InvalidOperationException { Source: { } source } when source.StartsWith("System.Text.Json", StringComparison.Ordinal) =>
                    "A text holds half of a character, or bytes that are no UTF-8.",
                _ => exception.Message,
            };
            throw RequestException.Wrong(row is { } number ? FormattableString.Invariant($"row {number}: {reason}") : reason);
        }
    }

    private static BodyKind KindOf(string? contentType)
    {
        // Who says nothing sends JSON.
        var type = contentType?.Split(';')[0].Trim() ?? "application/json";
        const StringComparison Any = StringComparison.OrdinalIgnoreCase;
        if (type.Equals("application/json", Any) || type.EndsWith("+json", Any)) return BodyKind.Json;
        if (type.Equals("text/plain", Any)) return BodyKind.Text;
        if (type.StartsWith("image/", Any)) return BodyKind.Picture;
        throw new RequestException(
            StatusCodes.Status415UnsupportedMediaType, $"Got a body of type '{type}', expected application/json, text/plain, or an image type.");
    }
}
