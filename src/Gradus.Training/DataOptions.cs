using Gradus.Data;
using Gradus.Text;

namespace Gradus.Training;

/// <summary>How a dataset is read or generated, and how it is split into training, validation and test set.</summary>
public sealed record DataOptions
{
    /// <summary>The seed of generated samples and of the split. Default: 0.</summary>
    public long Seed { get; init; }

    /// <summary>
    /// The fraction of the samples for validation, from 0 to below 1. For text it is the last part; for MNIST a fraction of the training pictures.
    /// Default: null, which means 0.1, for MNIST at most 5,000 pictures.
    /// </summary>
    public double? ValidationShare { get; init; }

    /// <summary>
    /// The fraction of the samples for the test, from 0 to below 1. It must be null for MNIST, which has its own test set, and for text, which has
    /// none. Default: null, which means 0.1.
    /// </summary>
    public double? TestShare { get; init; }

    /// <inheritdoc cref="TableOptions.Fold"/>
    public TableFold? Fold { get; init; }

    /// <summary>The target column of a table: its name, or its number from 0. Default: null, the last column.</summary>
    public string? Target { get; init; }

    /// <summary>Whether a table is for classification or regression. Default: decided from the target column.</summary>
    public TaskKind Task { get; init; } = TaskKind.Auto;

    /// <inheritdoc cref="TableOptions.TargetTransform"/>
    public TargetTransform TargetTransform { get; init; }

    /// <summary>Whether the first row of a table is a header. Default: decided from the content.</summary>
    public HeaderKind Header { get; init; } = HeaderKind.Auto;

    /// <summary>Columns of a table to leave out, each by its name or its number from 0. Default: none.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>
    /// The kinds of some columns of a table, by name or number. The kinds of the others are decided from their content. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, ColumnKind> Kinds { get; init; } = new Dictionary<string, ColumnKind>();

    /// <inheritdoc cref="TableOptions.Orders"/>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Orders { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The decimal mark of the numbers of a table. Default: decided from the content.</summary>
    public DecimalMark Decimal { get; init; } = DecimalMark.Auto;

    /// <summary>The order of day, month and year in the dates of a table. Default: decided from the content.</summary>
    public DateOrder Dates { get; init; } = DateOrder.Auto;

    /// <summary>The character between the cells of a table. Default: null, decided from the first rows.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The maximal number of categories of an input column of a table. Default: null, which means 100.</summary>
    public int? MaxCategories { get; init; }

    /// <summary>Whether to look over a table for what is doubtful: <see cref="LoadedData.Audit"/>. Default: false.</summary>
    public bool Audit { get; init; }

    /// <summary>For a time series in a table, the number of rows that are the input of a forecast. Default: null, each row is a sample.</summary>
    public int? Window { get; init; }

    /// <summary>How many rows after a window the forecast is for. Default: null, which means 1.</summary>
    public int? Horizon { get; init; }

    /// <summary>The column of sentences of a table, whose words are the input: its name, or its number from 0. Default: null, there is none.</summary>
    public string? Text { get; init; }

    /// <summary>The maximal number of words of sentences that are known. Default: null, which means 10,000.</summary>
    public int? MaxWords { get; init; }

    /// <summary>
    /// The number of words of a sentence; longer ones are cut. Default: null, as many as 99 of 100 training sentences have at most, but no more than 256.
    /// </summary>
    public int? Length { get; init; }

    /// <summary>The context of a language model: the number of tokens in a window of text. Default: 64.</summary>
    public int Context { get; init; } = 64;

    /// <summary>What makes tokens of a text. Default: null, its characters are the tokens.</summary>
    public Tokenizer? Tokenizer { get; init; }

    /// <summary>
    /// Learns a byte-level BPE tokenizer of so many tokens from the training part of a text, as <see cref="BytePairTraining"/> does. Default: null.
    /// </summary>
    public int? VocabularySize { get; init; }

    /// <summary>The size that the pictures of a folder are brought to. Default: null, which means 32 × 32.</summary>
    public PictureSize? PictureSize { get; init; }

    /// <summary>1 for gray pictures of a folder, 3 for red, green and blue. Default: null, which means 3.</summary>
    public int? PictureChannels { get; init; }

