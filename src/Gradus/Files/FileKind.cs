using System.Buffers.Binary;
using System.Text;

namespace Gradus;

/// <summary>What a file is by its first bytes, and what to do with one that was given where another kind was expected.</summary>
/// <param name="Name">What it is: <c>a zip archive</c>.</param>
/// <param name="Advice">What to do, as a sentence.</param>
internal sealed record FileKind(string Name, OptionMessage Advice)
{
    /// <summary>As many bytes of the beginning as are looked at.</summary>
    public const int Start = 512;

    private const string ToSafeTensors = "Where it was made, save its tensors with safetensors.torch.save_file(model.state_dict(), \"model.safetensors\").";
    private const string NotOpened = "Its tensors are read by PyTorchFile.Read(path), which runs nothing; gradus convert writes them in another format.";
    private const string ToCsv = "Save the table as CSV where it was made, in UTF-8.";
    private const string FromHdf5 = "Where it was made, save its arrays with numpy.savez or as safetensors, its tables as CSV.";
    private static readonly OptionMessage ToQuery = (OptionMessage)$"Query it: {new OptionHint("Table.Read(command.ExecuteReader())")}.";
    private static readonly OptionMessage ToLines = (OptionMessage)$"One with an object a line is read by {new OptionHint("Table.ReadJsonLines(path)")}.";
    private const string Picture = "Pictures are read from a folder, pictures:DIR, or from the IDX files of mnist and fashion-mnist.";
    private const string Unpack = "Unpack it first.";
    private const string ToGradus = "A model of Gradus is a .safetensors file that `gradus train` wrote.";

