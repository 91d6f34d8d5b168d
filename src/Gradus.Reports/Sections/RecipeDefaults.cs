using System.Globalization;
using Gradus.Data;
using Gradus.Training;

namespace Gradus.Reports;

/// <summary>Which options of a recipe are those that are taken where nothing is said. A recipe has them all written out.</summary>
internal static class RecipeDefaults
{
    private const int TextSteps = 2500;

    /// <summary>Whether an option has the value that it has where nothing is said.</summary>
    public static bool Holds(ReportedRun run, string option, string value) => DefaultOf(run, option) is { } usual && usual == value;

    private static string? DefaultOf(ReportedRun run, string option)
    {
        var isText = run.Option("data")?.StartsWith("text:", StringComparison.Ordinal) == true;
        switch (option)
        {
            case "data":
                return "digits";
            case "model":
                if (isText) return ModelSpec.Parse("gpt").Text;
                if (DimensionsOf(run) > 1) return "mlp:256,128";
                return IsTable(run) && run.Option("text") is null ? ModelSpec.Parse("table").Text : "mlp:64,32";
            case "seed":
                return "0";
            case "gradient_norm_every":
                return "10";
            case "header":
                return "auto";
            case "missing":
                return "fill";
            case "size":
                return new PictureOptions().Size.ToString();
            case "channels":
                return Text(new PictureOptions().Channels);
            case "resize":
                return new PictureOptions().Resize.ToString().ToLowerInvariant();
            case "dropout":
                if (run.Option("text") is not null) return Text(ModelSpec.SentenceDropout);
                return run.Option("model")?.StartsWith("table", StringComparison.Ordinal) == true ? Text(ModelSpec.TableDropout) : null;
            // What is learned from a table follows from it where nothing is said, and the recipe does not tell which it was.
            case "task":
                return run.Option("task");
        }

        if (Training(run) is not { } usual) return null;
        return option switch
        {
            "steps" when isText => Text(usual.Steps ?? TextSteps),
            "steps" => usual.Steps is { } steps ? Text(steps) : null,
            "epochs" => Text(usual.Epochs),
            "batch_size" => Text(usual.BatchSize),
            "optimizer" => Text(usual.Optimizer),
            "lr" => Text(usual.Rate),
            "schedule" => Text(usual.Schedule),
            "momentum" => Text(usual.Momentum),
            "patience" => usual.Patience is { } patience ? Text(patience) : null,
            "weight_decay" => usual.WeightDecay is { } decay ? Text(decay) : null,
            _ => null,
        };
    }

    /// <summary>The training that the model recommends; null where the recipe names none.</summary>
    private static TrainingOptions? Training(ReportedRun run)
    {
        try
        {
            var samples = run.Data is { } data && !double.IsNaN(data["train"]) ? (int)data["train"] : (int)run.Record.Samples;
            return run.Option("model") is { } model ? ModelSpec.Parse(model).DefaultOptions(samples) : null;
        }
        catch (FormatException)
        {
            // A model of a later version.
            return null;
        }
    }

    private static bool IsTable(ReportedRun run) =>
        run.Option("data") is { } data && ((string[])["csv:", "jsonl:", "parquet:", "sqlite:"]).Any(kind => data.StartsWith(kind, StringComparison.Ordinal));

    private static int DimensionsOf(ReportedRun run) =>
        run.Data is { } data && data.Json.TryGetProperty("input_shape", out var shape) && shape.ValueKind == System.Text.Json.JsonValueKind.Array
            ? shape.GetArrayLength() : 1;

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture).ToLowerInvariant();
}
