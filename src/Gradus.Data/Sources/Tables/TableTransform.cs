namespace Gradus.Data;

/// <summary>Turns rows of a table into inputs, labels and targets. Counts the cells that it fills, and those of unknown category.</summary>
internal sealed class TableTransform(TableOrigin origin, RawTable table, TablePreprocessing preprocessing)
{
    private readonly SentenceCounts _sentences = new();

    public int Filled { get; private set; }

    public int Unknown { get; private set; }

    /// <summary>What to report about sentences.</summary>
    public IEnumerable<OptionMessage> Notes => _sentences.Notes(preprocessing);

    public Dataset Run(string name, ReadOnlySpan<int> rows)
    {
        var inputs = preprocessing.Words is null ? Inputs.Of(WriteRows(rows), preprocessing.RowSize) : Sentences(rows);
        int[] shape = [preprocessing.RowSize];
        var target = preprocessing.Target;
        if (table.Target is not { } raw) return Dataset.OfInputs(name, shape, inputs);
        return target.Task == TaskKind.Classify
            ? Dataset.OfClasses(name, shape, inputs, Labels(raw, target, rows), target.ClassNames)
            : Dataset.OfTargets(name, shape, inputs, Targets(raw, target, rows)).ScaledBy(target);
    }

    /// <summary>All rows of the table as numbers.</summary>
    public float[] WriteRows(ReadOnlySpan<int> rows)
    {
        var size = preprocessing.RowSize;
        if ((long)rows.Length * size > Array.MaxLength)
        {
            throw OptionMessage.InvalidData($"{origin}: {rows.Length} rows of {size} inputs do not fit into memory. " +
                $"Leave out columns with many different texts ({Advice.Ignore()}).");
        }

        var values = new float[rows.Length * size];
        var first = 0;
        for (var i = 0; i < table.Columns.Length; i++)
        {
            var column = preprocessing.Columns[i];
            if (column.Kind == ColumnKind.Number)
            {
                var filled = WriteNumbers(table.Columns[i], column, rows, values, first, size);
                // A date is one cell, of which each part is an input.
                if (i == 0 || preprocessing.Columns[i - 1].Index != column.Index) Filled += filled;
            }
            else
            {
                WriteCategories(table.Columns[i], column, rows, values, first, size);
            }

            first += column.Width;
        }

        return values;
    }

    private Inputs Sentences(ReadOnlySpan<int> rows)
    {
        var tokens = SentenceLearning.Encode(origin, table.Columns[0], rows, preprocessing, _sentences);
        Filled = _sentences.Missing;
        return tokens;
    }

    /// <returns>Number of cells that were filled.</returns>
    private int WriteNumbers(RawColumn raw, TableColumn column, ReadOnlySpan<int> rows, float[] values, int first, int size)
    {
        var filled = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var number = raw.Numbers[rows[i]];
            if (double.IsNaN(number))
            {
                number = column.Median;
                filled++;
            }

            values[i * size + first] = Standardize(number, column.Mean, column.Deviation, raw.Plan.Name, rows[i]);
        }

        return filled;
    }

    private void WriteCategories(RawColumn raw, TableColumn column, ReadOnlySpan<int> rows, float[] values, int first, int size)
    {
        // Texts are looked up once, not once per row; the last place is for a missing cell.
        var places = new CategoryPlaces(column.Categories);
        var placeOf = new int[raw.Texts.Count + 1];
        for (var code = 0; code < raw.Texts.Count; code++) placeOf[code] = places.Of(raw.Texts[code]);
        placeOf[^1] = places.Of("");
        for (var i = 0; i < rows.Length; i++)
        {
            var code = raw.Codes[rows[i]];
            if (code < 0) Filled++;
            var category = placeOf[code < 0 ? raw.Texts.Count : code];
            if (category >= 0) values[i * size + first + category] = 1;
            else Unknown++;
        }
    }

    private int[] Labels(RawColumn raw, TableTarget target, ReadOnlySpan<int> rows)
    {
        var labels = new CategoryPlaces(target.ClassNames);
        var result = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var text = raw.Plan.Kind == ColumnKind.Number ? Cell.Name(raw.Numbers[rows[i]]) : raw.Texts[raw.Codes[rows[i]]];
            result[i] = labels.Of(text);
            if (result[i] < 0)
            {
                throw new InvalidDataException(
                    $"{origin.At(table.Lines[rows[i]])}: the target {Cell.Show(raw.Plan.Name)} is {Cell.Show(text)}, " +
                    $"expected one of the classes {string.Join(", ", target.ClassNames.Take(20).Select(Cell.Show))}.");
            }
        }

        return result;
    }

    /// <summary>The standardized targets of some rows.</summary>
    public float[] Targets(RawColumn raw, TableTarget target, ReadOnlySpan<int> rows)
    {
        var result = new float[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var number = raw.Numbers[rows[i]];
            if (target.Transform == TargetTransform.Log && number < 0) throw Negative(raw, number, rows[i]);
            result[i] = Standardize(target.Transform.Apply(number), target.Mean, target.Deviation, raw.Plan.Name, rows[i]);
        }

        return result;
    }

    private InvalidDataException Negative(RawColumn raw, double number, int row)
    {
        var place = $"{origin.At(table.Lines[row])}: the target {Cell.Show(raw.Plan.Name)} is {Cell.Name(number)}";
        if (table.IsForModel) return new InvalidDataException($"{place}; the model learnt ln(1 + target) of targets from 0 on.");
        return OptionMessage.InvalidData(
            $"{place}; {new OptionHint(nameof(TableOptions.TargetTransform), TargetTransform.Log)} learns ln(1 + target) of targets from 0 on. Leave it out.");
    }

    private float Standardize(double number, double mean, double deviation, string name, int row)
    {
        var value = (float)((number - mean) / deviation);
        return float.IsFinite(value)
            ? value
            : throw new InvalidDataException(
                $"{origin.At(table.Lines[row])}: column {Cell.Show(name)}: {Cell.Name(number)} is too far from what was learnt from to be represented.");
    }
}
