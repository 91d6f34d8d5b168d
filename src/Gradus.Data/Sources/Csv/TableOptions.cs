namespace Gradus.Data;

/// <summary>Whether the first row of a file names the columns.</summary>
public enum HeaderKind
{
    /// <summary>
    /// Decided from the content. The first row is a header if it has a text in a column whose other cells are all numbers (or missing). Otherwise, a
    /// number in the first row means no header, unless the numbers are years, or count the columns, and do not fit to what stands below; and where
    /// all is text, the first row is a header if none of its cells comes again in its column. Where years stand above years, nothing is decided: an
    /// error asks for <see cref="Yes"/> or <see cref="No"/>.
    /// </summary>
    Auto,

    /// <summary>The first row is a header.</summary>
    Yes,

    /// <summary>The first row is data; columns are called "column 0", "column 1" …</summary>
    No,
}

/// <summary>
/// What happens to missing cells: empty, NA, N/A, NaN, null, ? or #N/A, in any case; among
/// numbers and dates also -, --, ., none, unknown and the like, and whatever is none.
/// </summary>
public enum MissingValues
{
    /// <summary>
    /// A missing number becomes the median, a missing text a category of its own. A row
    /// without a target is left out; more than one in twenty of them are an error.
    /// </summary>
    Fill,

    /// <summary>A row with a missing cell is left out.</summary>
    Drop,

    /// <summary>A missing cell is an error.</summary>
    Error,
}

/// <summary>What stands before the decimals of a number.</summary>
public enum DecimalMark
{
    /// <summary>
    /// Decided for each column from its content: 1.5, 1.234,5 and 0.123 tell. A column of
    /// 1,234 alone is decided by the others, or by commas between cells.
    /// </summary>
    Auto,

    /// <summary>A point; commas may stand between thousands.</summary>
    Point,

    /// <summary>A comma; points may stand between thousands.</summary>
    Comma,
}

/// <summary>What is learnt from a table.</summary>
public enum TaskKind
{
    /// <summary>Classes if the target is text, or whole numbers with at most 20 different values; otherwise numbers.</summary>
    Auto,

    /// <summary>The target's values are classes.</summary>
    Classify,

    /// <summary>The target's values are numbers to come close to.</summary>
    Regress,
}

/// <summary>How a table is read and split.</summary>
public sealed record TableOptions
{
    /// <summary>The target column: its name, or else its number from 0. Default: null, the last column.</summary>
    public string? Target { get; init; }

    /// <summary>What is learnt. Default: decided from the target.</summary>
    public TaskKind Task { get; init; } = TaskKind.Auto;

    /// <summary>Whether the first row names the columns. Default: decided from the content.</summary>
    public HeaderKind Header { get; init; } = HeaderKind.Auto;

    /// <summary>What happens to missing cells. Default: they are filled.</summary>
    public MissingValues Missing { get; init; } = MissingValues.Fill;

    /// <summary>Columns to leave out, by name or number: row numbers, names of people. Default: none.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>
    /// What columns hold, by name or number, where it is not to be decided from the content. Cells
    /// that are no such numbers or dates are then missing, however many. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, ColumnKind> Kinds { get; init; } = new Dictionary<string, ColumnKind>();

    /// <summary>What stands before the decimals of all numbers. Default: decided from the content.</summary>
    public DecimalMark Decimal { get; init; } = DecimalMark.Auto;

    /// <summary>The order of day, month and year in dates that do not tell it. Default: decided from the content.</summary>
    public DateOrder Dates { get; init; } = DateOrder.Auto;

    /// <summary>What separates cells. Default: null, found out from the first lines: comma, semicolon, tab or vertical bar.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The most different texts that one input column may have, each of which becomes an input. Default: 100.</summary>
    public int MaxCategories { get; init; } = 100;

    /// <summary>Fraction of rows for validation, 0 to below 1. Default: 0.1.</summary>
    public double Valid { get; init; } = 0.1;

    /// <summary>Fraction of rows for the test, 0 to below 1. Default: 0.1.</summary>
    public double Test { get; init; } = 0.1;

    /// <summary>Which rows go where follows from this seed. Default: 0.</summary>
    public ulong Seed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TableOptions), PrintMembers);

    internal void Validate()
    {
        Split.CheckFractions(Valid, Test);
        if (!Enum.IsDefined(Task)) throw new ArgumentOutOfRangeException(nameof(Task), Task, "No such task.");
        if (!Enum.IsDefined(Header)) throw new ArgumentOutOfRangeException(nameof(Header), Header, "No such kind of header.");
        if (!Enum.IsDefined(Missing)) throw new ArgumentOutOfRangeException(nameof(Missing), Missing, "No such way to treat missing values.");
        if (!Enum.IsDefined(Decimal)) throw new ArgumentOutOfRangeException(nameof(Decimal), Decimal, "No such decimal mark.");
        if (!Enum.IsDefined(Dates)) throw new ArgumentOutOfRangeException(nameof(Dates), Dates, "No such order of dates.");
        if (Kinds.Values.Any(static kind => !Enum.IsDefined(kind))) throw new ArgumentOutOfRangeException(nameof(Kinds), "No such kind of column.");
        if (MaxCategories is < 1 or > TablePreprocessing.MostCategories)
            throw new ArgumentOutOfRangeException(nameof(MaxCategories), MaxCategories, $"Expected 1 to {TablePreprocessing.MostCategories} categories.");
        if (Delimiter is { } delimiter && !IsDelimiter(delimiter))
            throw new ArgumentOutOfRangeException(nameof(Delimiter), Delimiter, "A delimiter is no letter, digit, quotation mark, point, sign or line end.");
    }

    internal static bool IsDelimiter(char character) =>
        !char.IsLetterOrDigit(character) && !char.IsSurrogate(character) && character is not ('"' or '.' or '+' or '-' or '\r' or '\n' or '\0');
}
