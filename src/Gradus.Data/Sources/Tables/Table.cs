namespace Gradus.Data;

/// <summary>
/// A table in memory: rows of cells by column names, from a database, a file or objects. Nothing about it is decided yet: <see cref="Split"/> learns
/// how its rows become numbers, in the same way for all sources, and <see cref="Apply"/> does with them what a model has learnt.
/// </summary>
/// <remarks>Equal rows give equal bits whatever they came through, a CSV file included.</remarks>
public sealed partial class Table
{
    private readonly CellColumn[] _columns;
    private readonly IReadOnlyList<int>? _places;

    internal Table(TableOrigin origin, IReadOnlyList<CellColumn> columns, int rows, IReadOnlyList<int>? places, string? target = null)
    {
        (Origin, _columns, Rows, _places, Target) = (origin, [.. columns], rows, places, target);
        Names = Array.ConvertAll(_columns, static column => column.Name);
    }

    /// <summary>The name in messages: the file or query.</summary>
    public string Name => Origin.Name;

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Columns => Names;

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>The target column, where the options name none; null for the last.</summary>
    public string? Target { get; }

    /// <summary>What was left out when the table was read, a line each.</summary>
    public IReadOnlyList<OptionMessage> Notes { get; internal init; } = [];

    internal TableOrigin Origin { get; }

    internal string[] Names { get; }

    /// <summary>
    /// Splits the rows at random, learns the preprocessing from the training rows and applies it to all, as <see cref="CsvTable.Load"/> does.
    /// </summary>
    /// <param name="options">The options; those of a file's layout have no effect. Default: null, those of <see cref="TableOptions"/>.</param>
    /// <returns>Samples of shape [<see cref="TablePreprocessing.InputSize"/>], with labels or standardized targets.</returns>
    /// <exception cref="InvalidDataException">The table does not fit the options, or needs an option to be understood. The message is one line.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="FormatException">Two options exclude each other.</exception>
    public TableSplit Split(TableOptions? options = null)
    {
        options ??= new TableOptions();
        options = options with { Target = options.Target ?? Target };
        options.Validate();
        var schema = TableSchema.Of(this, options);
        using var rows = Read();
        return TableLearning.Learn(Origin, schema, rows, options);
    }

    /// <summary>Makes samples of all rows with the preprocessing that a model has learnt.</summary>
    /// <remarks>Columns are found by their names, in any order and any case; where the model's had none, by their places.</remarks>
    /// <param name="preprocessing">The preprocessing.</param>
    /// <param name="withTarget">Whether to read the target column too, for an evaluation. If false, the table needs none.</param>
    /// <exception cref="InvalidDataException">The table does not fit the preprocessing. The message is one line.</exception>
    public TableRows Apply(TablePreprocessing preprocessing, bool withTarget)
    {
        ArgumentNullException.ThrowIfNull(preprocessing);
        var notes = new List<OptionMessage>();
        var first = FirstRow.OfNames(Names);
        var byPlace = !preprocessing.HasHeader && !first.HasNameOf(preprocessing) && Names.Length == preprocessing.FileColumns;
        var (inputs, target) = byPlace
            ? TablePlan.ByPlace(preprocessing, withTarget)
            : TablePlan.ByName(Origin, first, preprocessing, withTarget, notes);
        using var rows = Read();
        return TableLearning.Apply(Origin, rows, inputs, target, [.. notes.DistinctBy(static note => note.ToString())], preprocessing) with
        {
            Contents = TableContents.Of(first.Names, byPlace, inputs, preprocessing, Read),
        };
    }

    /// <summary>A summary: <c>houses: 120 rows, 4 columns</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name}: {Rows} rows, {Names.Length} columns");

    internal CellRows Read() => new Reader(this);

    private sealed class Reader(Table table) : CellRows
    {
        private readonly byte[] _number = new byte[32];
        private byte[] _text = new byte[256];
        private int _row = -1;

        public override int Line => table._places?[_row] ?? _row + 1;

        public override string this[int column] => table._columns[column].Get(_row).ToString();

        public override ReadOnlySpan<byte> Span(int column)
        {
            var cell = table._columns[column].Get(_row);
            if (cell.IsNumber)
            {
                cell.Number.TryFormat(_number, out var length, "R", System.Globalization.CultureInfo.InvariantCulture);
                return _number.AsSpan(0, length);
            }

            var text = cell.Text ?? "";
            if (text.Length * 3 > _text.Length) _text = new byte[text.Length * 3];
            return _text.AsSpan(0, System.Text.Encoding.UTF8.GetBytes(text, _text));
        }

        public override bool IsTyped(int column) => table._columns[column].Get(_row).IsNumber;

        public override CellKind Read(int column, CellFormat format, out double number)
        {
            var cell = table._columns[column].Get(_row);
            if (!cell.IsNumber || format.Part is not null || format.IsOrdered) return format.Read(cell.ToString(), out number);
            number = cell.Number;
            return CellKind.Number;
        }

        public override bool Next() => ++_row < table.Rows;
    }
}
