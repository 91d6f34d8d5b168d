using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gradus.Formats;

/// <summary>Writes the header of a safetensors file.</summary>
internal static class HeaderWriter
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The header of these tensors, in the order in which their data will follow, padded so that the data are aligned.</summary>
    public static ReadOnlySpan<byte> Write(IReadOnlyList<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        // The names as they are: what this encoder leaves alone is only dangerous inside a web page.
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            var position = 0L;
            foreach (var (name, tensor) in tensors) WriteEntry(json, name, tensor, ref position);
            json.WriteEndObject();
        }

        var padding = -buffer.WrittenCount & 7;
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        if (buffer.WrittenCount > HeaderReader.LongestHeader) throw new GradusException($"safetensors: a header of {buffer.WrittenCount} bytes; readers allow {HeaderReader.LongestHeader}. Shorten names or metadata.");
        return buffer.WrittenSpan;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is not { Count: > 0 }) return;
        json.WriteStartObject(HeaderReader.MetadataName);
        foreach (var (key, value) in metadata.OrderBy(static entry => entry.Key, StringComparer.Ordinal))
        {
            if (value is null) throw new GradusException($"safetensors: metadata '{key}' is null; metadata are strings.");
            RequireText(key);
            RequireText(value);
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, string name, Tensor tensor, ref long position)
    {
        if (name == HeaderReader.MetadataName) throw new GradusException($"safetensors: a tensor cannot be named '{name}': the format keeps that name for metadata.");
        RequireText(name);
        json.WriteStartObject(name);
        json.WriteString("dtype", SafeTensorsTypes.WordFor(tensor.DType));
        json.WriteStartArray("shape");
        foreach (var size in tensor.Shape) json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(position);
        json.WriteNumberValue(position += tensor.Count * tensor.DType.Size);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void RequireText(string text)
    {
        try
        {
            _ = StrictUtf8.GetByteCount(text);
        }
        catch (EncoderFallbackException exception)
        {
            throw new GradusException($"safetensors: '{text}' holds half a surrogate pair and cannot be written as UTF-8.", exception);
        }
    }
}
