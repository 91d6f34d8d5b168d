using System.Text.Json;
using Gradus.Data;
using Gradus.Training;

namespace Gradus.Serving;

/// <summary>Which numbers of a sample mattered for what a model says of it.</summary>
internal sealed class Explanation
{
    // It adds up to the score, says something of every network, and takes one pass of a batch.
    private const string Usual = "integrated-gradients";

    private readonly Predictor _predictor;
    private readonly Prediction _prediction;
    private readonly Tensor _input;
    private readonly int _output;
    private readonly IReadOnlyList<SampleAttribution> _answers;

    private Explanation(Predictor predictor, Prediction prediction, Tensor input, int output, IReadOnlyList<SampleAttribution> answers) =>
        (_predictor, _prediction, _input, _output, _answers) = (predictor, prediction, input, output, answers);

    /// <summary>The methods that say something of a model, the usual one first.</summary>
    public static string[] MethodsOf(TrainedModel model) => model.Record.IsText
        ? []
        : [.. AttributionMethods.Words.Where(word => AttributionMethods.WhyNot(word, model) is null).OrderByDescending(static word => word == Usual)];

    /// <summary>Asks a method.</summary>
    /// <param name="predictor">The model.</param>
    /// <param name="sample">The sample, prepared by it.</param>
    /// <param name="method">A method, or <c>all</c>; empty for the usual one.</param>
    /// <param name="className">The class that is explained; empty for the one that the model says.</param>
    /// <exception cref="RequestException">There is no such method or class, or nothing is said of such a model.</exception>
    public static Explanation Of(Predictor predictor, PreparedSample sample, string method, string className)
    {
        var model = predictor.Model;
        var known = MethodsOf(model);
        if (known.Length == 0) throw RequestException.Wrong("A text has no gradient by its characters: this model's answers cannot be explained.");
        var words = method.Length == 0 ? [known[0]] : method == AttributionMethods.All ? known : known.Where(word => word == method).ToArray();
        if (words.Length == 0) throw RequestException.Wrong($"There is no method of this name for this model; expected {string.Join(", ", known)}, or all.");
        var prediction = predictor.Predict(sample);
        var output = className.Length == 0 ? Math.Max(prediction.Label, 0) : OutputOf(predictor, className);
        var input = InputOf(predictor, sample);
        return new Explanation(
            predictor, prediction, input, output, [.. words.Select(word => AttributionMethods.Ask(word, model, input, output, seed: 0))]);
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject("prediction");
        _prediction.WriteTo(json);
        json.WriteEndObject();
        json.WriteString("explained", _prediction.ClassNames?[_output] ?? _predictor.Model.Table?.Target.Name ?? "value");
        var names = InputNames.Of(_predictor.Model, _input);
        if (names is not null && (ModelDescription.TakesRows(_predictor) || _predictor.Form == DataForm.Sentence))
        {
            json.WriteStartArray(_predictor.Form == DataForm.Sentence ? "words" : "inputs");
            foreach (var name in names) json.WriteStringValue(name);
            json.WriteEndArray();
        }

        if (_predictor.Form == DataForm.Picture) WritePicture(json);
        json.WriteStartObject("attributions");
        foreach (var answer in _answers)
        {
            json.WritePropertyName(answer.Word);
            EventJson.Numbers(json, answer.Values.ToArray<float>(), answer.Values.Shape.AsSpan());
        }

        json.WriteEndObject();
        if (ModelDescription.TakesRows(_predictor) && _predictor.Form == DataForm.Table) WriteColumns(json);
    }

    /// <summary>The picture as the network sees it, from 0 to 1.</summary>
    private void WritePicture(Utf8JsonWriter json)
    {
        var record = _predictor.Model.Record;
        var pixels = _input.ToArray<float>();
        for (var index = 0; index < pixels.Length; index++)
            pixels[index] = Math.Clamp((float)((pixels[index] * record.InputDeviation) + record.InputMean), 0, 1);
        json.WritePropertyName("picture");
        EventJson.Numbers(json, pixels, _input.Shape.AsSpan()[1..]);
    }

    /// <summary>By column: what a network takes of a text or a date are several numbers.</summary>
    private void WriteColumns(Utf8JsonWriter json)
    {
        var columns = _predictor.Model.Table!.Columns;
        json.WriteStartObject("columns");
        foreach (var answer in _answers)
        {
            var values = answer.Values.ToArray<float>();
            var sums = new Dictionary<string, double>(StringComparer.Ordinal);
            var at = 0;
            foreach (var column in columns)
            {
                var sum = 0.0;
                for (var index = 0; index < column.Width; index++) sum += values[at++];
                sums[column.Name] = sums.GetValueOrDefault(column.Name) + sum;
            }

            json.WriteStartObject(answer.Word);
            foreach (var (name, sum) in sums) EventJson.Real(json, name, sum);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static Tensor InputOf(Predictor predictor, PreparedSample sample)
    {
        float[] inputs = [.. sample.Inputs];
        return predictor.Form == DataForm.Sentence
            ? Tensor.From(Array.ConvertAll(inputs, static token => (int)token), [1, inputs.Length])
            : Tensor.From(inputs, [1, .. predictor.InputShape]);
    }

    private static int OutputOf(Predictor predictor, string name)
    {
        if (predictor.ClassNames is not { } classes) throw RequestException.Wrong("The model gives a value, and no classes: leave the class out.");
        for (var output = 0; output < classes.Count; output++)
        {
            if (classes[output] == name) return output;
        }

        throw RequestException.Wrong($"There is no class of this name; expected one of {string.Join(", ", classes.Take(100))}.");
    }
}
