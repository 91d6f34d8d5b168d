using Gradus.Data;

namespace Gradus.Training;

/// <summary>The kind of a data source.</summary>
public enum DataKind
{
    /// <summary>Generated pictures of digits, of the shape of MNIST.</summary>
    Digits,

    /// <summary>Generated points on spiral arms.</summary>
    Spirals,

    /// <summary>Generated points on two half circles.</summary>
    Moons,

    /// <summary>Generated points on two circles.</summary>
    Circles,

    /// <summary>Generated points in the quarters of a square, labeled as exclusive or.</summary>
    Xor,

    /// <summary>MNIST, from IDX files.</summary>
    Mnist,

    /// <summary>Fashion-MNIST, from IDX files.</summary>
    FashionMnist,

    /// <summary>A table, from a CSV file.</summary>
    Csv,

    /// <summary>Characters, from a text file.</summary>
    Text,

    /// <summary>A table, from a file of JSON lines: an object a line.</summary>
    JsonLines,

    /// <summary>A table, from a Parquet file.</summary>
    Parquet,

    /// <summary>A table, the result of a query of a SQLite database.</summary>
    Sqlite,

    /// <summary>Pictures, from a folder.</summary>
    Pictures,

    /// <summary>CIFAR-10, from binary files.</summary>
    Cifar10,

    /// <summary>CIFAR-100, from binary files.</summary>
    Cifar100,

    /// <summary>Arrays, from an .npz, .npy or safetensors file.</summary>
    Arrays,
}

/// <summary>A data source, written as <c>digits</c>, <c>mnist</c>, <c>csv:FILE</c> or <c>text:FILE</c>.</summary>
/// <param name="Kind">The kind of the source.</param>
/// <param name="Path">The file or folder of the data; null for generated data.</param>
public sealed record DataSource(DataKind Kind, string? Path)
{
    private static readonly (string Name, DataKind Kind)[] Names =
    [
        ("digits", DataKind.Digits), ("spirals", DataKind.Spirals), ("moons", DataKind.Moons), ("circles", DataKind.Circles), ("xor", DataKind.Xor),
        ("mnist", DataKind.Mnist), ("fashion-mnist", DataKind.FashionMnist), ("csv:FILE", DataKind.Csv), ("text:FILE", DataKind.Text),
        ("jsonl:FILE", DataKind.JsonLines), ("parquet:FILE", DataKind.Parquet), ("sqlite:FILE", DataKind.Sqlite),
        ("pictures:DIR", DataKind.Pictures), ("cifar10", DataKind.Cifar10), ("cifar100", DataKind.Cifar100), ("npz:FILE", DataKind.Arrays),
    ];

    /// <summary>All names that <see cref="Parse"/> takes, separated by commas, for help texts.</summary>
    public static string KnownNames => string.Join(", ", Names.Select(static entry => entry.Name));

    /// <summary>The names of the tables among them.</summary>
    internal static string KnownTables =>
        string.Join(", ", Names.Where(static entry => new DataSource(entry.Kind, null).IsTable).Select(static entry => entry.Name));

    /// <summary>The name of the kind, without a path: <c>mnist</c>, <c>csv</c>.</summary>
    public string KindName => Name.Split(':')[0];

    /// <summary>The source as <see cref="Parse"/> takes it: <c>mnist</c>, <c>csv:wine.csv</c>.</summary>
    public string Word => Name.Contains(':') ? $"{KindName}:{Path}" : KindName;

    /// <summary>Whether the source comes with a separate test set.</summary>
    public bool HasOwnTest => Kind is DataKind.Mnist or DataKind.FashionMnist or DataKind.Cifar10 or DataKind.Cifar100;

    private string Name => Names.First(entry => entry.Kind == Kind).Name;

    /// <summary>Whether the source is a table: <c>csv:</c>, <c>jsonl:</c>, <c>parquet:</c> or <c>sqlite:</c>.</summary>
    public bool IsTable => Kind is DataKind.Csv or DataKind.JsonLines or DataKind.Parquet or DataKind.Sqlite;

    /// <summary>What a sample is told by: the <c>line</c> of a text file, the <c>row</c> of another table, else the number of a <c>sample</c>.</summary>
    public string RowName => Kind is DataKind.Csv or DataKind.JsonLines ? "line" : IsTable ? "row" : "sample";

    /// <summary>The query of a database. Default: null, all rows of its only table.</summary>
    public string? Query { get; init; }

    /// <summary>
    /// What reads the table of a <see cref="DataKind.Parquet"/> or <see cref="DataKind.Sqlite"/> source, whose packages this assembly does not need:
    /// <c>source with { Reader = source => ParquetTable.Read(source.Path!) }</c>. The command line sets it. Default: null.
    /// </summary>
    public Func<DataSource, Table>? Reader { get; init; }

    /// <summary>Parses the name of a data source.</summary>
    /// <param name="text">One of <see cref="KnownNames"/>.</param>
    /// <param name="directory">The folder of the files of MNIST, Fashion-MNIST, CIFAR-10 and CIFAR-100; null for all other sources.</param>
    /// <exception cref="FormatException">The name is unknown, or the folder is missing or not needed. The message lists what is expected.</exception>
    public static DataSource Parse(string text, string? directory)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var (name, kind) in Names)
        {
            if (name.IndexOf(':') + 1 is > 0 and var start && text.StartsWith(name[..start], StringComparison.Ordinal))
            {
                var path = text[start..];
                var what = kind == DataKind.Pictures ? "folder" : "file";
                if (path.Length == 0) throw new FormatException($"data '{PlainText.Quote(text)}': the {what} is missing; expected {name}.");
                return directory is null ? new DataSource(kind, path) : throw Superfluous(text);
            }

            if (name != text) continue;
            var source = new DataSource(kind, directory);
            if (source.HasOwnTest && directory is null)
            {
                var format = source.Kind is DataKind.Mnist or DataKind.FashionMnist ? "IDX" : "binary";
                throw OptionMessage.Format($"data '{PlainText.Quote(text)}': say where its {format} files are with {new OptionHint(nameof(directory))}.");
            }

            return source.HasOwnTest || directory is null ? source : throw Superfluous(text);
        }

        throw new FormatException($"data '{PlainText.Quote(text)}' is not known. There are: {KnownNames}.");
    }

    /// <summary>Reads a table that is no CSV file.</summary>
    /// <exception cref="FormatException">Nothing here reads such a source.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    internal Table ReadTable() =>
        Kind == DataKind.JsonLines ? Table.ReadJsonLines(Path!)
        : Reader?.Invoke(this) ?? throw OptionMessage.Format($"data '{PlainText.Quote(Word)}': say what reads it with {new OptionHint(nameof(Reader))}.");

    private static FormatException Superfluous(string text) =>
        OptionMessage.Format($"data '{PlainText.Quote(text)}': {new OptionHint("directory")} is for mnist, fashion-mnist, cifar10 and cifar100 only.");
}
