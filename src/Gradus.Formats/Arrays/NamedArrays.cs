namespace Gradus.Formats;

/// <summary>
/// The arrays of a file by name, of which some are read: of .npz, .npy (one array, without a name) and safetensors, told apart by their first bytes.
/// What is read takes 64 MB and ten times the file at most, so that a small archive cannot fill the memory.
/// </summary>
internal abstract class NamedArrays : IDisposable
{
    private const long AlwaysAllowed = 1 << 26;

    private const int LargerThanFile = 10;

    private protected NamedArrays(FileStream stream, string file) => (Stream, File) = (stream, file);

    /// <summary>The names of the arrays, in the order of the file.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    private protected FileStream Stream { get; }

    private protected string File { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or of another kind.</exception>
    public static NamedArrays Open(string path)
    {
        var stream = InputFile.Open(path);
        try
        {
            Span<byte> start = stackalloc byte[4];
            start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
            stream.Position = 0;
            if (start.StartsWith("PK"u8)) return new NpzArrays(stream, path);
            return start is [0x93, (byte)'N', (byte)'U', (byte)'M'] ? new NpyArrays(stream, path) : new SafeTensorsArrays(stream, path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads an array.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="InvalidDataException">The array is damaged, or of a type that a tensor cannot hold.</exception>
    public abstract NamedArray Read(string name);

    /// <inheritdoc/>
    public void Dispose() => Stream.Dispose();

    /// <summary>What error messages call an array.</summary>
    private protected string NameOf(string array) => array.Length == 0 ? File : $"{File}: array '{PlainText.Quote(array)}'";

    /// <summary>Reads bytes as they are and other elements by a function.</summary>
    private protected NamedArray Read(Stream data, ElementType type, Shape shape, bool areBytes, string what, Func<Tensor> readNumbers)
    {
        // Numbers are held as a tensor, and then as float32.
        var needed = (Int128)shape.ElementCount * (areBytes ? 1 : sizeof(float) + Math.Max(sizeof(float), Elements.SizeOf(type)));
        var allowed = AlwaysAllowed + (LargerThanFile * Stream.Length);
        if (needed > allowed)
        {
            throw new InvalidDataException(
                $"{what}: its numbers {shape} take {needed >> 20} MB; {allowed >> 20} MB are allowed for a file of {Stream.Length} bytes. " +
                "If that is right, save it uncompressed.");
        }

        if (!areBytes) return new NamedArray(type, shape, null, readNumbers());
        if (shape.ElementCount > Array.MaxLength) throw new InvalidDataException($"{what}: {shape.ElementCount} bytes; at most {Array.MaxLength} are read.");
        var bytes = new byte[(int)shape.ElementCount];
        return data.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length
            ? new NamedArray(type, shape, bytes, null)
            : throw new InvalidDataException($"{what}: the data end before its {bytes.Length} elements were read.");
    }

    private protected NamedArray ReadNpy(Stream data, long length, string what)
    {
        var header = NpyHeader.Read(data, length, what);
        var areBytes = header is { Type: ElementType.UInt8, IsFortran: false };
        return Read(data, header.Type, header.Shape, areBytes, what, () => NpyFile.ReadNumbers(data, header, what));
    }
}