    private static readonly (int At, string Mark, FileKind Kind)[] Marks =
    [
        (0, "\x1F\x8B", new("a gzip file", "Unpack it with gunzip first.")),
        (0, "BZh", new("a bzip2 file", Unpack)),
        (0, "\xFD" + "7zXZ\0", new("an xz file", Unpack)),
        (0, "\x28\xB5\x2F\xFD", new("a zstd file", Unpack)),
        (0, "\x04\x22\x4D\x18", new("an lz4 file", Unpack)),
        (0, "7z\xBC\xAF\x27\x1C", new("a 7z archive", Unpack)),
        (0, "Rar!\x1A", new("a rar archive", Unpack)),
        (257, "ustar", new("a tar archive", Unpack)),
        (0, "\x93NUMPY", new("an .npy file of NumPy", "NpyFile.Read opens it.")),
        (0, "\x89HDF\r\n\x1A\n", new("an HDF5 file, as Keras and h5py write", FromHdf5)),
        (0, "\x89PNG\r\n\x1A\n", new("a PNG picture", Picture)),
        (0, "\xFF\xD8\xFF", new("a JPEG picture", Picture)),
        (0, "GIF89a", new("a GIF picture", Picture)),
        (0, "GIF87a", new("a GIF picture", Picture)),
        (8, "WEBP", new("a WebP picture", Picture)),
        (0, "II*\0", new("a TIFF picture", Picture)),
        (0, "MM\0*", new("a TIFF picture", Picture)),
        (8, "WAVE", new("a sound file", "Sounds are not read.")),
        (0, "%PDF-", new("a PDF document", "Save what it holds as text or CSV.")),
        (0, "{\\rtf", new("an RTF document", "Save what it holds as plain text, in UTF-8.")),
        (0, "PAR1", new("a Parquet file", (OptionMessage)$"Read it as {new OptionHint("ParquetTable.Read(path)")}.") { IsParquet = true }),
        (0, "ARROW1", new("an Arrow file", ToCsv)),
        (0, "ORC", new("an ORC file", ToCsv)),
        (0, "Obj\x01", new("an Avro file", ToCsv)),
        (0, "SQLite format 3\0", new("an SQLite database", ToQuery) { IsSqlite = true }),
        (0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", new("an old Excel or Word file", ToCsv)),
        (0, "MATLAB 5.0 MAT-file", new("a MATLAB file", "Save its arrays with scipy.io.loadmat and numpy.savez, its tables as CSV.")),
        (0, "GGUF", new("a GGUF file of llama.cpp", ToGradus)),
        (4, "TFL3", new("a TensorFlow Lite model", ToGradus)),
        (0, "\x7F" + "ELF", new("a program", ToGradus)),
        (0, "version https://git-lfs", new("a pointer of Git LFS, not the file itself", "Fetch the file with git lfs pull.")),
        (0, "<!doctype html", new("a web page", "Download the file itself, not the page that shows it.")),
        (0, "<html", new("a web page", "Download the file itself, not the page that shows it.")),
        (0, "<?xml", new("an XML file", ToCsv)),
    ];

    private FileKind(string name, string advice) : this(name, new OptionMessage(advice))
    {
    }

    /// <summary>Whether it is an archive of the kind that .npz files are.</summary>
    public bool IsZip { get; private init; }

    /// <summary>Whether it is a database of SQLite.</summary>
    public bool IsSqlite { get; private init; }

    /// <summary>Whether it is a Parquet file.</summary>
    public bool IsParquet { get; private init; }

    /// <summary>Whether it is a protobuf message, as ONNX writes.</summary>
    public bool IsProtobuf { get; private init; }

    /// <summary>Whether it is a file of safetensors, and perhaps cut off.</summary>
    public bool IsSafeTensors { get; private init; }

    /// <summary>What a file is that begins with these bytes; null where they tell nothing.</summary>
    /// <param name="start">The first <see cref="Start"/> bytes, or all.</param>
    public static FileKind? Of(ReadOnlySpan<byte> start)
    {
        // Each byte a character, so that marks can be written down as text.
        var text = Encoding.Latin1.GetString(start[..Math.Min(start.Length, Start)]);
        var shown = text.TrimStart('\xEF', '\xBB', '\xBF', ' ', '\t', '\r', '\n');
        var isText = IsText(start);
        foreach (var (at, mark, kind) in Marks)
        {
            // A table may begin with the letters of a mark, such as ORCID.
            if (isText && mark.All(char.IsAsciiLetterOrDigit)) continue;
            var (place, comparison) = mark[0] == '<' ? (shown, StringComparison.OrdinalIgnoreCase) : (text, StringComparison.Ordinal);
            if (place.Length >= at + mark.Length && place.AsSpan(at, mark.Length).Equals(mark, comparison)) return kind;
        }

        if (text.StartsWith("PK\x03\x04", StringComparison.Ordinal) || text.StartsWith("PK\x05\x06", StringComparison.Ordinal))
            return OfZip(text) with { IsZip = true };
        if (IsPickle(start)) return new FileKind("a pickle of Python, as torch.save and joblib write", NotOpened);
        if (BeginsProtobuf(start))
        {
            var advice = (OptionMessage)$"One of ONNX is opened by {new OptionHint("OnnxModel.Load(path)")}.";
            return new FileKind("a protobuf message, as ONNX and TensorFlow write", advice) { IsProtobuf = true };
        }

        if (BeginsSafeTensors(start)) return new FileKind("a safetensors file", "It holds tensors: `gradus inspect` lists them.") { IsSafeTensors = true };
        if (start is [0, 0, >= 8 and <= 14, >= 1 and <= 8, ..])
            return new FileKind("an IDX file, the format of MNIST", (OptionMessage)$"Name its folder: {new OptionHint("Mnist.Load(directory)")}.");
        return shown is ['{', ..] or ['[', ..] && IsJson(shown) ? new FileKind("a JSON file", ToLines) : null;
    }

    /// <summary>What the rest of a stream is that can seek, which is left where it stands.</summary>
    public static FileKind? Of(Stream stream)
    {
        var position = stream.Position;
        var kind = Of([], stream);
        stream.Position = position;
        return kind;
    }

    /// <summary>What a stream is of which so many bytes have been read, and more are now.</summary>
    public static FileKind? Of(ReadOnlySpan<byte> read, Stream rest)
    {
        Span<byte> start = stackalloc byte[Start];
        read.CopyTo(start);
        return Of(start[..(read.Length + rest.ReadAtLeast(start[read.Length..], Start - read.Length, throwOnEndOfStream: false))]);
    }

    /// <summary>
    /// Whether bytes look like text: what tells of a table or a note where numbers were
    /// expected. No text holds control characters, nor 255 (UTF-8 has no such byte).
    /// </summary>
    public static bool IsText(ReadOnlySpan<byte> start) =>
        start.Length > 0 && !start.ContainsAnyInRange<byte>(0, 8) && !start.ContainsAnyInRange<byte>(14, 31) && !start.Contains<byte>(255);

    /// <summary><c>this is a zip archive, no safetensors file. Unpack it first.</c></summary>
    public OptionMessage Instead(string expected) => $"this is {Name}, no {expected}. {Advice}";

    private static FileKind OfZip(string text)
    {
        bool HasAny(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                if (text.Contains(name, StringComparison.Ordinal)) return true;
            }

            return false;
        }

        if (HasAny("data.pkl", ".data/")) return new FileKind("a zip archive with a pickle, as torch.save writes", NotOpened);
        if (HasAny(".npy")) return new FileKind("an .npz file of NumPy", "NpzFile.Read opens it.");
        if (HasAny("[Content_Types].xml", "xl/", "mimetypeapplication/vnd.oasis"))
            return new FileKind("a workbook or document, as Excel and LibreOffice write", ToCsv);
        return HasAny(".keras", "model.weights.h5", "metadata.json")
            ? new FileKind("a zip archive, as Keras writes", "Save its weights as safetensors or with numpy.savez.")
            : new FileKind("a zip archive", Unpack);
    }

    // Protocols 2 to 5 begin with their number; what follows is a frame, a collection, a text, an object or a number.
    private static bool IsPickle(ReadOnlySpan<byte> start) =>
        start is [0x80, >= 2 and <= 5, var next, ..] && "\u0095}](cXKMG)J\u008A\u008C".Contains((char)next);

    // ONNX: the version of its format, then a text or message; TensorFlow: a version, then a message, or messages from the first byte on.
    private static bool BeginsProtobuf(ReadOnlySpan<byte> start) =>
        start is [0x08, >= 1 and <= 40, 0x12 or 0x1A or 0x22 or 0x3A or 0x42, ..] or [0x0A, >= 1, 0x0A, ..] && !IsText(start);

    private static bool BeginsSafeTensors(ReadOnlySpan<byte> start) =>
        start.Length >= 10 && start[8] == '{' && start[9] is (byte)'"' or (byte)'}' && BinaryPrimitives.ReadUInt64LittleEndian(start) <= 1 << 27;

    // An object, or a list of objects or of lists: what no table begins with.
    private static bool IsJson(string text)
    {
        var inside = text[1..].TrimStart(' ', '\t', '\r', '\n');
        return text[0] == '{' ? inside is ['"', ..] or ['}', ..] : inside is ['{', ..] or ['[', ..];
    }
}
