using System.Text;
using System.Text.Json;
using Gradus.Onnx;

namespace Gradus.Training;

/// <summary>Saves trained models as ONNX files that take samples as they are: what was learnt of the data for preparing them is in the graph.</summary>
public static class TrainedModelOnnx
{
    /// <summary>Where the model's word stands in the metadata of a file that has all that samples go through.</summary>
    internal const string ModelKey = "gradus.model";

    /// <summary>Saves a model with all that its samples go through.</summary>
    /// <remarks>
    /// A model of a table takes <c>numbers</c>, f64 [batch, columns of numbers], NaN standing for a missing one, and <c>texts</c>, strings
    /// [batch, columns of texts], an empty one standing for a missing one; either is left out where there are no such columns. Their names, in this order, are
    /// the metadata <c>gradus.numbers</c> and <c>gradus.texts</c>, as JSON. A text has to be written as it was when the model was trained; an unknown one is
    /// none of those known. Other models take what their network takes: pictures as numbers from 0 to 1, sentences and texts as tokens. A classifier gives
    /// <c>probabilities</c>, whose classes are the metadata <c>gradus.classes</c>; a model of numbers gives <c>prediction</c>, in the units of the data; an
    /// autoencoder <c>reconstruction</c>; a model of text <c>logits</c>.
    /// </remarks>
    /// <param name="model">The model.</param>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="options">How; by default opset 17, for batches of any size.</param>
    /// <exception cref="GradusException">An operator cannot be written at this opset; it is named with its module, and no file is written.</exception>
    public static void SaveOnnx(this TrainedModel model, string path, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new OnnxExportOptions();
        var samples = SamplesOf(model);
        options = options with
        {
            InputNames = options.InputNames ?? samples?.InputNames,
            OutputNames = options.OutputNames ?? [OutputOf(model)],
            Metadata = [.. options.Metadata, .. Words(model, samples)],
        };
        OnnxExport.Save(
            model.Network, inputs => [model.RunExported(inputs)], path, samples?.Examples() ?? [model.SampleOfZeros()], options,
            samples is { Texts.Count: > 0 } ? samples.TakeTexts : null);
    }

    /// <summary>Saves the network of a model alone: what was prepared goes in, and what the network gives comes out as it is.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="options">How; by default opset 17, for batches of any size.</param>
    /// <exception cref="GradusException">An operator cannot be written at this opset; it is named with its module, and no file is written.</exception>
    public static void SaveNetworkOnnx(this TrainedModel model, string path, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Network.SaveOnnx(path, model.SampleOfZeros(), options);
    }

    /// <summary>What a file of <see cref="SaveOnnx"/> gives for its inputs, texts being places among the categories.</summary>
    internal static Tensor RunExported(this TrainedModel model, Tensor[] inputs) =>
        Finish(model, model.Network.Forward(SamplesOf(model)?.Prepare(inputs) ?? Standardize(model, inputs[0])));

    // Sentences are taken as tokens.
    private static TableGraph? SamplesOf(TrainedModel model) => model.Table is { Words: null } table ? new TableGraph(table) : null;

    private static string OutputOf(TrainedModel model) => model switch
    {
        { Reconstructs: true } => "reconstruction",
        { Record.IsText: true } => "logits",
        { Record.ClassNames: not null } => "probabilities",
        _ => "prediction",
    };

    private static Tensor Standardize(TrainedModel model, Tensor input) => model.Record is { InputMean: 0, InputDeviation: 1 }
        ? input
        : (input - model.Record.InputMean) / model.Record.InputDeviation;

    private static Tensor Finish(TrainedModel model, Tensor output) => model.Record.IsText ? output : model.Predictions(output);

    private static IEnumerable<KeyValuePair<string, string>> Words(TrainedModel model, TableGraph? samples)
    {
        yield return new(ModelKey, model.Record.Model);
        if (model.Record.ClassNames is { } classes) yield return new("gradus.classes", Json(classes));
        if (model.Table?.Words is { } words) yield return new("gradus.words", Json(words.Words));
        if (samples is null) yield break;
        if (!model.Reconstructs) yield return new("gradus.target", model.Table!.Target.Name);
        if (samples.Numbers.Count > 0) yield return new("gradus.numbers", Json(samples.Numbers.Select(static column => column.Title)));
        if (samples.Texts.Count > 0) yield return new("gradus.texts", Json(samples.Texts.Select(static column => column.Title)));
    }

    private static string Json(IEnumerable<string> texts)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            foreach (var text in texts) writer.WriteStringValue(text);
            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
