namespace Gradus.Formats;

/// <summary>
/// Reads and writes tensors by name in any of the formats that are known: safetensors, PyTorch's, NumPy's .npz and TorchSharp's .dat; of ONNX's it reads
/// the constants.
/// </summary>
public static class TensorFile
{
    private static readonly IReadOnlyDictionary<string, object?> Nothing = new Dictionary<string, object?>();

    private static readonly TensorFormat SafeTensors = new("safetensors", [".safetensors"], ReadSafeTensors, InspectSafeTensors, WriteSafeTensors);

    private static readonly TensorFormat PyTorch =
        new("PyTorch", [".pt", ".pth", ".th"], PyTorchFile.Read, PyTorchFile.Inspect, static (path, contents) => PyTorchFile.Write(path, contents.Tensors));

    private static readonly TensorFormat Npz =
        new("npz", [".npz"], static path => Plain(NpzFile.ReadAsIs(path)), NpzFile.Inspect, static (path, contents) => NpzFile.Write(path, contents.Tensors));

    private static readonly TensorFormat TorchSharp = new(
        "TorchSharp", [".dat"], static path => Plain(TorchSharpFile.Read(path)), TorchSharpFile.Inspect,
        static (path, contents) => TorchSharpFile.Write(path, contents.Tensors));

    /// <summary>The formats that are known.</summary>
    public static IReadOnlyList<TensorFormat> Formats { get; } = [SafeTensors, PyTorch, Npz, TorchSharp, OnnxTensors.Format];

    /// <summary>Reads all tensors of a file, whose format its first bytes tell.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or of no format that is known; the message says what it is.</exception>
    public static TensorFileContents Read(string path) => FormatOf(path).Read(path);

    /// <summary>Reads what a file says of its tensors, not their numbers.</summary>
    /// <inheritdoc cref="Read"/>
    public static TensorFileSummary Inspect(string path) => FormatOf(path).Inspect(path);

    /// <summary>Writes tensors by name in the format that the file's name tells. The file is there whole or not at all.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="tensors">The tensors.</param>
    /// <exception cref="GradusException">The name tells no format, or the format cannot hold a tensor or a name.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        FormatFor(path).Write(path, new TensorFileContents(tensors, Nothing, []));
    }

    /// <summary>The format of a file that is there, by its first bytes; by its name where they tell nothing.</summary>
    /// <inheritdoc cref="Read"/>
    public static TensorFormat FormatOf(string path)
    {
        using var stream = InputFile.Open(path);
        Span<byte> start = stackalloc byte[2];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        stream.Position = 0;
        if (start.SequenceEqual("PK"u8)) return OfZip(stream, path);
        var kind = FileKind.Of(stream);
        // First: the length that a safetensors file begins with may look like the begin of a pickle.
        if (kind is { IsSafeTensors: true }) return SafeTensors;
        if (start is [0x80, >= 2 and <= 5]) return PyTorch;
        if (Formats.FirstOrDefault(format => format.HasExtension(path)) is { } named) return named;
        if (kind is { IsProtobuf: true }) return OnnxTensors.Format;
        if (kind is not null) throw OptionMessage.InvalidData($"{path}: {kind.Instead("file of tensors")}");
        // Whose reader says what is wrong with a file that nothing is known of.
        return SafeTensors;
    }

    /// <summary>The format of a file that is to be written, by its name.</summary>
    /// <exception cref="GradusException">The name tells none.</exception>
    public static TensorFormat FormatFor(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Formats.FirstOrDefault(format => format.HasExtension(path))
            ?? throw new GradusException($"{path}: its name tells no format; expected one that ends with {Extensions}.");
    }

    private static string Extensions =>
        string.Join(", ", Formats.Where(static format => format != OnnxTensors.Format).SelectMany(static format => format.Extensions));

    private static TensorFormat OfZip(Stream stream, string path)
    {
        var parts = new ZipDirectory(stream, path).Read();
        bool Has(string ending) => parts.Exists(part => part.Name.EndsWith(ending, StringComparison.Ordinal));
        return Has(".pkl") || (!Has(".npy") && PyTorch.HasExtension(path)) ? PyTorch : Npz;
    }

    private static TensorFileContents Plain(IReadOnlyDictionary<string, Tensor> tensors) => new(tensors, Nothing, []);

    private static Dictionary<string, object?> ValuesOf(IReadOnlyDictionary<string, string> metadata) =>
        metadata.ToDictionary(static entry => entry.Key, static entry => (object?)entry.Value, StringComparer.Ordinal);

    private static TensorFileContents ReadSafeTensors(string path)
    {
        using var stream = InputFile.Open(path);
        var (tensors, metadata) = SafeTensorsFile.Read(stream, path, keepsHalf: true);
        return new TensorFileContents(tensors, ValuesOf(metadata), []);
    }

    private static TensorFileSummary InspectSafeTensors(string path)
    {
        var header = SafeTensorsFile.Inspect(path);
        return new TensorFileSummary(
            [.. header.Tensors.Select(static entry => new TensorSummary(entry.Name, entry.DType, entry.Shape, entry.End - entry.Begin))],
            ValuesOf(header.Metadata), []);
    }

    // Only texts can stand beside the tensors of a safetensors file.
    private static void WriteSafeTensors(string path, TensorFileContents contents) => SafeTensorsFile.Write(path, contents.Tensors,
        contents.Values.Where(static entry => entry.Value is string).ToDictionary(static entry => entry.Key, static entry => (string)entry.Value!));
}
