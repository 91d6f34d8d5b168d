using Gradus.Data;

namespace Gradus.Training;

/// <summary>Predicts objects, whose columns are named once: <see cref="Predictor.For{T}(TableColumns{T})"/>.</summary>
/// <remarks>It may be used by several threads at once.</remarks>
/// <typeparam name="T">The type of the objects.</typeparam>
public sealed class Predictor<T>
{
    private readonly Predictor _predictor;
    private readonly Func<T, TableValue>?[] _values;

    internal Predictor(Predictor predictor, TableColumns<T> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        _predictor = predictor;
        var rows = predictor.Rows;
        _values = new Func<T, TableValue>?[rows.Columns.Count];
        foreach (var (name, value) in columns.Inputs)
        {
            if (rows.PlaceOf(name) is >= 0 and var place) _values[place] = value;
        }

        var lacking = rows.Columns.Where((_, place) => _values[place] is null).ToArray();
        if (lacking.Length == 0) return;
        var needed = lacking.Length == 1 ? "it" : "them";
        throw new ArgumentException($"No column {PlainText.QuoteAll(lacking.Select(Cell.Show))} is named; the model needs {needed}.", nameof(columns));
    }

    /// <summary>Predicts an object.</summary>
    /// <exception cref="InvalidDataException">A value does not fit its column. The message names it.</exception>
    /// <exception cref="GradusException">The model gives a number that is not finite.</exception>
    public Prediction Predict(T record)
    {
        var prediction = new Prediction();
        Predict(record, prediction);
        return prediction;
    }

    /// <summary>Predicts an object of numbers and known categories without allocating, once the predictor is warm.</summary>
    /// <param name="record">The object.</param>
    /// <param name="prediction">Is filled.</param>
    /// <inheritdoc cref="Predict(T)"/>
    public void Predict(T record, Prediction prediction)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        using var work = _predictor.Rent();
        for (var place = 0; place < _values.Length; place++) work.Cells[place] = _values[place]!(record);
        _predictor.Rows.Encode(work.Cells, work.Inputs, prediction.BeginNotes());
        work.Run(prediction);
    }

    /// <summary>Predicts objects, many at a time, in their order.</summary>
    /// <inheritdoc cref="Predict(T)"/>
    public IEnumerable<Prediction> PredictAll(IEnumerable<T> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        return records.Chunk(Predictor.BatchSize).SelectMany(part => _predictor.Predict([.. part.Select(Prepare)]));
    }

    /// <summary>Prepares an object.</summary>
    /// <inheritdoc cref="Predict(T)"/>
    public PreparedSample Prepare(T record)
    {
        var rows = _predictor.Rows;
        var (inputs, notes) = (new float[rows.InputSize], new List<string>());
        rows.Encode(Array.ConvertAll(_values, value => value!(record)), inputs, notes);
        return new PreparedSample(inputs, notes);
    }
}

/// <summary>Predicts from objects to objects: <see cref="Predictor.For{T, TResult}"/>.</summary>
/// <remarks>It may be used by several threads at once.</remarks>
/// <typeparam name="T">The type of the objects.</typeparam>
/// <typeparam name="TResult">The type of the results.</typeparam>
public sealed class Predictor<T, TResult>
{
    private readonly Predictor<T> _predictor;
    private readonly Func<Prediction, TResult> _result;

    internal Predictor(Predictor<T> predictor, Func<Prediction, TResult> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        (_predictor, _result) = (predictor, result);
    }

    /// <inheritdoc cref="Predictor{T}.Predict(T)"/>
    public TResult Predict(T record) => _result(_predictor.Predict(record));

    /// <inheritdoc cref="Predictor{T}.PredictAll"/>
    public IEnumerable<TResult> PredictAll(IEnumerable<T> records) => _predictor.PredictAll(records).Select(_result);
}