    /// <summary>How pictures of other proportions are brought to the size. Default: null, their middle is cut out.</summary>
    public PictureResize? PictureResize { get; init; }

    /// <inheritdoc cref="PictureOptions.MaxPixels"/>
    public long? MaxPixels { get; init; }

    /// <summary>Whether the pictures of a folder that cannot be read are left out and counted. Default: false, the first is an error.</summary>
    public bool SkipUnreadable { get; init; }

    /// <summary>How the missing cells of a table are treated. Default: they are filled.</summary>
    public MissingValues Missing { get; init; } = MissingValues.Fill;

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(DataOptions), PrintMembers);
}

/// <summary>A dataset that was loaded, in its three parts.</summary>
/// <param name="Split">Training, validation and test set.</param>
/// <param name="Table">How the rows of a table became numbers; null for other sources.</param>
/// <param name="Report">What was dropped, filled and noticed in a table; null for other sources.</param>
public sealed record LoadedData(DataSplit Split, TablePreprocessing? Table = null, TableReport? Report = null)
{
    /// <summary>What is doubtful about a table; null where <see cref="DataOptions.Audit"/> does not ask for it.</summary>
    public TableAudit? Audit { get; init; }

    /// <summary>What made tokens of a text; null where they are characters, and for other sources.</summary>
    public Tokenizer? Tokenizer { get; init; }

    /// <summary>What was left out of a folder of pictures; null for other sources.</summary>
    public PictureReport? Pictures { get; init; }

    /// <summary>Reads or generates a dataset and splits it.</summary>
    /// <param name="source">Where the data come from.</param>
    /// <param name="options">How they are read and split.</param>
    /// <param name="progress">Is told how many pictures of a folder have been decoded. Default: null.</param>
    /// <exception cref="IOException">A file or folder is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or does not fit the options.</exception>
    /// <exception cref="FormatException">An option does not apply to the source.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option's value is out of range, or the shares leave nothing to train on.</exception>
    public static LoadedData Load(DataSource source, DataOptions options, IProgress<PictureProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        CheckOptions(source, options);
        var seed = (ulong)options.Seed;
        double valid = options.ValidationShare ?? 0.1, test = options.TestShare ?? 0.1;
        switch (source.Kind)
        {
            case DataKind.Csv or DataKind.JsonLines or DataKind.Parquet or DataKind.Sqlite:
                var tableOptions = TableOptionsOf(options);
                var table = source.Kind == DataKind.Csv ? CsvTable.Load(source.Path!, tableOptions) : source.ReadTable().Split(tableOptions);
                return new LoadedData(table.Data, table.Preprocessing, table.Report) { Audit = table.Audit };
            case DataKind.Mnist or DataKind.FashionMnist:
                return new LoadedData(Mnist.Load(source.Path!, new MnistOptions
                {
                    Variant = source.Kind == DataKind.Mnist ? MnistVariant.Digits : MnistVariant.Fashion,
                    ValidationShare = options.ValidationShare,
                    Seed = seed,
                }));
            case DataKind.Text:
                return LoadText(source.Path!, options, new TextOptions { Context = options.Context, ValidationShare = valid });
            case DataKind.Pictures:
                var (pictures, left) = PictureFolder.Load(source.Path!, PicturesOf(options) with
                {
                    ValidationShare = valid,
                    TestShare = test,
                    Seed = seed,
                    Progress = progress,
                });
                return new LoadedData(pictures) { Pictures = left };
            case DataKind.Cifar10 or DataKind.Cifar100:
                return new LoadedData(Cifar.Load(source.Path!, new CifarOptions
                {
                    Variant = source.Kind == DataKind.Cifar10 ? CifarVariant.Ten : CifarVariant.Hundred,
                    ValidationShare = options.ValidationShare,
                    Seed = seed,
                }));
            case DataKind.Arrays:
                return new LoadedData(ArrayFile.LoadSplit(source.Path!, new ArrayOptions { ValidationShare = valid, TestShare = test, Seed = seed }));
            case DataKind.Digits:
                return new LoadedData(GenerateDigits(options, seed));
            default:
                return new LoadedData(GeneratePoints(source.Kind, new PointOptions { Seed = seed, ValidationShare = valid, TestShare = test }));
        }
    }

