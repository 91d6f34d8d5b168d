using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gradus.Data;
using Gradus.Formats;

namespace Gradus.Training;

/// <summary>
/// What a trained model does sample by sample: <c>evaluation.json</c> in the folder of its run. A report is made from it without the model and its data.
/// </summary>
/// <remarks>
/// Bounded, however large the data are: <see cref="MostWorst"/> samples, a matrix of <see cref="MostClassesInMatrix"/> classes, <see cref="MostPoints"/>
/// points. A number that is not finite is null.
/// </remarks>
public sealed record RunEvaluation
{
    /// <summary>The most samples of the highest loss that are kept: 24.</summary>
    public const int MostWorst = 24;

    /// <summary>The most pairs of classes of which it is told how often one was taken for the other: 24.</summary>
    public const int MostConfusions = 24;

    /// <summary>The most classes whose confusion matrix is kept: 60.</summary>
    public const int MostClassesInMatrix = 60;

    /// <summary>The most pairs of target and prediction that are kept: 2,000.</summary>
    public const int MostPoints = 2000;

    internal const string FileName = "evaluation.json";
    private const int CurrentVersion = 1;

    /// <summary>The version of the form: 1.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The samples that were measured: <c>valid</c>, or <c>test</c> where there is no validation set.</summary>
    public required string Split { get; init; }

    /// <summary>Number of samples; for text, of windows.</summary>
    public required int Samples { get; init; }

    /// <inheritdoc cref="Evaluation.Loss"/>
    public required double? Loss { get; init; }

    /// <inheritdoc cref="Evaluation.Accuracy"/>
    public double? Accuracy { get; init; }

    /// <inheritdoc cref="Evaluation.RootMeanSquaredError"/>
    [JsonPropertyName("rmse")]
    public double? RootMeanSquaredError { get; init; }

    /// <summary>The results of each class, in the order of the labels; null unless the data have classes.</summary>
    public IReadOnlyList<ClassResult>? Classes { get; init; }

    /// <summary>
    /// Number of samples for each true class (the outer list) and predicted class; null where there are more than <see cref="MostClassesInMatrix"/> classes.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<long>>? Confusion { get; init; }

    /// <summary>The pairs of classes that were taken for each other most often, the most frequent first.</summary>
    public IReadOnlyList<ConfusedPair>? Confused { get; init; }

    /// <summary>The name of a table's target; null of other data.</summary>
    public string? Target { get; init; }

    /// <summary>Targets and what was predicted for them, in the target's unit; null unless the targets are numbers.</summary>
    public IReadOnlyList<TargetPoint>? Points { get; init; }

    /// <summary>The samples of the highest loss, the highest first.</summary>
    public required IReadOnlyList<SampleResult> Worst { get; init; }

    /// <summary>Measures a model on the validation set of its data, or on the test set where there is none.</summary>
    /// <param name="model">The model. Its modes stay as they are.</param>
    /// <param name="data">The data, as the model takes them.</param>
    /// <returns>The evaluation; null where both sets are empty.</returns>
    public static RunEvaluation? Of(TrainedModel model, DataSplit data)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        return data.Validation.Count > 0 ? new SampleMeasurement(model, data.Validation).Measure("valid")
            : data.Test.Count > 0 ? new SampleMeasurement(model, data.Test).Measure("test") : null;
    }

    /// <summary>The evaluation of a run; null where its folder has none.</summary>
    /// <param name="directory">The folder of the run.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or of another version.</exception>
    public static RunEvaluation? Read(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path)) return null;
        try
        {
            var read = JsonSerializer.Deserialize(File.ReadAllText(path), RunEvaluationJson.Default.RunEvaluation) ?? throw new JsonException("it is empty");
            if (read.Version != CurrentVersion)
            {
                throw new InvalidDataException($"{path}: it has version {read.Version}; this Gradus reads version {CurrentVersion}.");
            }

            var count = read.Classes?.Count ?? 0;
            if (read.Confusion is { } matrix && (matrix.Count != count || matrix.Any(row => row is null || row.Count != count)))
            {
                throw new JsonException($"the confusion matrix is not that of {count} classes");
            }

            if (read.HasHoles) throw new JsonException("an element of a list is null");
            return read;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path}: it cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Writes the evaluation into the folder of a run.</summary>
    /// <param name="directory">The folder of the run.</param>
    /// <exception cref="IOException">The file cannot be written; one that was there before is as it was.</exception>
    public void Write(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        AtomicFile.Write(Path.Combine(directory, FileName), stream =>
        {
            using var json = new Utf8JsonWriter(stream, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            JsonSerializer.Serialize(json, this, RunEvaluationJson.Default.RunEvaluation);
        });
    }

    // What the reader of JSON does not check.
    private bool HasHoles => HasHole(Classes) || HasHole(Confused) || HasHole(Points) || HasHole(Worst)
        || Worst.Any(static sample => HasHole(sample.Targets) || HasHole(sample.Cells));

    private static bool HasHole(IEnumerable<object?>? list) => list?.Contains(null) == true;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"RunEvaluation({Split}, {Samples} samples, loss {Loss ?? double.NaN})");
}

[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunEvaluation))]
internal sealed partial class RunEvaluationJson : JsonSerializerContext;
