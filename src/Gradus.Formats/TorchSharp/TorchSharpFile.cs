namespace Gradus.Formats;

/// <summary>Reads and writes the .dat files of TorchSharp: what <c>module.save(path)</c> writes and <c>module.load(path)</c> reads.</summary>
/// <remarks>Unsigned bytes and integers of 8 and 16 bits become i32; a single tensor, as <c>Tensor.save</c> writes it, is called <c>tensor</c>.</remarks>
public static class TorchSharpFile
{
    /// <summary>Reads all tensors.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or holds something else; the message says where.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(string path)
    {
        using var stream = InputFile.Open(path);
        return Read(stream, path);
    }

    /// <summary>Reads all tensors from a stream that can seek, from its beginning to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What error messages call it.</param>
    /// <inheritdoc cref="Read(string)"/>
    public static IReadOnlyDictionary<string, Tensor> Read(Stream stream, string name = "stream")
    {
        ArgumentNullException.ThrowIfNull(stream);
        var tensors = new OrderedDictionary<string, Tensor>();
        foreach (var entry in new TorchSharpReader(stream, name).Read())
        {
            stream.Position = entry.Start;
            tensors.Add(entry.Name, Elements.Read(stream, entry.Type, entry.Shape, $"{name}: tensor '{PlainText.Quote(entry.Name)}'", keepsHalf: true));
        }

        return tensors;
    }

    /// <summary>Reads names, types and shapes, not the numbers.</summary>
    /// <inheritdoc cref="Read(string)"/>
    public static TensorFileSummary Inspect(string path)
    {
        using var stream = InputFile.Open(path);
        return new TensorFileSummary(
            [.. new TorchSharpReader(stream, path).Read().Select(static entry =>
                new TensorSummary(entry.Name, entry.Word, [.. entry.Shape.Select(static size => (long)size)], entry.Bytes))],
            new Dictionary<string, object?>(), []);
    }

    /// <summary>Writes tensors by name, in their order. Equal inputs give equal bytes. The file is there whole or not at all.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="tensors">The tensors.</param>
    /// <exception cref="GradusException">A name cannot be written.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        AtomicFile.Write(path, stream => Write(stream, tensors));
    }

    /// <summary>Writes tensors by name to a stream.</summary>
    /// <inheritdoc cref="Write(string, IReadOnlyDictionary{string, Tensor})"/>
    public static void Write(Stream stream, IReadOnlyDictionary<string, Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        foreach (var name in tensors.Keys) StrictUtf8.CountBytes("dat", name);
        // The small numbers between the tensors are gathered: a stream to a file has no buffer.
        var header = new MemoryStream();
        Leb128.Write(header, tensors.Count);
        foreach (var (name, tensor) in tensors)
        {
            var bytes = StrictUtf8.Encoding.GetBytes(name);
            Leb128.Write(header, bytes.Length);
            header.Write(bytes);
            Leb128.Write(header, TorchSharpTypes.CodeOf(tensor.DType));
            Leb128.Write(header, tensor.Rank);
            foreach (var size in tensor.Shape) Leb128.Write(header, size);
            header.WriteTo(stream);
            header.SetLength(0);
            Elements.Write(stream, tensor);
        }

        header.WriteTo(stream);
    }
}
