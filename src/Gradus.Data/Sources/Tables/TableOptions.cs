namespace Gradus.Data;

/// <summary>Whether the first row of a file is a header.</summary>
public enum HeaderKind
{
    /// <summary>
    /// Decided from the content. The first row is a header if it has a text above numbers. A row with numbers is no header, unless the numbers are
    /// years or count the columns, and the cells below are of another kind. Where all cells are text, the first row is a header if none of its cells
    /// is repeated in its column. Years above years cannot be decided: an error asks for <see cref="Yes"/> or <see cref="No"/>.
    /// </summary>
    Auto,

    /// <summary>The first row is a header.</summary>
    Yes,

    /// <summary>The first row is data. The columns are named "column 0", "column 1" …</summary>
    No,
}

/// <summary>
/// How missing cells are treated. A cell is missing if it is empty, NA, N/A, NaN, null, ? or #N/A, in any case. In columns of numbers and dates, also
/// if it is -, ., none, unknown or the like, or anything else that is no number or date.
/// </summary>
public enum MissingValues
{
    /// <summary>
    /// A missing number becomes the median, a missing text a category of its own. Rows without a target are left out; if they are more than 1 in 20,
    /// that is an error.
    /// </summary>
    Fill,

    /// <summary>A row with a missing cell is left out.</summary>
    Drop,

    /// <summary>A missing cell is an error.</summary>
    Error,
}

/// <summary>The decimal mark of numbers.</summary>
public enum DecimalMark
{
    /// <summary>
    /// Decided for each column from its content: numbers such as 1.5, 1.234,5 and 0.123 show it. Where a column has only numbers such as 1,234, other
    /// columns decide, or commas between cells.
    /// </summary>
    Auto,

    /// <summary>A point. Commas may separate thousands.</summary>
    Point,

    /// <summary>A comma. Points may separate thousands.</summary>
    Comma,
}

/// <summary>Whether a table is for classification or regression.</summary>
public enum TaskKind
{
    /// <summary>Classification if the target is text, or whole numbers with at most 20 different values; otherwise regression.</summary>
    Auto,

    /// <summary>Classification: the values of the target are classes.</summary>
    Classify,

    /// <summary>Regression: the values of the target are numbers.</summary>
    Regress,
}

/// <summary>The options of <see cref="CsvTable.Load"/>: how a table is read and split.</summary>
public sealed record TableOptions
{
    /// <summary>The target column: its name, or its number from 0. Default: null, the last column.</summary>
    public string? Target { get; init; }

    /// <summary>Classification or regression. Default: decided from the target column.</summary>
    public TaskKind Task { get; init; } = TaskKind.Auto;

    /// <summary>
    /// What of a numeric target is learnt. Predictions, errors and intervals are in the target's own unit in any case. Default: the numbers themselves.
    /// </summary>
    public TargetTransform TargetTransform { get; init; }

    /// <summary>Whether the first row is a header. Default: decided from the content.</summary>
    public HeaderKind Header { get; init; } = HeaderKind.Auto;

    /// <summary>How missing cells are treated. Default: they are filled.</summary>
    public MissingValues Missing { get; init; } = MissingValues.Fill;

    /// <summary>Columns to leave out, each by its name or its number from 0. Default: none.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>
    /// The kinds of some columns, by name or number. The kinds of the others are decided from their content. In a column of given kind, any number of
    /// cells may be no number or date; they are missing. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, ColumnKind> Kinds { get; init; } = new Dictionary<string, ColumnKind>();

    /// <summary>
    /// The orders of some columns of texts, by name or number: their categories from the least to the greatest, such as S, M, L. Such a column is one input,
    /// the standardized place in the order; any other text in it is missing. Default: none, each category is an input of its own.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Orders { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The decimal mark of all numbers. Default: decided from the content.</summary>
    public DecimalMark Decimal { get; init; } = DecimalMark.Auto;

    /// <summary>The order of day, month and year in ambiguous dates. Default: decided from the content.</summary>
    public DateOrder Dates { get; init; } = DateOrder.Auto;

    /// <summary>The character between cells. Default: null, decided from the first rows: comma, semicolon, tab or vertical bar.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The maximal number of categories of an input column of texts. Each category becomes an input. Default: 100.</summary>
    public int MaxCategories { get; init; } = 100;

    /// <summary>
    /// For a time series: how many rows, the latest last, are the input of a forecast. The rows are then in the order of time, all numeric columns are
    /// inputs, the target's own past among them, and the split is by time: the latest windows are the test set, those before it the validation set.
    /// Default: null, each row is a sample of its own.
    /// </summary>
    public int? Window { get; init; }

    /// <summary>
    /// How many rows after the last one of a window the forecast is for, from 1 on. It has no effect without <see cref="Window"/>. Default: 1.
    /// </summary>
    public int Horizon { get; init; } = 1;

    /// <summary>
    /// The column of sentences: its name, or its number from 0. Its words, in their order, are then the input, and the other columns are left out; the target
    /// is <see cref="Target"/>, or the last column that is not this one. Default: null, all columns are inputs.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>
    /// The maximal number of words that are known, the most frequent of the training rows, from 1 to 65,534. Words that occur there only once are left out in
    /// any case. It has no effect without <see cref="Text"/>. Default: 10,000.
    /// </summary>
    public int MaxWords { get; init; } = 10_000;