    private static LoadedData LoadText(string path, DataOptions options, TextOptions text)
    {
        if (options.VocabularySize is { } size)
        {
            var (learned, data) = TokenizedText.Learn(path, size, text);
            return new LoadedData(data) { Tokenizer = learned };
        }

        return options.Tokenizer is { } tokenizer
            ? new LoadedData(TokenizedText.Load(path, tokenizer, text)) { Tokenizer = tokenizer }
            : new LoadedData(TextFile.Load(path, text));
    }

    private static TableOptions TableOptionsOf(DataOptions options) => new()
    {
        Target = options.Target,
        Task = options.Task,
        TargetTransform = options.TargetTransform,
        Header = options.Header,
        Missing = options.Missing,
        Ignore = options.Ignore,
        Kinds = options.Kinds,
        Orders = options.Orders,
        Decimal = options.Decimal,
        Dates = options.Dates,
        Delimiter = options.Delimiter,
        MaxCategories = options.MaxCategories ?? new TableOptions().MaxCategories,
        Audit = options.Audit,
        Window = options.Window,
        Horizon = options.Horizon ?? 1,
        Text = options.Text,
        MaxWords = options.MaxWords ?? new TableOptions().MaxWords,
        Length = options.Length,
        ValidationShare = options.ValidationShare ?? 0.1,
        TestShare = options.TestShare ?? 0.1,
        Fold = options.Fold,
        Seed = (ulong)options.Seed,
    };

