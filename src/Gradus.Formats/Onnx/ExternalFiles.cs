using System.Globalization;

namespace Gradus.Formats;

/// <summary>
/// Files beside a model that hold its tensors' data. A model from outside names them: only regular files below the model's own folder are opened.
/// </summary>
/// <param name="folder">The folder of the model.</param>
internal sealed class ExternalFiles(string folder) : IDisposable
{
    private readonly Dictionary<string, FileStream> _files = [];

    /// <summary>Reads a tensor's data.</summary>
    /// <exception cref="InvalidDataException">The place is outside of the folder, or the data are not there.</exception>
    public Tensor Read(TensorProto tensor, DType dtype, Shape shape)
    {
        var location = Entry(tensor, "location") ?? throw tensor.Fault("data in another file, whose name is missing");
        var offset = Number(tensor, "offset") ?? 0;
        var expected = shape.ElementCount * dtype.Size;
        var length = Number(tensor, "length") ?? expected;
        if (length != expected) throw tensor.Fault($"{length} bytes of data, expected {expected} for {dtype.ShortName}{shape}");
        var stream = Open(tensor, location);
        if (offset > stream.Length - length)
            throw tensor.Fault($"bytes {offset} to {offset + (Int128)length} of {PlainText.Quote(location)}, which has {stream.Length}");
        stream.Position = offset;
        var what = $"{location}: tensor '{PlainText.Quote(tensor.Name)}'";
        return Elements.Read(new StreamPart(stream, length), Elements.Of(dtype), shape, what, keepsHalf: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in _files.Values) file.Dispose();
    }

    private static string? Entry(TensorProto tensor, string key)
    {
        // A word that is given twice has its last value, as fields of the format have.
        foreach (var (name, value) in Enumerable.Reverse(tensor.External))
        {
            if (name == key) return value;
        }

        return null;
    }

    private static long? Number(TensorProto tensor, string key)
    {
        if (Entry(tensor, key) is not { } text) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw tensor.Fault($"data in another file at {key} '{PlainText.Quote(text)}', expected a whole number");
    }

    private FileStream Open(TensorProto tensor, string location)
    {
        if (_files.TryGetValue(location, out var open)) return open;
        var path = PathOf(tensor, location);
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path}: no such file; the model keeps data of tensor '{PlainText.Quote(tensor.Name)}' there.", path);
        var stream = InputFile.Open(path);
        _files.Add(location, stream);
        return stream;
    }

    private string PathOf(TensorProto tensor, string location)
    {
        var parts = location.Split('/');
        if (location.Length == 0 || location.Contains('\0') || location.Contains('\\') || location.Contains(':') || location[0] == '/' ||
            Array.Exists(parts, static part => part is ".." or ""))
        {
            throw tensor.Fault($"data at '{PlainText.Quote(location)}', expected a file in the model's folder, its path with / and without ..");
        }

        var path = folder;
        foreach (var part in parts)
        {
            path = Path.Combine(path, part);
            // A link could lead anywhere.
            if (new FileInfo(path).LinkTarget is not null) throw tensor.Fault($"data at '{PlainText.Quote(location)}', which is a link; expected a file");
        }

        return path;
    }
}
