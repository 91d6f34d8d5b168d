using Gradus.Data;

namespace Gradus.Training;

/// <summary>How data are read and split; with the source, it says which samples are for what. A model file keeps it.</summary>
public sealed record DataOptions
{
    /// <summary>Which samples are generated, and which go where, follows from this seed. Default 0.</summary>
    public long Seed { get; init; }

    /// <summary>
    /// The share of the samples for validation; null, the default, for a tenth, at most 5,000 of MNIST's training pictures. Of a text it is the end.
    /// </summary>
    public double? Valid { get; init; }

    /// <summary>The share of the samples for the test; null, the default, for a tenth, or the source's own test set. A text has none.</summary>
    public double? Test { get; init; }

    /// <summary>The target column of a table: its name, else its number from 0; null, the default, for the last.</summary>
    public string? Target { get; init; }

    /// <summary>What is learnt from a table. Default: decided from the target.</summary>
    public TaskKind Task { get; init; } = TaskKind.Auto;

    /// <summary>Whether a table's first row names its columns. Default: decided from the content.</summary>
    public HeaderKind Header { get; init; } = HeaderKind.Auto;

    /// <summary>Columns of a table to leave out, by name or number. Default: none.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>What columns of a table hold, by name or number, where it is not to be decided from their content. Default: none.</summary>
    public IReadOnlyDictionary<string, ColumnKind> Kinds { get; init; } = new Dictionary<string, ColumnKind>();

    /// <summary>What stands before the decimals of a table's numbers. Default: decided from the content.</summary>
    public DecimalMark Decimal { get; init; } = DecimalMark.Auto;

    /// <summary>The order of day, month and year in a table's dates. Default: decided from the content.</summary>
    public DateOrder Dates { get; init; } = DateOrder.Auto;

    /// <summary>What separates a table's cells. Default: null, found out from the first lines.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The most different texts that one input column of a table may have. Default: null, 100.</summary>
    public int? MaxCategories { get; init; }

    /// <summary>Characters in a window of text. Default 64.</summary>
    public int Context { get; init; } = 64;

    /// <summary>What happens to a table's missing cells. Default: they are filled.</summary>
    public MissingValues Missing { get; init; } = MissingValues.Fill;

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(DataOptions), PrintMembers);
}

/// <summary>Data that were read.</summary>
/// <param name="Split">To train on, to choose by, to report on.</param>
/// <param name="Table">How a table's rows became numbers; null for other sources.</param>
/// <param name="Report">What was dropped and filled of a table; null for other sources.</param>
public sealed record LoadedData(DataSplit Split, TablePreprocessing? Table = null, TableReport? Report = null)
{
    /// <summary>Reads or generates data to learn from.</summary>
    /// <exception cref="IOException">A file or folder is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or does not suit the options.</exception>
    /// <exception cref="FormatException">An option does not apply to the source.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option's value is out of range, or the shares leave nothing to train on.</exception>
    public static LoadedData Load(DataSource source, DataOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        CheckOptions(source, options);
        var seed = (ulong)options.Seed;
        double valid = options.Valid ?? 0.1, test = options.Test ?? 0.1;
        switch (source.Kind)
        {
            case DataKind.Csv:
                var table = CsvTable.Load(source.Path!, new TableOptions
                {
                    Target = options.Target,
                    Task = options.Task,
                    Header = options.Header,
                    Missing = options.Missing,
                    Ignore = options.Ignore,
                    Kinds = options.Kinds,
                    Decimal = options.Decimal,
                    Dates = options.Dates,
                    Delimiter = options.Delimiter,
                    MaxCategories = options.MaxCategories ?? new TableOptions().MaxCategories,
                    Valid = valid,
                    Test = test,
                    Seed = seed,
                });
                return new LoadedData(table.Data, table.Preprocessing, table.Report);
            case DataKind.Mnist or DataKind.FashionMnist:
                return new LoadedData(Mnist.Load(source.Path!, new MnistOptions
                {
                    Variant = source.Kind == DataKind.Mnist ? MnistVariant.Digits : MnistVariant.Fashion,
                    ValidationShare = options.Valid,
                    Seed = seed,
                }));
            case DataKind.Text:
                return new LoadedData(TextFile.Load(source.Path!, new TextOptions { Context = options.Context, Valid = valid }));
            case DataKind.Digits:
                return new LoadedData(GenerateDigits(options, seed));
            default:
                return new LoadedData(GeneratePoints(source.Kind, new PointOptions { Seed = seed, Valid = valid, Test = test }));
        }
    }

