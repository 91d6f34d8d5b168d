namespace Gradus.Data;

/// <summary>
/// Turns single rows into inputs as a model has learnt it: the same numbers, to the bit, as the row of a file. It is made once; a row of numbers and
/// known categories is then encoded without allocating.
/// </summary>
/// <remarks>It may be used by several threads at once.</remarks>
public sealed class RowEncoder
{
    private readonly TablePreprocessing _preprocessing;
    private readonly ColumnEncoder[] _encoders;
    private readonly int[] _cellOf;
    private readonly Dictionary<string, int> _places;

    /// <summary>Prepares the encoding.</summary>
    /// <param name="preprocessing">What was learnt from the training rows. That of a time series has windows of rows, and is refused.</param>
    /// <exception cref="ArgumentException">The preprocessing is that of a time series.</exception>
    public RowEncoder(TablePreprocessing preprocessing)
    {
        ArgumentNullException.ThrowIfNull(preprocessing);
        if (preprocessing.Window > 0)
        {
            throw new ArgumentException(
                $"The model forecasts a time series: it takes {preprocessing.Window} rows at a time, not a single one.", nameof(preprocessing));
        }

        (_preprocessing, InputSize) = (preprocessing, preprocessing.InputSize);
        // The parts of a date are several columns of one name; names that differ in case alone are columns of their own where the model has both.
        Columns = [.. preprocessing.Columns.Select(static column => column.Name).Distinct(StringComparer.Ordinal)];
        _cellOf = [.. preprocessing.Columns.Select(column => Columns.ToList().IndexOf(column.Name))];
        var first = 0;
        _encoders = new ColumnEncoder[preprocessing.Words is null ? preprocessing.Columns.Count : 0];
        for (var index = 0; index < _encoders.Length; index++)
        {
            _encoders[index] = new ColumnEncoder(preprocessing.Columns[index], first);
            first += preprocessing.Columns[index].Width;
        }

        _places = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var place = 0; place < Columns.Count; place++)
        {
            if (!_places.TryAdd(Columns[place], place)) _places[Columns[place]] = -1;
        }
    }

    /// <summary>The names of the columns whose cells make a row, in the order in which <see cref="Encode"/> takes them.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Number of inputs that a row becomes.</summary>
    public int InputSize { get; }

    /// <summary>The place of a column in <see cref="Columns"/>, by its name in any case; −1 where the model has none of this name.</summary>
    public int PlaceOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!_places.TryGetValue(name, out var place) && !_places.TryGetValue(name.Trim(), out place)) return -1;
        if (place >= 0) return place;
        // Two columns differ in case alone: the name has to be that of one of them.
        for (place = Columns.Count - 1; place >= 0 && !string.Equals(Columns[place], name, StringComparison.Ordinal); place--)
        {
        }

        return place;
    }

    /// <summary>Writes the inputs of a row.</summary>
    /// <param name="cells">The cells, one for each of <see cref="Columns"/>.</param>
    /// <param name="inputs">Where the inputs go: <see cref="InputSize"/> numbers. Those of a sentence are its tokens.</param>
    /// <param name="notes">Is told what of the row the model does not know: unknown categories, missing values. Null for nobody.</param>
    /// <exception cref="InvalidDataException">
    /// A cell is not of its column's kind, or is missing where the model fills none. The message names the column.
    /// </exception>
    /// <exception cref="ArgumentException">A span has not the right length.</exception>
    public void Encode(ReadOnlySpan<TableValue> cells, Span<float> inputs, ICollection<string>? notes = null)
    {
        if (cells.Length != Columns.Count) throw new ArgumentException($"Got {cells.Length} cells, expected {Columns.Count}.", nameof(cells));
        if (inputs.Length != InputSize) throw new ArgumentException($"Got a place for {inputs.Length} inputs, expected {InputSize}.", nameof(inputs));
        inputs.Clear();
        if (_preprocessing.Words is { } words)
        {
            EncodeSentence(cells[0], words, inputs, notes);
            return;
        }

        for (var index = 0; index < _encoders.Length; index++)
        {
            ref readonly var cell = ref cells[_cellOf[index]];
            // What is to be told of a date is told of its first part.
            var told = index > 0 && _cellOf[index - 1] == _cellOf[index] ? null : notes;
            if (!_encoders[index].Write(cell, inputs, told) && _preprocessing.Missing != MissingValues.Fill) throw Missing(Columns[_cellOf[index]]);
        }
    }

    private void EncodeSentence(TableValue cell, WordVocabulary vocabulary, Span<float> inputs, ICollection<string>? notes)
    {
        var sentence = cell.ToString();
        if (Cell.IsMissing(sentence))
        {
            if (_preprocessing.Missing != MissingValues.Fill) throw Missing(Columns[0]);
            notes?.Add($"column {Cell.Show(Columns[0])}: the sentence is empty");
            return;
        }

        var words = WordTokenizer.Split(sentence);
        var known = 0;
        for (var place = 0; place < Math.Min(words.Count, inputs.Length); place++)
        {
            var token = vocabulary.NumberOf(words[place]);
            if (token != WordVocabulary.Unknown) known++;
            inputs[place] = token;
        }

        if (words.Count > 0 && known == 0) notes?.Add($"column {Cell.Show(Columns[0])}: the model knows none of its words");
        if (words.Count > inputs.Length) notes?.Add($"column {Cell.Show(Columns[0])}: of {words.Count} words the first {inputs.Length} are read");
    }

    private static InvalidDataException Missing(string column) =>
        new($"column {Cell.Show(column)}: a value is missing, and the model was trained to fill none. Give one.");
}
