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
        ("pictures:DIR", DataKind.Pictures), ("cifar10", DataKind.Cifar10), ("cifar100", DataKind.Cifar100), ("npz:FILE", DataKind.Arrays),
    ];

    /// <summary>All names that <see cref="Parse"/> takes, separated by commas, for help texts.</summary>
    public static string KnownNames => string.Join(", ", Names.Select(static entry => entry.Name));

    /// <summary>The name of the kind, without a path: <c>mnist</c>, <c>csv</c>.</summary>
    public string KindName => Name.Split(':')[0];

    /// <summary>The source as <see cref="Parse"/> takes it: <c>mnist</c>, <c>csv:wine.csv</c>.</summary>
    public string Word => Name.Contains(':') ? $"{KindName}:{Path}" : KindName;

    /// <summary>Whether the source comes with a separate test set.</summary>
    public bool HasOwnTest => Kind is DataKind.Mnist or DataKind.FashionMnist or DataKind.Cifar10 or DataKind.Cifar100;

    private string Name => Names.First(entry => entry.Kind == Kind).Name;

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

    private static FormatException Superfluous(string text) =>
        OptionMessage.Format($"data '{PlainText.Quote(text)}': {new OptionHint("directory")} is for mnist, fashion-mnist, cifar10 and cifar100 only.");
}