    private static DataSplit GeneratePoints(DataKind kind, PointOptions options)
    {
        try
        {
            return kind switch
            {
                DataKind.Spirals => Points.Spirals(options),
                DataKind.Moons => Points.Moons(options),
                DataKind.Circles => Points.Circles(options),
                _ => Points.Xor(options),
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            // Each share is right by itself; rounded to whole points they take all there are.
            throw NothingLeft();
        }
    }

    // 10,000 pictures to train on and to choose by, 2,000 more to report on, unless shares are given.
    private static DataSplit GenerateDigits(DataOptions options, ulong seed)
    {
        var test = options.Test is { } testShare ? (int)Math.Round(testShare * 12_000) : 2000;
        var valid = (int)Math.Round((options.Valid ?? 0.1) * (options.Test is null ? 10_000 : 12_000));
        var train = (options.Test is null ? 10_000 : 12_000 - test) - valid;
        return train > 0 ? Digits.Generate(new DigitOptions { Train = train, Valid = valid, Test = test, Seed = seed }) : throw NothingLeft();
    }

    private static void CheckOptions(DataSource source, DataOptions options)
    {
        OptionHint valid = new(nameof(options.Valid)), test = new(nameof(options.Test));
        string[] ofTable = [.. OfTable(options)];
        if (source.Kind != DataKind.Csv && ofTable.Length > 0)
        {
            var hints = ofTable.Select(static OptionMessage (name) => $"{new OptionHint(name)}");
            throw OptionMessage.Format(
                $"data '{source.KindName}': {OptionMessage.Join(", ", hints)} {(ofTable.Length == 1 ? "is" : "are")} for csv:FILE only.");
        }

        if (source.Kind == DataKind.Text && options.Test is not null)
        {
            throw OptionMessage.Format($"data 'text': the end of it is for validation, and nothing for a test; {test} does not apply.");
        }

        if (source.HasOwnTest && options.Test is not null)
        {
            throw OptionMessage.Format($"data '{source.KindName}' has a test set of its own; {test} does not apply.");
        }

        foreach (var (hint, share) in new[] { (valid, options.Valid), (test, options.Test) })
        {
            if (share is { } value && !(value is >= 0 and < 1)) throw OutOfRange(hint.Name, $"{hint} {value}: expected a share from 0 to below 1.");
        }

        if ((options.Valid ?? 0.1) + (source.HasOwnTest || source.Kind == DataKind.Text ? 0 : options.Test ?? 0.1) >= 1) throw NothingLeft();
    }

    /// <summary>The options that are set, of those that are for tables only.</summary>
    private static IEnumerable<string> OfTable(DataOptions options)
    {
        if (options.Target is not null) yield return nameof(options.Target);
        if (options.Task != TaskKind.Auto) yield return nameof(options.Task);
        if (options.Header != HeaderKind.Auto) yield return nameof(options.Header);
        if (options.Missing != MissingValues.Fill) yield return nameof(options.Missing);
        if (options.Ignore.Count > 0) yield return nameof(options.Ignore);
        if (options.Kinds.Count > 0) yield return nameof(options.Kinds);
        if (options.Decimal != DecimalMark.Auto) yield return nameof(options.Decimal);
        if (options.Dates != DateOrder.Auto) yield return nameof(options.Dates);
        if (options.Delimiter is not null) yield return nameof(options.Delimiter);
        if (options.MaxCategories is not null) yield return nameof(options.MaxCategories);
    }

    private static ArgumentOutOfRangeException NothingLeft()
    {
        OptionHint valid = new(nameof(DataOptions.Valid)), test = new(nameof(DataOptions.Test));
        return OutOfRange(valid.Name, $"{valid} and {test} leave nothing to train on; together they must be below 1.");
    }

    private static ArgumentOutOfRangeException OutOfRange(string option, OptionMessage message) =>
        message.In(text => new ArgumentOutOfRangeException(option, text));
}
