namespace Gradus.Data;

// One row, that stands in no file.
public sealed partial record TablePreprocessing
{
    /// <summary>The inputs of one row, given as name → value, through the very preprocessing of a file's rows.</summary>
    /// <param name="row">
    /// The cells by the names of their columns, in any case; what the model does not know is passed over, null is missing, as is a column left out where
    /// the model fills missing values. Values are those that <see cref="TableValue.From"/> takes: numbers, texts, truth values, dates.
    /// </param>
    /// <returns>
    /// <see cref="InputSize"/> numbers, for a tensor of shape [1, <see cref="InputSize"/>]; of a sentence the tokens, for one of whole numbers.
    /// </returns>
    /// <exception cref="InvalidDataException">A value does not fit the model. The message is one line.</exception>
    /// <exception cref="ArgumentException">A value is of a type that no cell has.</exception>
    public float[] InputsOf(IReadOnlyDictionary<string, object?> row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var cells = new CellStore(OneRow);
        foreach (var (name, value) in row) cells.Set(cells.AddColumn(name.Trim()), TableValue.From(value));
        return InputsOf(cells);
    }

    /// <summary>The inputs of one object.</summary>
    /// <param name="record">The object.</param>
    /// <param name="columns">What columns are made of it. The target's is not read.</param>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <returns>
    /// <see cref="InputSize"/> numbers, for a tensor of shape [1, <see cref="InputSize"/>]; of a sentence the tokens, for one of whole numbers.
    /// </returns>
    /// <exception cref="InvalidDataException">A value does not fit the model. The message is one line.</exception>
    public float[] InputsOf<T>(T record, TableColumns<T> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var cells = new CellStore(OneRow);
        foreach (var (name, value) in columns.All)
        {
            if (name != columns.TargetName) cells.Set(cells.AddColumn(name), value(record));
        }

        return InputsOf(cells);
    }

    private static TableOrigin OneRow => new("the row", "row");

    private float[] InputsOf(CellStore cells)
    {
        // What is left out is missing, as null is.
        if (Missing == MissingValues.Fill)
        {
            var given = Enumerable.Range(0, cells.Columns).Select(cells.NameOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var column in Columns.Where(column => given.Add(column.Name))) cells.AddColumn(column.Name);
        }

        cells.EndRow();
        var rows = cells.ToTable().Apply(this, withTarget: false);
        var inputs = new float[rows.Data.Inputs.Size];
        rows.Data.Inputs.CopyRows([0], inputs);
        return inputs;
    }
}
