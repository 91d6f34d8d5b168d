namespace Gradus.Data;

// Objects of C#.
public sealed partial class Table
{
    /// <summary>
    /// A table of objects, whose columns are then named one by one:
    /// <c>Table.From(houses).Column("area", h => h.Area).Column("city", h => h.City).Target("price", h => h.Price).Split()</c>.
    /// </summary>
    /// <param name="records">The objects, one a row. They are read when the table is made.</param>
    /// <typeparam name="T">The type of the objects.</typeparam>
    public static TableRecords<T> From<T>(IEnumerable<T> records) => new(records);

    /// <summary>A table of objects.</summary>
    /// <param name="records">The objects, one a row.</param>
    /// <param name="columns">What columns are made of an object.</param>
    /// <param name="name">The name of the table in messages. Default: "records".</param>
    /// <typeparam name="T">The type of the objects.</typeparam>
    /// <exception cref="ArgumentException">There is no column.</exception>
    public static Table From<T>(IEnumerable<T> records, TableColumns<T> columns, string name = "records")
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(name);
        if (columns.All.Count == 0) throw new ArgumentException("No column is named: Column(\"area\", record => record.Area).", nameof(columns));
        var cells = new CellStore(new TableOrigin(name, "row"));
        foreach (var (column, _) in columns.All) cells.AddColumn(column);
        foreach (var record in records)
        {
            for (var column = 0; column < columns.All.Count; column++) cells.Set(column, columns.All[column].Value(record));
            cells.EndRow();
        }

        return cells.ToTable(columns.TargetName);
    }
}

/// <summary>
/// What columns are made of an object: names, and what gives the cells. Keep it with a model, so that later objects are read in the same way.
/// </summary>
/// <typeparam name="T">The type of the objects.</typeparam>
public sealed class TableColumns<T>
{
    private readonly List<(string Name, Func<T, TableValue> Value)> _all = [];

    /// <summary>The name of the target column; null where none was named.</summary>
    public string? TargetName { get; private set; }

    internal IEnumerable<(string Name, Func<T, TableValue> Value)> Inputs => _all.Where(column => column.Name != TargetName);

    internal IReadOnlyList<(string Name, Func<T, TableValue> Value)> All => _all;

    /// <summary>Adds an input column.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its cell in an object: a number, a text, a truth value, a date, or null.</param>
    /// <returns>These columns.</returns>
    /// <exception cref="ArgumentException">The name is empty, or another column has it.</exception>
    public TableColumns<T> Column(string name, Func<T, TableValue> value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(value);
        name = name.Trim();
        if (_all.Exists(column => column.Name == name)) throw new ArgumentException($"There is a column {Cell.Show(name)} already.", nameof(name));
        _all.Add((name, value));
        return this;
    }

    /// <summary>Adds the target column.</summary>
    /// <inheritdoc cref="Column"/>
    /// <exception cref="InvalidOperationException">There is a target already.</exception>
    public TableColumns<T> Target(string name, Func<T, TableValue> value)
    {
        if (TargetName is not null) throw new InvalidOperationException($"The target is {Cell.Show(TargetName)} already.");
        Column(name, value);
        TargetName = name.Trim();
        return this;
    }
}

/// <summary>Objects that become a table: <see cref="Table.From{T}(IEnumerable{T})"/>.</summary>
/// <typeparam name="T">The type of the objects.</typeparam>
public sealed class TableRecords<T>
{
    private readonly IEnumerable<T> _records;

    internal TableRecords(IEnumerable<T> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        _records = records;
    }

    /// <summary>The columns so far. With them, <see cref="TablePreprocessing.InputsOf{T}"/> reads one object.</summary>
    public TableColumns<T> Columns { get; } = new();

    /// <inheritdoc cref="TableColumns{T}.Column"/>
    public TableRecords<T> Column(string name, Func<T, TableValue> value)
    {
        Columns.Column(name, value);
        return this;
    }

    /// <inheritdoc cref="TableColumns{T}.Target"/>
    public TableRecords<T> Target(string name, Func<T, TableValue> value)
    {
        Columns.Target(name, value);
        return this;
    }

    /// <summary>The table.</summary>
    /// <param name="name">The name of the table in messages. Default: "records".</param>
    public Table ToTable(string name = "records") => Table.From(_records, Columns, name);

    /// <inheritdoc cref="Table.Split"/>
    public TableSplit Split(TableOptions? options = null) => ToTable().Split(options);
}
