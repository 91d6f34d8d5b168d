using System.Collections.Concurrent;
using System.Text.Json;
using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>
/// Predicts single samples with a trained model: rows as dictionaries, objects or JSON, numbers, pictures, sentences. Each passes through the very
/// preprocessing of training and gives the bits that the same sample in a file gives.
/// </summary>
/// <remarks>It may be used by several threads at once.</remarks>
public sealed partial class Predictor
{
    /// <summary>How many samples are predicted at once where there are many.</summary>
    internal const int BatchSize = 256;

    private readonly ModelData _takes;
    private readonly IReadOnlyList<string>? _tokens;
    private readonly RowEncoder? _rows;
    private readonly PictureOptions? _pictures;
    private readonly ConcurrentBag<PredictionWork> _idle = [];

    /// <summary>A predictor of a model, whose network must not be changed from now on.</summary>
    /// <param name="model">The model.</param>
    public Predictor(TrainedModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model;
        model.Network.Eval();
        _takes = model.Record.ToModelData();
        _rows = model.Table is { Window: 0 } table ? new RowEncoder(table) : null;
        _pictures = _takes.Form == DataForm.Picture ? model.Pictures : null;
        Columns = PredictorColumn.Of(model.Table);
        if (_takes.Form != DataForm.Text) return;
        _tokens = model.Vocabulary?.Characters ?? [.. Enumerable.Range(0, model.Record.Outputs).Select(token => model.Tokenizer!.Decode([token]))];
    }

    /// <summary>The model.</summary>
    public TrainedModel Model { get; }

    /// <summary>What samples are: rows, pictures, sentences and so on.</summary>
    public DataForm Form => _takes.Form;

    /// <summary>The shape of one sample as the network takes it.</summary>
    public IReadOnlyList<int> InputShape => Model.Record.InputShape;

    /// <summary>The classes; null where the model gives values.</summary>
    public IReadOnlyList<string>? ClassNames => Model.Reconstructs || Model.Record.IsText ? null : Model.Record.ClassNames;

    /// <summary>The columns that a row has; empty where samples are no rows of a table.</summary>
    public IReadOnlyList<PredictorColumn> Columns { get; }

    /// <summary>Opens the model of a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or holds no model of Gradus.</exception>
    public static Predictor Load(string path) => new(TrainedModel.Load(path));

    /// <summary>Opens a model from a stream, such as an embedded resource.</summary>
    /// <param name="stream">The stream, read to its end.</param>
    /// <param name="name">Its name in messages. Default: "the model".</param>
    /// <exception cref="InvalidDataException">The content is damaged, or no model of Gradus.</exception>
    public static Predictor Load(Stream stream, string name = "the model") => new(TrainedModel.Load(stream, name));

    /// <summary>Predicts a row, given as name → value.</summary>
    /// <param name="row">The cells by the names of their columns, as <see cref="Prepare(IReadOnlyDictionary{string, object?})"/> takes them.</param>
    /// <inheritdoc cref="Prepare(IReadOnlyDictionary{string, object?})"/>
    public Prediction Predict(IReadOnlyDictionary<string, object?> row) => Predict(Prepare(row));

    /// <summary>Predicts an object of JSON: a row by the names of its columns, or whatever else <see cref="Prepare(JsonElement)"/> takes.</summary>
    /// <param name="sample">The object.</param>
    /// <inheritdoc cref="Prepare(JsonElement)"/>
    public Prediction Predict(JsonElement sample) => Predict(Prepare(sample));

    /// <summary>Predicts a sample of plain numbers.</summary>
    /// <param name="sample">The numbers, as <see cref="Prepare(ReadOnlySpan{float})"/> takes them.</param>
    /// <inheritdoc cref="Prepare(ReadOnlySpan{float})"/>
    public Prediction Predict(ReadOnlySpan<float> sample)
    {
        var prediction = new Prediction();
        Predict(sample, prediction);
        return prediction;
    }