    /// <summary>
    /// The number of words of a sentence, from 1 to 4,096: longer ones are cut at the end. It has no effect without <see cref="Text"/>. Default: null, as many
    /// as 99 of 100 training sentences have at most, but no more than 256.
    /// </summary>
    public int? Length { get; init; }

    /// <summary>Whether to look over the table for what is doubtful: <see cref="TableSplit.Audit"/>. Default: false.</summary>
    public bool Audit { get; init; }

    /// <summary>The fraction of the rows for validation, from 0 to below 1. Default: 0.1.</summary>
    public double ValidationShare { get; init; } = 0.1;

    /// <summary>The fraction of the rows for the test, from 0 to below 1. Default: 0.1.</summary>
    public double TestShare { get; init; } = 0.1;

    /// <summary>
    /// For a cross-validation: the part of the rows that is the test set, in place of <see cref="TestShare"/>. It is not for time series. Default: null.
    /// </summary>
    public TableFold? Fold { get; init; }

    /// <summary>The seed of the split. Default: 0.</summary>
    public ulong Seed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TableOptions), PrintMembers);

    internal void Validate()
    {
        Split.CheckFractions(ValidationShare, TestShare);
        if (!Enum.IsDefined(Task)) throw new ArgumentOutOfRangeException(nameof(Task), Task, "No such task.");
        if (!Enum.IsDefined(TargetTransform)) throw new ArgumentOutOfRangeException(nameof(TargetTransform), TargetTransform, "No such transform of a target.");
        if (!Enum.IsDefined(Header)) throw new ArgumentOutOfRangeException(nameof(Header), Header, "No such kind of header.");
        if (!Enum.IsDefined(Missing)) throw new ArgumentOutOfRangeException(nameof(Missing), Missing, "No such way to treat missing values.");
        if (!Enum.IsDefined(Decimal)) throw new ArgumentOutOfRangeException(nameof(Decimal), Decimal, "No such decimal mark.");
        if (!Enum.IsDefined(Dates)) throw new ArgumentOutOfRangeException(nameof(Dates), Dates, "No such order of dates.");
        if (Kinds.Values.Any(static kind => !Enum.IsDefined(kind))) throw new ArgumentOutOfRangeException(nameof(Kinds), "No such kind of column.");
        foreach (var (column, order) in Orders) CheckOrder(column, order);
        if (Window is < 1 or > TablePreprocessing.LongestWindow)
            throw new ArgumentOutOfRangeException(nameof(Window), Window, $"Expected a window of 1 to {TablePreprocessing.LongestWindow} rows.");
        if (Horizon is < 1 or > TablePreprocessing.LongestWindow)
            throw new ArgumentOutOfRangeException(nameof(Horizon), Horizon, $"Expected a horizon of 1 to {TablePreprocessing.LongestWindow} rows.");
        if (MaxWords is < 1 or > WordVocabulary.MostWords)
            throw new ArgumentOutOfRangeException(nameof(MaxWords), MaxWords, $"Expected 1 to {WordVocabulary.MostWords} words.");
        if (Length is < 1 or > TablePreprocessing.LongestSentence)
            throw new ArgumentOutOfRangeException(nameof(Length), Length, $"Expected a length of 1 to {TablePreprocessing.LongestSentence} words.");
        if (Text is not null && Window is not null)
        {
            throw OptionMessage.Format($"{new OptionHint(nameof(Text))} and {new OptionHint(nameof(Window))} exclude each other: " +
                $"a table is read as sentences or as a time series.");
        }

        if (Fold is { } fold && (fold.Count < 2 || fold.Number < 1 || fold.Number > fold.Count))
            throw new ArgumentOutOfRangeException(nameof(Fold), Fold, "Expected at least 2 folds, and one of their numbers, from 1.");
        if (Fold is not null && Window is not null)
        {
            throw OptionMessage.Format($"{new OptionHint(nameof(Fold))} and {new OptionHint(nameof(Window))} exclude each other: " +
                $"what is later in time must not be learnt from.");
        }

        if (MaxCategories is < 1 or > TablePreprocessing.MostCategories)
            throw new ArgumentOutOfRangeException(nameof(MaxCategories), MaxCategories, $"Expected 1 to {TablePreprocessing.MostCategories} categories.");
        if (Delimiter is { } delimiter && !IsDelimiter(delimiter))
            throw new ArgumentOutOfRangeException(nameof(Delimiter), Delimiter, "A delimiter is no letter, digit, quotation mark, point, sign or line end.");
    }

    private static void CheckOrder(string column, IReadOnlyList<string> order)
    {
        var isOrder = order.Count is >= 2 and <= TablePreprocessing.MostCategories && order.All(static text => text.Length > 0 && text == text.Trim());
        if (isOrder && order.Distinct(StringComparer.Ordinal).Count() == order.Count) return;
        throw OptionMessage.Format($"{new OptionHint(nameof(Orders))}: column {Cell.Show(column)}: got {PlainText.QuoteAll(order.Select(Cell.Show))}, " +
            $"expected 2 to {TablePreprocessing.MostCategories} different texts, the least first.");
    }

    internal static bool IsDelimiter(char character) =>
        !char.IsLetterOrDigit(character) && !char.IsSurrogate(character) && character is not ('"' or '.' or '+' or '-' or '\r' or '\n' or '\0');
}
