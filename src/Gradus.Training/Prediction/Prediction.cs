using System.Globalization;
using System.Text.Json;

namespace Gradus.Training;

/// <summary>
/// What a model says of one sample: a class with its probability, or a value in the target's unit. An object that is given to
/// <see cref="Predictor"/> again is filled anew, so that a loop over samples allocates nothing.
/// </summary>
public sealed class Prediction
{
    private readonly List<string> _notes = [];
    private float[] _values = [];
    private CalibrationRecord? _calibration;

    /// <summary>The names of the classes, in the order of <see cref="Values"/>; null where the model gives values.</summary>
    public IReadOnlyList<string>? ClassNames { get; private set; }

    /// <summary>
    /// The probabilities of all classes, whose sum is 1; or the values that the model gives, in the target's unit; of an autoencoder the numbers of the
    /// sample as it gives them back.
    /// </summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>The number of the most probable class, of equally probable ones the first; −1 where the model gives values.</summary>
    public int Label { get; private set; } = -1;

    /// <summary>The name of the most probable class; null where the model gives values.</summary>
    public string? ClassName => Label < 0 ? null : ClassNames![Label];

    /// <summary>The probability of the most probable class, 0 to 1; NaN where the model gives values.</summary>
    public float Probability => Label < 0 ? float.NaN : _values[Label];

    /// <summary>The value, in the target's unit; NaN for classes. Where there are several, the first.</summary>
    public float Value => Label < 0 && _values.Length > 0 ? _values[0] : float.NaN;

    /// <summary>
    /// Where the target is in 90 of 100 cases; null for classes, and where the model does not know how far it is off (<see cref="TrainedModel.Calibrate"/>).
    /// </summary>
    public PredictionInterval? Interval => IntervalOf(CalibrationRecord.UsualCoverage);

    /// <summary>How well an autoencoder gives the sample back: the mean squared error of its numbers. Null for other models.</summary>
    public float? ReconstructionError { get; internal set; }

    /// <summary>What the model does not know of the sample, a line each: unknown categories, missing values. Mostly empty.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Where the target is in this share of cases.</summary>
    /// <param name="coverage">The share, such as 0.95. The model knows a few; the next one above is taken.</param>
    /// <returns>Null for classes, where the model does not know how far it is off, and for a share above those that it knows.</returns>
    public PredictionInterval? IntervalOf(double coverage) =>
        Label < 0 && _values.Length == 1 ? _calibration?.IntervalOf(_values[0], coverage) : null;

    /// <summary>The probability of a class; null where there is no such class.</summary>
    public float? ProbabilityOf(string className)
    {
        for (var label = 0; label < (ClassNames?.Count ?? 0); label++)
        {
            if (ClassNames![label] == className) return _values[label];
        }

        return null;
    }

    /// <summary>Writes its properties into an object of JSON, as predictions of the command line and of a server have them.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (ReconstructionError is { } error)
        {
            EventJson.Real(json, "mse", error);
        }
        else if (ClassNames is not null)
        {
            json.WriteString("class", ClassName);
            json.WriteStartObject("probabilities");
            for (var label = 0; label < ClassNames.Count; label++) EventJson.Real(json, ClassNames[label], _values[label]);
            json.WriteEndObject();
        }
        else
        {
            WriteValues(json);
        }

        if (_notes.Count == 0) return;
        json.WriteStartArray("notes");
        foreach (var note in _notes) json.WriteStringValue(note);
        json.WriteEndArray();
    }

    /// <summary>A line: <c>setosa 0.9821 (then versicolor 0.0170, virginica 0.0009)</c>, or <c>452600 (410000 to 495200 in 90 of 100 cases)</c>.</summary>
    public override string ToString()
    {
        if (ReconstructionError is { } error) return string.Create(CultureInfo.InvariantCulture, $"mean squared error {error:G4}");
        if (ClassNames is not null) return Classes();
        var values = string.Join(", ", _values.Select(static value => value.ToString("G7", CultureInfo.InvariantCulture)));
        return Interval is { } interval ? $"{values} ({interval})" : values;
    }

    private string Classes()
    {
        string Of(int label) => string.Create(CultureInfo.InvariantCulture, $"{PlainText.Of(ClassNames![label])} {_values[label]:0.0000}");

        var others = Enumerable.Range(0, _values.Length).Where(label => label != Label).OrderByDescending(label => _values[label]).Take(2).Select(Of);
        return $"{Of(Label)} (then {string.Join(", ", others)})";
    }

    /// <summary>Takes what a network gave, and chooses the class.</summary>
    internal void Fill(ReadOnlySpan<float> values, IReadOnlyList<string>? classNames, CalibrationRecord? calibration)
    {
        if (_values.Length != values.Length) _values = new float[values.Length];
        values.CopyTo(_values);
        (ClassNames, _calibration, ReconstructionError, Label) = (classNames, calibration, null, -1);
        if (classNames is null) return;
        Label = 0;
        for (var label = 1; label < _values.Length; label++)
        {
            if (_values[label] > _values[Label]) Label = label;
        }
    }

    /// <summary>The list that notes go to, emptied.</summary>
    internal List<string> BeginNotes()
    {
        _notes.Clear();
        return _notes;
    }

    private void WriteValues(Utf8JsonWriter json)
    {
        EventJson.Real(json, "value", _values[0]);
        if (_values.Length > 1)
        {
            json.WritePropertyName("values");
            EventJson.Numbers(json, _values, [_values.Length]);
        }

        if (Interval is not { } interval) return;
        json.WriteStartObject("interval");
        EventJson.Real(json, "from", interval.From);
        EventJson.Real(json, "to", interval.To);
        json.WriteNumber("coverage", interval.Coverage);
        json.WriteEndObject();
    }
}
