namespace Gradus.Data;

/// <summary>How one input column becomes numbers, as learnt from the training rows.</summary>
public sealed record TableColumn
{
    /// <summary>The column's name in the header, or "column 3".</summary>
    public required string Name { get; init; }

    /// <summary>Its place in a row of the file, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>What it holds.</summary>
    public required ColumnKind Kind { get; init; }

    /// <summary>How its cells become numbers. Default: a decimal point, nothing around the number.</summary>
    public CellFormat Format { get; init; } = CellFormat.Plain;

    /// <summary>Whether any number of cells may be no numbers, because the user says that it holds numbers. Default: at most one in twenty.</summary>
    public bool IsTold { get; init; }

    /// <summary>Its name, and of a date the part that is taken: <c>sold (month)</c>.</summary>
    public string Title => Format.Part is { } part ? $"{Name} ({part.ToString().ToLowerInvariant()})" : Name;

    /// <summary>The mean of the numbers, which becomes 0. Default: 0.</summary>
    public double Mean { get; init; }

    /// <summary>The deviation of the numbers, which becomes 1; 1 for a column that is constant. Default: 1.</summary>
    public double Deviation { get; init; } = 1;

    /// <summary>The number that stands in for a missing one. Default: 0.</summary>
    public double Median { get; init; }

    /// <summary>The texts in the order of their inputs; the empty text, last, stands for a missing cell where the training rows had any.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>How many inputs the column becomes.</summary>
    public int Width => Kind == ColumnKind.Number ? 1 : Categories.Count;

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TableColumn), PrintMembers);
}

/// <summary>How the target column becomes labels or numbers.</summary>
public sealed record TableTarget
{
    /// <summary>The column's name in the header, or "column 3".</summary>
    public required string Name { get; init; }

    /// <summary>Its place in a row of the file, from 0.</summary>
    public required int Index { get; init; }

    /// <summary><see cref="TaskKind.Classify"/> or <see cref="TaskKind.Regress"/>.</summary>
    public required TaskKind Task { get; init; }

    /// <summary>How its cells become numbers. Default: a decimal point, nothing around the number.</summary>
    public CellFormat Format { get; init; } = CellFormat.Plain;

    /// <inheritdoc cref="TableColumn.IsTold"/>
    public bool IsTold { get; init; }

    /// <summary>The classes in the order of their labels: texts by their characters, numbers by size. Empty for a regression.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>
    /// Whether its cells are read as numbers: targets of a regression, and classes that
    /// are numbers, of which 1.0 is the class 1 and what is none is missing.
    /// </summary>
    internal bool IsNumber =>
        Task == TaskKind.Regress
        || ClassNames.All(static name => Cell.Read(name, out var number) == CellKind.Number && Cell.Name(number) == name);

    /// <summary>The mean of the targets, which becomes 0. Default: 0.</summary>
    public double Mean { get; init; }

    /// <summary>The deviation of the targets, which becomes 1: an error times this is an error in the target's own unit. Default: 1.</summary>
    public double Deviation { get; init; } = 1;

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TableTarget), PrintMembers);
}

/// <summary>
/// Everything that turns rows of a file into inputs and targets. Belongs to a trained model: save it with the model, apply it to every later file.
/// </summary>
public sealed partial record TablePreprocessing
{
    internal const int MostCategories = 10_000;
    internal const int MostClasses = 1000;

    /// <summary>Whether the file that was learnt from names its columns.</summary>
    public required bool HasHeader { get; init; }

    /// <summary>What separates cells.</summary>
    public required char Delimiter { get; init; }

    /// <summary>Cells per row of the file that was learnt from, ignored columns included.</summary>
    public required int FileColumns { get; init; }

    /// <summary>What happens to missing cells.</summary>
    public required MissingValues Missing { get; init; }

    /// <summary>The input columns, in the order of the inputs.</summary>
    public required IReadOnlyList<TableColumn> Columns { get; init; }

    /// <summary>The target column.</summary>
    public required TableTarget Target { get; init; }

    /// <summary>Inputs per sample.</summary>
    public int InputSize => Columns.Sum(column => column.Width);

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TablePreprocessing), PrintMembers);
}
