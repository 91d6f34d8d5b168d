namespace Gradus.Data;

/// <summary>Writes the inputs that a cell of one column becomes.</summary>
/// <param name="column">What was learnt of the column.</param>
/// <param name="first">The place of its first input in the row.</param>
internal sealed class ColumnEncoder(TableColumn column, int first)
{
    private readonly CategoryPlaces _places = new(column.Categories);

    /// <summary>Writes them into inputs that are zero.</summary>
    /// <returns>False where the cell is missing.</returns>
    /// <exception cref="InvalidDataException">The cell is no number in a column of numbers. The message names the column.</exception>
    public bool Write(in TableValue cell, Span<float> inputs, ICollection<string>? notes) =>
        column.Kind == ColumnKind.Number ? WriteNumber(cell, inputs, notes) : WriteCategory(cell, inputs, notes);

    private bool WriteNumber(in TableValue cell, Span<float> inputs, ICollection<string>? notes)
    {
        var (kind, number) = (CellKind.Number, cell.Number);
        if (!cell.IsNumber || column.Format.Part is not null || column.Format.IsOrdered) kind = column.Format.Read(cell.ToString(), out number);
        if (kind is CellKind.Text or CellKind.Infinite)
        {
            var (name, got) = (Cell.Show(column.Name), Cell.Show(cell.ToString()));
            if (!column.IsKindGiven) throw new InvalidDataException($"column {name}: got {got}, expected {column.Format.Expected(kind)}.");
            notes?.Add($"column {name}: {got} is {column.Format.Unmet(kind)}; taken as missing");
        }
        else if (kind == CellKind.Missing)
        {
            var median = column.Format.Part is null
                ? $"taken as {column.Word(column.Median)}, the median of the training rows"
                : "each part of the date is taken as the median of the training rows";
            notes?.Add($"column {Cell.Show(column.Name)}: no value; {median}");
        }

        var isMissing = double.IsNaN(number);
        if (isMissing) number = column.Median;
        inputs[first] = (float)((number - column.Mean) / column.Deviation);
        if (float.IsFinite(inputs[first])) return !isMissing;
        throw new InvalidDataException(
            $"column {Cell.Show(column.Name)}: {Cell.Name(number)} is too far from what was learnt from to be represented.");
    }

    private bool WriteCategory(in TableValue cell, Span<float> inputs, ICollection<string>? notes)
    {
        var text = cell.Text ?? cell.ToString();
        var isMissing = Cell.IsMissing(text);
        var place = _places.Of(isMissing ? "" : text);
        if (place >= 0) inputs[first + place] = 1;
        else if (isMissing) notes?.Add($"column {Cell.Show(column.Name)}: no value; in the training rows none was missing");
        else notes?.Add($"column {Cell.Show(column.Name)}: {Cell.Show(text)} is not known; known are {Known()}");
        return !isMissing;
    }

    private string Known() => PlainText.QuoteAll(column.Categories.Where(static name => name.Length > 0).Select(Cell.Show));
}
