using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gradus.Formats;

/// <summary>Writes the header of a safetensors file.</summary>
internal static class HeaderWriter
{
    private const int MostMetadata = HeaderReader.MostEntries - Checksums.Words;

    /// <summary>The header of these tensors, in the order in which their data will follow, with checksums, padded so that the data are aligned.</summary>
    public static ReadOnlySpan<byte> Write(IReadOnlyList<SafeTensorsEntry> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        Check(tensors, metadata);
        var buffer = new ArrayBufferWriter<byte>();
        // The names as they are: what this encoder leaves alone is only dangerous inside a web page.
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject(HeaderReader.MetadataName);
            foreach (var (key, value) in Checksums.Add(tensors, metadata)) json.WriteString(key, value);
            json.WriteEndObject();
            foreach (var tensor in tensors) WriteEntry(json, tensor);
            json.WriteEndObject();
        }

        var padding = -buffer.WrittenCount & 7;
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        if (buffer.WrittenCount > HeaderReader.LongestHeader)
        {
            throw new GradusException(
                $"safetensors: a header of {buffer.WrittenCount} bytes; readers allow {HeaderReader.LongestHeader}. Shorten names or metadata.");
        }

        return buffer.WrittenSpan;
    }

    private static void Check(IReadOnlyList<SafeTensorsEntry> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        if (tensors.Count > HeaderReader.MostEntries)
            throw new GradusException($"safetensors: {tensors.Count} tensors; at most {HeaderReader.MostEntries} are read. Write them to several files.");
        if (metadata?.Count > MostMetadata)
        {
            throw new GradusException($"safetensors: {metadata.Count} words of metadata; at most {MostMetadata} are read beside the checksums. " +
                "Keep them in a file of their own.");
        }

        foreach (var (key, value) in metadata ?? new Dictionary<string, string>())
        {
            if (value is null) throw new GradusException($"safetensors: metadata '{PlainText.Quote(key)}' is null; metadata are strings.");
            _ = StrictUtf8.CountBytes("safetensors", key);
            _ = StrictUtf8.CountBytes("safetensors", value);
        }

        foreach (var tensor in tensors)
        {
            if (tensor.Name == HeaderReader.MetadataName)
                throw new GradusException($"safetensors: a tensor cannot be named '{tensor.Name}': the format keeps that name for metadata.");
            _ = StrictUtf8.CountBytes("safetensors", tensor.Name);
        }
    }

    private static void WriteEntry(Utf8JsonWriter json, SafeTensorsEntry tensor)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.DType);
        json.WriteStartArray("shape");
        foreach (var size in tensor.Shape) json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(tensor.Begin);
        json.WriteNumberValue(tensor.End);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
