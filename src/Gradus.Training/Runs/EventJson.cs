using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gradus.Training;

/// <summary>Training events as lines of JSON, one object each: full precision, null for numbers that are not finite.</summary>
public static class EventJson
{
    // Lines are read by programs and people, never put into a web page unescaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The line of an event, or null for those that are not written: that a checkpoint was saved, or a run taken up, is no part of its record.
    /// </summary>
    /// <param name="happened">The event.</param>
    /// <param name="model">Where the model is saved at the end.</param>
    public static string? Of(TrainingEvent happened, string model) => happened switch
    {
        TrainingStarted start => Line(json =>
        {
            json.WriteString("event", "start");
            json.WriteNumber("parameters", start.Parameters);
            json.WriteNumber("samples", start.Samples);
            json.WriteNumber("steps", start.Steps);
        }),
        StepDone step => Line(json =>
        {
            json.WriteString("event", "step");
            json.WriteNumber("step", step.Step);
            Real(json, "loss", step.Loss);
            json.WriteNumber("lr", step.LearningRate);
            if (!double.IsNaN(step.GradientNorm)) Real(json, "gradient_norm", step.GradientNorm);
        }),
        EpochDone epoch => Line(json =>
        {
            json.WriteString("event", "epoch");
            json.WriteNumber("epoch", epoch.Epoch);
            json.WriteNumber("step", epoch.Step);
            Real(json, "train_loss", epoch.TrainLoss);
            if (epoch.Validation is { } valid) Write(json, "valid", valid);
            Real(json, "seconds", epoch.Seconds);
        }),
        NetworkExamined examined => Line(json =>
        {
            json.WriteString("event", "doctor");
            json.WriteNumber("epoch", examined.Epoch);
            json.WriteNumber("step", examined.Step);
            ExaminationJson.Write(json, examined.Examination);
        }),
        BudgetSpent spent => Line(json =>
        {
            json.WriteString("event", "budget");
            json.WriteNumber("epoch", spent.Epoch);
            json.WriteNumber("step", spent.Step);
            Real(json, "seconds", spent.Seconds);
        }),
        TrainingInterrupted interrupted => Line(json =>
        {
            json.WriteString("event", "interrupted");
            json.WriteNumber("epoch", interrupted.Epoch);
            json.WriteNumber("step", interrupted.Step);
            json.WriteString("model", model);
            Real(json, "seconds", interrupted.Seconds);
        }),
        TrainingDone done => Line(json =>
        {
            json.WriteString("event", "done");
            json.WriteNumber("best_epoch", done.BestEpoch);
            if (done.Test is { } test) Write(json, "test", test);
            else if (done.Validation is { } valid) Write(json, "valid", valid);
            WriteBaselines(json, done.Baselines);
            json.WriteString("model", model);
            Real(json, "seconds", done.Seconds);
        }),
        _ => null,
    };

    /// <summary>The line of a fold: the figures of its held-out rows.</summary>
    internal static string Of(FoldDone fold) => Line(json =>
    {
        json.WriteString("event", "fold");
        json.WriteNumber("fold", fold.Fold.Number);
        json.WriteNumber("folds", fold.Fold.Count);
        json.WriteNumber("best_epoch", fold.Done.BestEpoch);
        Write(json, "test", fold.Done.Test!);
        WriteBaselines(json, fold.Done.Baselines);
        Real(json, "seconds", fold.Done.Seconds);
    });

    /// <summary>The line that tells the figures of all folds: a mean and a standard error each.</summary>
    internal static string Of(int folds, IReadOnlyList<FoldSummary> models) => Line(json =>
    {
        json.WriteString("event", "folds");
        json.WriteNumber("folds", folds);
        json.WriteStartObject("models");
        foreach (var model in models)
        {
            json.WriteStartObject(model.Name);
            Write(json, "loss", model.Loss);
            if (model.Accuracy is { } accuracy) Write(json, "accuracy", accuracy);
            if (model.RootMeanSquaredError is { } error) Write(json, "rmse", error);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    });

    /// <summary>An object with what is written into it.</summary>
    internal static string Line(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return PlainText.OfJson(Encoding.UTF8.GetString(stream.ToArray()));
    }

    /// <summary>A number, or null if it is not finite.</summary>
    internal static void Real(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }

    /// <summary>Numbers as nested arrays of these sizes, null for those that are not finite.</summary>
    internal static void Numbers(Utf8JsonWriter json, ReadOnlySpan<float> values, ReadOnlySpan<int> sizes)
    {
        if (sizes.IsEmpty)
        {
            if (float.IsFinite(values[0])) json.WriteNumberValue(values[0]);
            else json.WriteNullValue();
            return;
        }

        json.WriteStartArray();
        var length = values.Length / sizes[0];
        for (var index = 0; index < sizes[0]; index++) Numbers(json, values.Slice(index * length, length), sizes[1..]);
        json.WriteEndArray();
    }

    private static void WriteBaselines(Utf8JsonWriter json, IReadOnlyList<Baseline> baselines)
    {
        if (baselines.Count == 0) return;
        json.WriteStartObject("baselines");
        foreach (var baseline in baselines)
        {
            json.WriteStartObject(baseline.Name);
            if (baseline.Test is { } test) Write(json, "test", test);
            else if (baseline.Validation is { } valid) Write(json, "valid", valid);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, FoldFigure figure)
    {
        Real(json, name, figure.Mean);
        Real(json, name + "_standard_error", figure.StandardError);
    }

    /// <summary>The figures of an evaluation, each name beginning with the split's.</summary>
    private static void Write(Utf8JsonWriter json, string split, Evaluation evaluation)
    {
        Real(json, split + "_loss", evaluation.Loss);
        if (evaluation.Accuracy is { } accuracy) Real(json, split + "_accuracy", accuracy);
        if (evaluation.RootMeanSquaredError is { } error) Real(json, split + "_rmse", error);
        if (evaluation.MeanSquaredError is { } square) Real(json, split + "_mse", square);
        foreach (var (name, value) in evaluation.Metrics) Real(json, $"{split}_{name}", value);
    }
}
