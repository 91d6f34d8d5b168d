using System.Globalization;

namespace Gradus.Data;

/// <summary>The preprocessing of one input column, as learnt from the training rows.</summary>
public sealed record TableColumn
{
    /// <summary>The name of the column in the header, or "column 3" where there is none.</summary>
    public required string Name { get; init; }

    /// <summary>The number of the column in the file, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The kind of its cells: numbers or texts. A part of a date is a number, and so is the place of a text that has an order.</summary>
    public required ColumnKind Kind { get; init; }

    /// <summary>How its cells become numbers. Default: a decimal point, no unit.</summary>
    public CellFormat Format { get; init; } = CellFormat.Plain;

    /// <summary>
    /// Whether the user gave the kind, so that any number of cells may be of another kind; they are missing. Default: false, at most 1 cell in 20 may
    /// be.
    /// </summary>
    public bool IsKindGiven { get; init; }

    /// <summary>The name, for a date with the part that is used: <c>sold (month)</c>.</summary>
    public string Title => Format.Part is { } part ? $"{Name} ({part.ToString().ToLowerInvariant()})" : Name;

    /// <summary>The mean of the training rows, which is subtracted. Default: 0.</summary>
    public double Mean { get; init; }

    /// <summary>The standard deviation of the training rows, by which numbers are divided; 1 for a constant column. Default: 1.</summary>
    public double Deviation { get; init; } = 1;

    /// <summary>The median of the training rows, which replaces missing numbers. Default: 0.</summary>
    public double Median { get; init; }

    /// <summary>
    /// The categories of a column of texts, in the order of their inputs. The last one is the empty text, for missing cells, where the training rows
    /// have any.
    /// </summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Whether its cells are texts that have an order, whose places are its numbers.</summary>
    internal bool IsOrdered => Format.IsOrdered;

    /// <summary>A number of the column as a reader knows it: of an order the text at the nearest place.</summary>
    internal string Word(double number) => IsOrdered
        ? Format.Order[(int)Math.Clamp(Math.Round(number), 0, Format.Order.Count - 1)]
        : number.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>Number of inputs that the column becomes: 1, or the number of categories.</summary>
    public int Width => Kind == ColumnKind.Number ? 1 : Categories.Count;

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TableColumn), PrintMembers);
}

/// <summary>The preprocessing of the target column, as learnt from the training rows.</summary>
public sealed record TableTarget
{
    /// <summary>The name of the column in the header, or "column 3" where there is none.</summary>
    public required string Name { get; init; }

    /// <summary>The number of the column in the file, from 0.</summary>
    public required int Index { get; init; }

    /// <summary><see cref="TaskKind.Classify"/> or <see cref="TaskKind.Regress"/>.</summary>
    public required TaskKind Task { get; init; }

    /// <summary>How its cells become numbers. Default: a decimal point, no unit.</summary>
    public CellFormat Format { get; init; } = CellFormat.Plain;

    /// <inheritdoc cref="TableColumn.IsKindGiven"/>
    public bool IsKindGiven { get; init; }

    /// <summary>The names of the classes, in the order of the labels: texts in ordinal order, numbers by value. Empty for a regression.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>
    /// Whether its cells are read as numbers: for a regression, and where all classes are numbers. Then 1.0 is the class 1, and a cell that is no
    /// number is missing.
    /// </summary>
    internal bool IsNumber =>
        Task == TaskKind.Regress
        || ClassNames.All(static name => Cell.Read(name, out var number) == CellKind.Number && Cell.Name(number) == name);

    /// <summary>What of its numbers is learnt; mean and deviation are those of this. Default: the numbers themselves.</summary>
    public TargetTransform Transform { get; init; }

    /// <summary>The mean of the training targets, which is subtracted. Default: 0.</summary>
    public double Mean { get; init; }

    /// <summary>
    /// The standard deviation of the training targets, by which they are divided. An error times this is an error in the target's unit. Default: 1.
    /// </summary>
    public double Deviation { get; init; } = 1;

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TableTarget), PrintMembers);
}

/// <summary>The preprocessing of a table: how its rows become inputs and targets. Save it with the model, and apply it to later files.</summary>
public sealed partial record TablePreprocessing
{
    internal const int MostCategories = 10_000;
    internal const int MostClasses = 1000;
    internal const int LongestWindow = 10_000;
    internal const int LongestSentence = 4096;

    /// <summary>Whether the training file has a header.</summary>
    public required bool HasHeader { get; init; }

    /// <summary>The character between cells in the training file.</summary>
    public required char Delimiter { get; init; }

    /// <summary>Number of columns in the training file, including ignored ones.</summary>
    public required int FileColumns { get; init; }

    /// <summary>How missing cells are treated.</summary>
    public required MissingValues Missing { get; init; }

    /// <summary>The input columns, in the order of the inputs.</summary>
    public required IReadOnlyList<TableColumn> Columns { get; init; }

    /// <summary>The target column.</summary>
    public required TableTarget Target { get; init; }

    /// <summary>For a time series, the number of rows that are the input of a forecast; 0 where each row is a sample. Default: 0.</summary>
    public int Window { get; init; }

    /// <summary>For a time series, how many rows after the last one of a window the forecast is for. Default: 1.</summary>
    public int Horizon { get; init; } = 1;

    /// <summary>The words that are known where a column of sentences is the input; null for other tables. Default: null.</summary>
    public WordVocabulary? Words { get; init; }

    /// <summary>The number of words of a sentence, longer ones are cut; 0 where there are no sentences. Default: 0.</summary>
    public int Length { get; init; }

    /// <summary>Number of inputs per sample.</summary>
    public int InputSize => RowSize * Math.Max(Window, 1);

    /// <summary>The shape of one sample: [inputs], [rows, inputs] for the windows of a time series, or [words] for sentences.</summary>
    public IReadOnlyList<int> InputShape => Window > 0 ? [Window, RowSize] : [RowSize];

    /// <summary>Number of inputs that a row becomes.</summary>
    internal int RowSize => Words is not null ? Length : Columns.Sum(column => column.Width);

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TablePreprocessing), PrintMembers);
}
