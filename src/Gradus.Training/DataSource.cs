namespace Gradus.Training;

/// <summary>Where data come from.</summary>
public enum DataKind
{
    /// <summary>Generated handwritten-looking digits.</summary>
    Digits,

    /// <summary>Generated points on spiral arms.</summary>
    Spirals,

    /// <summary>Generated points on two half circles.</summary>
    Moons,

    /// <summary>Generated points on two circles.</summary>
    Circles,

    /// <summary>Generated points in the quarters of a square.</summary>
    Xor,

    /// <summary>MNIST, from IDX files.</summary>
    Mnist,

    /// <summary>Fashion-MNIST, from IDX files.</summary>
    FashionMnist,

    /// <summary>A table, from a CSV file.</summary>
    Csv,

    /// <summary>Characters, from a text file.</summary>
    Text,
}

/// <summary>Data as one names them: <c>digits</c>, <c>mnist</c>, <c>csv:FILE</c>, <c>text:FILE</c>.</summary>
/// <param name="Kind">Where they come from.</param>
/// <param name="Path">The file of a table or a text, or the folder of the IDX files; null for generated data.</param>
public sealed record DataSource(DataKind Kind, string? Path)
{
    private const string OfFile = ":FILE";

    private static readonly (string Name, DataKind Kind)[] Names =
    [
        ("digits", DataKind.Digits), ("spirals", DataKind.Spirals), ("moons", DataKind.Moons), ("circles", DataKind.Circles), ("xor", DataKind.Xor),
        ("mnist", DataKind.Mnist), ("fashion-mnist", DataKind.FashionMnist), ("csv:FILE", DataKind.Csv), ("text:FILE", DataKind.Text),
    ];

    /// <summary>The names that <see cref="Parse"/> knows, for help texts.</summary>
    public static string KnownNames => string.Join(", ", Names.Select(static entry => entry.Name));

    /// <summary>The name of the kind: <c>mnist</c>, <c>csv</c>. It tells no path.</summary>
    public string KindName => Names.First(entry => entry.Kind == Kind).Name.Replace(OfFile, "", StringComparison.Ordinal);

    /// <summary>The word that names the data: <c>mnist</c>, <c>csv:wine.csv</c>.</summary>
    public string Word => Kind is DataKind.Csv or DataKind.Text ? $"{KindName}:{Path}" : KindName;

    /// <summary>Whether the source has a test set of its own.</summary>
    public bool HasOwnTest => Kind is DataKind.Mnist or DataKind.FashionMnist;

    /// <summary>Reads a name.</summary>
    /// <param name="text">The name.</param>
    /// <param name="directory">The folder of the IDX files, for those data that need one.</param>
    /// <exception cref="FormatException">There are no such data, or the folder is missing or superfluous; the message says what would do.</exception>
    public static DataSource Parse(string text, string? directory)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var (name, kind) in Names)
        {
            if (name.EndsWith(OfFile, StringComparison.Ordinal) && text.StartsWith(name[..^4], StringComparison.Ordinal))
            {
                var path = text[(name.Length - 4)..];
                if (path.Length == 0) throw new FormatException($"data '{PlainText.Quote(text)}': the file is missing; expected {name}.");
                return directory is null ? new DataSource(kind, path) : throw Superfluous(text);
            }

            if (name != text) continue;
            var source = new DataSource(kind, directory);
            if (source.HasOwnTest && directory is null)
            {
                throw OptionMessage.Format($"data '{PlainText.Quote(text)}': say where its IDX files are with {new OptionHint(nameof(directory))}.");
            }

            return source.HasOwnTest || directory is null ? source : throw Superfluous(text);
        }

        throw new FormatException($"data '{PlainText.Quote(text)}' is not known. There are: {KnownNames}.");
    }

    private static FormatException Superfluous(string text) =>
        OptionMessage.Format($"data '{PlainText.Quote(text)}': {new OptionHint("directory")} is for mnist and fashion-mnist only.");
}