    /// <summary>Predicts a sample of plain numbers, without allocating once the predictor is warm.</summary>
    /// <param name="sample">The numbers, as <see cref="Prepare(ReadOnlySpan{float})"/> takes them.</param>
    /// <param name="prediction">Is filled.</param>
    /// <inheritdoc cref="Prepare(ReadOnlySpan{float})"/>
    public void Predict(ReadOnlySpan<float> sample, Prediction prediction)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        using var work = Rent();
        Write(sample, work.Inputs, work.Cells, prediction.BeginNotes());
        work.Run(prediction);
    }

    /// <summary>Predicts a sentence, or what follows a text.</summary>
    /// <param name="text">The sentence, or the beginning of a text; of a language model the prediction is about the next token.</param>
    /// <inheritdoc cref="PrepareText"/>
    public Prediction PredictText(string text) => Predict(PrepareText(text));

    /// <summary>Predicts a picture of a file.</summary>
    /// <param name="path">A PNG, JPEG, GIF or BMP file.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <inheritdoc cref="PreparePicture"/>
    public Prediction PredictPicture(string path)
    {
        using var file = File.OpenRead(path);
        return PredictPicture(file);
    }

    /// <summary>Predicts a picture.</summary>
    /// <param name="picture">The content of a PNG, JPEG, GIF or BMP file.</param>
    /// <inheritdoc cref="PreparePicture"/>
    public Prediction PredictPicture(Stream picture) => Predict(PreparePicture(picture));

    /// <summary>Predicts a sample that was made ready before.</summary>
    public Prediction Predict(PreparedSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        var prediction = new Prediction();
        prediction.BeginNotes().AddRange(sample.Notes);
        using var work = Rent();
        if (Form == DataForm.Text)
        {
            work.RunText(sample.Numbers, prediction);
            return prediction;
        }

        Fitting(sample).CopyTo(work.Inputs, 0);
        work.Run(prediction);
        return prediction;
    }

    /// <summary>Predicts several samples at once, which is faster than one after another. The bits are the same.</summary>
    public IReadOnlyList<Prediction> Predict(IReadOnlyList<PreparedSample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (Form == DataForm.Text || samples.Count == 1) return [.. samples.Select(Predict)];
        if (samples.Count == 0) return [];
        var size = _takes.Inputs;
        var inputs = new float[checked(samples.Count * size)];
        for (var index = 0; index < samples.Count; index++) Fitting(samples[index]).CopyTo(inputs, index * size);
        var values = Forward(inputs, samples.Count).ToArray<float>();
        var each = values.Length / samples.Count;
        var predictions = new Prediction[samples.Count];
        for (var index = 0; index < predictions.Length; index++)
        {
            predictions[index] = new Prediction();
            predictions[index].BeginNotes().AddRange(samples[index].Notes);
            Finish(predictions[index], values.AsSpan(index * each, each), inputs.AsSpan(index * size, size));
        }

        return predictions;
    }

    /// <summary>A predictor of objects, whose columns are named once.</summary>
    /// <param name="columns">What columns are made of an object. A target among them is not read.</param>
    /// <typeparam name="T">The type of the objects.</typeparam>
    /// <exception cref="ArgumentException">A column that the model needs is not named.</exception>
    /// <exception cref="GradusException">The model takes no rows.</exception>
    public Predictor<T> For<T>(TableColumns<T> columns) => new(this, columns);

    /// <summary>A predictor from objects to objects: a house gives a price.</summary>
    /// <param name="columns">What columns are made of an object. A target among them is not read.</param>
    /// <param name="result">What is made of a prediction.</param>
    /// <typeparam name="T">The type of the objects.</typeparam>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <inheritdoc cref="For{T}(TableColumns{T})"/>
    public Predictor<T, TResult> For<T, TResult>(TableColumns<T> columns, Func<Prediction, TResult> result) => new(For(columns), result);

    /// <summary>A summary: <c>predictor of mlp:64,32: 9 columns → a value</c>.</summary>
    public override string ToString() =>
        $"predictor of {Model.Record.Model}: {(Columns.Count > 0 ? $"{Columns.Count} columns" : _takes.ToString())} → " +
        (ClassNames is { } names ? $"{names.Count} classes" : Model.Record.IsText ? "the next token" : "a value");

    internal RowEncoder Rows => _rows ?? throw new GradusException(
        Model.Table is { Window: > 0 } table
            ? $"predict: the model forecasts a time series; give it the numbers of its {table.Window} rows."
            : $"predict: the model takes {_takes}, not rows of a table.");

    internal PredictionWork Rent() => _idle.TryTake(out var work) ? work : new PredictionWork(this);

    internal void Return(PredictionWork work) => _idle.Add(work);

    /// <summary>What the model says of a batch, as tensor.</summary>
    internal Tensor Forward(float[] inputs, int count) => Forward(Samples(inputs, count));

    internal Tensor Forward(Tensor samples)
    {
        using var noGrad = new NoGrad();
        using var inUse = Module.InUse();
        return Model.Predictions(Model.Network.Forward(samples));
    }

    internal void Finish(Prediction prediction, ReadOnlySpan<float> values, ReadOnlySpan<float> inputs)
    {
        foreach (var value in values)
        {
            if (!float.IsFinite(value)) Model.RequireFinite("predict: what the network gives", values);
        }

        prediction.Fill(values, ClassNames, Model.Record.Calibration);
        if (Model.Reconstructs) prediction.ReconstructionError = (float)MeanSquaredError(values, inputs);
    }

    internal void FinishText(Prediction prediction, ReadOnlySpan<float> values) => prediction.Fill(values, _tokens, null);

    internal Tensor Samples(float[] inputs, int count)
    {
        return Form is DataForm.Sentence or DataForm.Text
            ? Tensor.From(Array.ConvertAll(inputs, static token => (int)token), [count, inputs.Length / count])
            : Tensor.From(inputs, [count, .. InputShape]);
    }

    private float[] Fitting(PreparedSample sample) => sample.Numbers.Length == _takes.Inputs
        ? sample.Numbers
        : throw new GradusException(
            $"predict: the sample has {sample.Numbers.Length} numbers, the model takes {_takes.Inputs}: it was prepared by another model.");

    private static double MeanSquaredError(ReadOnlySpan<float> values, ReadOnlySpan<float> inputs)
    {
        var sum = 0.0;
        for (var index = 0; index < values.Length; index++)
        {
            var error = (double)values[index] - inputs[index];
            sum += error * error;
        }

        return sum / values.Length;
    }
}
