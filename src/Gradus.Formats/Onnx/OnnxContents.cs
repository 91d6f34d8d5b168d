namespace Gradus.Formats;

/// <summary>Files in ONNX's format: opened, so that their tensors can be read; and written.</summary>
internal sealed class OnnxContents : IDisposable
{
    private readonly Stream _stream;

    private OnnxContents(Stream stream, ModelProto model, ExternalFiles? external)
    {
        (_stream, Model, External) = (stream, model, external);
    }

    public ModelProto Model { get; }

    /// <summary>The files beside the model; null for a stream, which has none.</summary>
    public ExternalFiles? External { get; }

    /// <summary>Opens a file and reads all but its tensors' data.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or is no model.</exception>
    public static OnnxContents Open(string path)
    {
        var stream = InputFile.Open(path);
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
            return new OnnxContents(stream, ReadModel(stream, path), new ExternalFiles(folder));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads all but the tensors' data from a stream that can seek.</summary>
    public static OnnxContents Open(Stream stream, string name) => new(stream, ReadModel(stream, name), external: null);

    /// <inheritdoc/>
    public void Dispose()
    {
        External?.Dispose();
        _stream.Dispose();
    }

    private static ModelProto ReadModel(Stream stream, string name)
    {
        if (FileKind.Of(stream) is { IsProtobuf: false } other) throw new InvalidDataException($"{name}: {other.Instead("ONNX model")}");
        RequireBytes(stream, name);
        return ModelProto.Read(new WireSource(stream, name));
    }

    /// <exception cref="InvalidDataException">The file is empty or a text, which no model is.</exception>
    private static void RequireBytes(Stream stream, string name)
    {
        var position = stream.Position;
        Span<byte> start = stackalloc byte[FileKind.Start];
        var count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = position;
        if (count == 0) throw new InvalidDataException($"{name}: the file is empty, expected an ONNX model.");
        if (FileKind.IsText(start[..count])) throw new InvalidDataException($"{name}: this is a text, no ONNX model.");
    }
}
