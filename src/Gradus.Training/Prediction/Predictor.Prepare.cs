using System.Text.Json;
using Gradus.Data;

namespace Gradus.Training;

/// <content>From what a program has to what the network takes.</content>
public sealed partial class Predictor
{
    private const int MostPictureBytes = 1 << 28;

    /// <summary>Prepares a row, given as name → value.</summary>
    /// <param name="row">
    /// The cells by the names of their columns, in any case. What the model does not know is passed over; null is missing, as is a column left out where the
    /// model fills missing values. Values are those that <see cref="TableValue.From"/> takes: numbers, texts, truth values, dates.
    /// </param>
    /// <exception cref="InvalidDataException">A value does not fit its column, or a column is missing. The message names it.</exception>
    /// <exception cref="ArgumentException">A value is of a type that no cell has.</exception>
    /// <exception cref="GradusException">The model takes no rows, or gives a number that is not finite.</exception>
    public PreparedSample Prepare(IReadOnlyDictionary<string, object?> row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var cells = new RowCells(Rows, Model.Table!);
        foreach (var (name, value) in row) cells.Set(name, TableValue.TryFrom(value, out var cell) ? cell : throw WrongType(name, value!));
        return Encode(cells);
    }

    /// <summary>
    /// Prepares a value of JSON. A row is an object of the columns' names; numbers are an array, nested or flat; a sentence or text is a string, or an object
    /// <c>{"text": …}</c>; a picture is an array of its numbers from 0 to 1, or an object <c>{"picture": …}</c> with the bytes of its file as base64.
    /// </summary>
    /// <param name="sample">The value.</param>
    /// <exception cref="InvalidDataException">The value does not fit the model. The message names the column, where there are columns.</exception>
    /// <exception cref="GradusException">The model gives a number that is not finite.</exception>
    public PreparedSample Prepare(JsonElement sample) => JsonSample.Prepare(this, sample);

    /// <summary>Prepares a sample of plain numbers.</summary>
    /// <param name="sample">
    /// The numbers of one sample in row-major order, as they are in the data, not standardized. Of a table the cells of <see cref="Columns"/>, all of which
    /// have to be numbers, NaN standing for a missing one; of a picture its numbers from 0 to 1, channel by channel; of a time series row by row the columns.
    /// </param>
    /// <exception cref="InvalidDataException">There are more or fewer numbers than the model takes, or a column holds texts.</exception>
    /// <exception cref="GradusException">The model takes texts, or gives a number that is not finite.</exception>
    public PreparedSample Prepare(ReadOnlySpan<float> sample)
    {
        var inputs = new float[_takes.Inputs];
        var notes = new List<string>();
        Write(sample, inputs, new TableValue[Columns.Count], notes);
        return new PreparedSample(inputs, notes);
    }

    /// <summary>Prepares a sentence, or the beginning of a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">A text for a language model is empty, or has a character that it does not know.</exception>
    /// <exception cref="GradusException">The model takes no text, or gives a number that is not finite.</exception>
    public PreparedSample PrepareText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Form == DataForm.Text)
        {
            if (text.Length == 0) throw new FormatException("the text is empty; expected at least one character");
            var tokens = Model.Vocabulary is { } vocabulary ? vocabulary.Encode(text) : Model.Tokenizer!.Encode(text);
            var context = Model.Record.InputShape[0];
            return new PreparedSample([.. tokens.Skip(Math.Max(0, tokens.Length - context)).Select(static token => (float)token)], []);
        }

        if (Form != DataForm.Sentence) throw new GradusException($"predict: the model takes {_takes}, not a text.");
        var cells = new RowCells(Rows, Model.Table!);
        cells.Set(Model.TextColumn!, text);
        return Encode(cells);
    }

    /// <summary>Prepares a picture: decodes it and brings it to the model's size as training did.</summary>
    /// <param name="picture">The content of a PNG, JPEG, GIF or BMP file.</param>
    /// <exception cref="InvalidDataException">The content is damaged, too large, or no picture.</exception>
    /// <exception cref="GradusException">The model takes no pictures, or gives a number that is not finite.</exception>
    public PreparedSample PreparePicture(Stream picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (_pictures is not { } options) throw new GradusException($"predict: the model takes {_takes}, not a picture.");
        using var content = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = picture.Read(buffer)) > 0;)
        {
            if (content.Length + read > MostPictureBytes) throw new InvalidDataException($"the picture has more than {MostPictureBytes} bytes.");
            content.Write(buffer, 0, read);
        }

        var pixels = Inputs.Of(PictureFile.Decode(content.ToArray(), options), _takes.Inputs);
        if (Model.Record is not { InputMean: 0, InputDeviation: 1 }) pixels = pixels.Normalize(Model.Record.InputMean, Model.Record.InputDeviation);
        var inputs = new float[_takes.Inputs];
        pixels.CopyRows([0], inputs);
        return new PreparedSample(inputs, []);
    }

    /// <summary>Writes what a network takes for a sample of plain numbers.</summary>
    private void Write(ReadOnlySpan<float> sample, Span<float> inputs, TableValue[] cells, List<string> notes)
    {
        if (Form is DataForm.Text or DataForm.Sentence) throw new GradusException($"predict: the model takes {_takes}, not plain numbers.");
        var expected = _rows?.Columns.Count ?? inputs.Length;
        if (sample.Length != expected) throw new InvalidDataException($"got {sample.Length} numbers, expected {Expected(expected)}.");
        if (_rows is not null)
        {
            for (var index = 0; index < cells.Length; index++)
            {
                if (Columns[index].Kind == ColumnKind.Text) throw new InvalidDataException($"column {Cell.Show(Columns[index].Name)} holds texts: give a row.");
                cells[index] = sample[index];
            }

            _rows.Encode(cells, inputs, notes);
            return;
        }

        for (var index = 0; index < inputs.Length; index++)
        {
            if (!float.IsFinite(sample[index])) throw new InvalidDataException($"number {index} of the sample is {sample[index]}; expected finite numbers.");
            var (mean, deviation) = StandardOf(index);
            inputs[index] = mean == 0 && deviation == 1 ? sample[index] : (float)((sample[index] - mean) / deviation);
        }
    }

    // Of a time series each column has its own; of other numbers there is one for all.
    private (double Mean, double Deviation) StandardOf(int index) => Model.Table is { Window: > 0 } series
        ? (series.Columns[index % series.Columns.Count].Mean, series.Columns[index % series.Columns.Count].Deviation)
        : (Model.Record.InputMean, Model.Record.InputDeviation);

    private string Expected(int count) => _rows is null ? $"{count}: {_takes}" : $"one for each of the {count} columns";

    private PreparedSample Encode(RowCells cells)
    {
        var inputs = new float[Rows.InputSize];
        var notes = new List<string>();
        cells.RequireAll();
        if (cells.UnknownNote is { } note) notes.Add(note);
        Rows.Encode(cells.Values, inputs, notes);
        return new PreparedSample(inputs, notes);
    }

    private static ArgumentException WrongType(string name, object value) =>
        new($"column {Cell.Show(name)}: got a value of type {value.GetType().Name}, expected a number, a text, a truth value, a date, or null.");
}