    private static PictureOptions PicturesOf(DataOptions options) => new()
    {
        Size = options.PictureSize ?? new PictureOptions().Size,
        Channels = options.PictureChannels ?? new PictureOptions().Channels,
        Resize = options.PictureResize ?? new PictureOptions().Resize,
        MaxPixels = options.MaxPixels,
        SkipUnreadable = options.SkipUnreadable,
    };

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
        var test = options.TestShare is { } testShare ? (int)Math.Round(testShare * 12_000) : 2000;
        var valid = (int)Math.Round((options.ValidationShare ?? 0.1) * (options.TestShare is null ? 10_000 : 12_000));
        var train = (options.TestShare is null ? 10_000 : 12_000 - test) - valid;
        if (train <= 0) throw NothingLeft();
        return Digits.Generate(new DigitOptions { TrainCount = train, ValidationCount = valid, TestCount = test, Seed = seed });
    }

    private static void CheckOptions(DataSource source, DataOptions options)
    {
        OptionHint valid = new(nameof(options.ValidationShare)), test = new(nameof(options.TestShare));
        string[] ofOthers = [.. source.Kind == DataKind.Csv ? [] : source.IsTable ? OfCsv(options) : OfTable(options).Concat(OfCsv(options))];
        if (ofOthers.Length > 0)
        {
            var hints = ofOthers.Select(static OptionMessage (name) => $"{new OptionHint(name)}");
            throw OptionMessage.Format($"data '{source.KindName}': {OptionMessage.Join(", ", hints)} {(ofOthers.Length == 1 ? "is" : "are")} for " +
                $"{(source.IsTable ? "csv:FILE" : "tables")} only.");
        }

        if (source.Kind != DataKind.Pictures && OfPictures(options).ToArray() is [var first, ..])
        {
            throw OptionMessage.Format($"data '{source.KindName}': {new OptionHint(first)} is for pictures:DIR only.");
        }

        if (source.Kind != DataKind.Text && OfText(options).ToArray() is [var named, ..])
        {
            throw OptionMessage.Format($"data '{source.KindName}': {new OptionHint(named)} is for text:FILE only.");
        }

        if (OfText(options).Count() > 1)
        {
            throw OptionMessage.Format($"{new OptionHint(nameof(options.Tokenizer))}: a tokenizer is given or learned, not both.");
        }

        if (options.VocabularySize is { } size && size is < BytePairTraining.LeastTokens or > BytePairTraining.MostTokens)
        {
            throw OutOfRange(
                nameof(options.VocabularySize),
                $"{new OptionHint(nameof(options.VocabularySize))}: {size} tokens; expected {BytePairTraining.LeastTokens} to {BytePairTraining.MostTokens}.");
        }

        if (source.Kind == DataKind.Text && options.TestShare is not null)
        {
            throw OptionMessage.Format($"data 'text': its end is the validation set, and it has no test set; {test} does not apply.");
        }

        if (source.HasOwnTest && options.TestShare is not null)
        {
            throw OptionMessage.Format($"data '{source.KindName}' has a test set of its own; {test} does not apply.");
        }

        if (options.Horizon is not null && options.Window is null)
        {
            throw OptionMessage.Format($"{new OptionHint(nameof(options.Horizon))} is for windows of a time series: say how long with " +
                $"{new OptionHint(nameof(options.Window))}.");
        }

        if (options.Text is null && (options.MaxWords is not null || options.Length is not null))
        {
            var name = options.MaxWords is not null ? nameof(options.MaxWords) : nameof(options.Length);
            throw OptionMessage.Format($"{new OptionHint(name)} is for sentences: say in which column they are with {new OptionHint(nameof(options.Text))}.");
        }

        foreach (var (hint, share) in new[] { (valid, options.ValidationShare), (test, options.TestShare) })
        {
            if (share is { } value && !(value is >= 0 and < 1)) throw OutOfRange(hint.Name, $"{hint} {value}: expected a share from 0 to below 1.");
        }

        if ((options.ValidationShare ?? 0.1) + (source.HasOwnTest || source.Kind == DataKind.Text ? 0 : options.TestShare ?? 0.1) >= 1) throw NothingLeft();
    }

    /// <summary>The options for tables that are set.</summary>
    private static IEnumerable<string> OfTable(DataOptions options)
    {
        if (options.Target is not null) yield return nameof(options.Target);
        if (options.Fold is not null) yield return nameof(options.Fold);
        if (options.Task != TaskKind.Auto) yield return nameof(options.Task);
        if (options.TargetTransform != TargetTransform.None) yield return nameof(options.TargetTransform);
        if (options.Missing != MissingValues.Fill) yield return nameof(options.Missing);
        if (options.Ignore.Count > 0) yield return nameof(options.Ignore);
        if (options.Kinds.Count > 0) yield return nameof(options.Kinds);
        if (options.Orders.Count > 0) yield return nameof(options.Orders);
        if (options.Decimal != DecimalMark.Auto) yield return nameof(options.Decimal);
        if (options.Dates != DateOrder.Auto) yield return nameof(options.Dates);
        if (options.MaxCategories is not null) yield return nameof(options.MaxCategories);
        if (options.Audit) yield return nameof(options.Audit);
        if (options.Window is not null) yield return nameof(options.Window);
        if (options.Horizon is not null) yield return nameof(options.Horizon);
        if (options.Text is not null) yield return nameof(options.Text);
        if (options.MaxWords is not null) yield return nameof(options.MaxWords);
        if (options.Length is not null) yield return nameof(options.Length);
    }

    /// <summary>The options for CSV files alone that are set.</summary>
    private static IEnumerable<string> OfCsv(DataOptions options)
    {
        if (options.Header != HeaderKind.Auto) yield return nameof(options.Header);
        if (options.Delimiter is not null) yield return nameof(options.Delimiter);
    }

    /// <summary>The options for the tokens of a text that are set.</summary>
    private static IEnumerable<string> OfText(DataOptions options)
    {
        if (options.Tokenizer is not null) yield return nameof(options.Tokenizer);
        if (options.VocabularySize is not null) yield return nameof(options.VocabularySize);
    }

    /// <summary>The options for folders of pictures that are set.</summary>
    private static IEnumerable<string> OfPictures(DataOptions options)
    {
        if (options.PictureSize is not null) yield return nameof(options.PictureSize);
        if (options.PictureChannels is not null) yield return nameof(options.PictureChannels);
        if (options.PictureResize is not null) yield return nameof(options.PictureResize);
        if (options.MaxPixels is not null) yield return nameof(options.MaxPixels);
        if (options.SkipUnreadable) yield return nameof(options.SkipUnreadable);
    }

    private static ArgumentOutOfRangeException NothingLeft()
    {
        OptionHint valid = new(nameof(DataOptions.ValidationShare)), test = new(nameof(DataOptions.TestShare));
        return OutOfRange(valid.Name, $"{valid} and {test} leave nothing to train on; together they must be below 1.");
    }

    private static ArgumentOutOfRangeException OutOfRange(string option, OptionMessage message) =>
        message.In(text => new ArgumentOutOfRangeException(option, text));
}
