using System.CommandLine;
using System.Text.Json;
using Gradus.Cli.Output;
using Gradus.Data;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <content>The recipe of a run: every option with its default resolved.</content>
internal static partial class TrainCommand
{
    // Each option under its flag's name, so that the recipe can be read as a command line.
    private static string RecipeOf(
        ParseResult parsed, TrainedModel? start, DataSource source, ModelSpec spec, DataOptions data, TaskKind task, TrainingOptions training,
        AugmentationPlan augmentation) => JsonLine.Of(json =>
    {
        json.WriteString("gradus", typeof(Tensor).Assembly.GetName().Version!.ToString(3));
        json.WriteString("data", source.Word);
        if (parsed.GetValue(From) is { } model) json.WriteString("from", model);
        if (start is null && spec is not OnnxSpec) json.WriteString("model", spec.Text);
        if (start is null && spec.Dropout is { } share) json.WriteNumber("dropout", share);
        WriteWords(json, "rename", parsed.GetValue(Rename) ?? []);
        if (parsed.GetValue(Partial)) json.WriteBoolean("partial", true);
        if (source.HasOwnTest) json.WriteString("data_dir", source.Path);
        if (source.Query is { } query) json.WriteString("query", query);
        if (data.Target is not null) json.WriteString("target", data.Target);
        if (source.IsTable)
        {
            json.WriteString("task", Flags.Word(task));
            if (data.TargetTransform != TargetTransform.None) json.WriteString("target_transform", Flags.Word(data.TargetTransform));
            json.WriteString("header", Flags.Word(data.Header));
            json.WriteString("missing", Flags.Word(data.Missing));
            WriteReading(json, data);
        }

        if (source.Kind == DataKind.Pictures) WritePictures(json, data);
        WriteWords(json, "augment", augmentation.Words);
        if (parsed.GetValue(TokenizerChoice) is { } tokenizer) json.WriteString("tokenizer", tokenizer);
        if (data.ValidationShare is { } valid) json.WriteNumber("valid", valid);
        if (data.TestShare is { } test) json.WriteNumber("test", test);
        if (parsed.GetValue(Folds) is { } folds) json.WriteNumber("folds", folds);
        if (training.Steps is { } steps) json.WriteNumber("steps", steps);
        else json.WriteNumber("epochs", training.Epochs);
        json.WriteNumber("batch_size", training.BatchSize);
        json.WriteString("optimizer", Flags.Word(training.Optimizer));
        json.WriteNumber("lr", training.Rate);
        json.WriteString("schedule", Flags.Word(training.Schedule));
        if (training.Optimizer == OptimizerKind.Sgd) json.WriteNumber("momentum", training.Momentum);
        if (training.WeightDecay is { } decay) json.WriteNumber("weight_decay", decay);
        json.WriteNumber("seed", training.Seed);
        if (training.ClipNorm is { } norm) json.WriteNumber("clip_norm", norm);
        if (training.GradientNormEvery is { } norms) json.WriteNumber("gradient_norm_every", norms);
        if (training.BalanceClasses) json.WriteString("class_weights", "balanced");
        if (training.Patience is { } patience) json.WriteNumber("patience", patience);
        if (training.Budget?.Time is { } budget) json.WriteString("budget", CommandOptions.Word(budget));
        WriteWords(json, "freeze", training.Freeze);
        WriteTuning(json, parsed);
        if (training.DoctorEvery is { } doctor) json.WriteNumber("doctor_every", doctor);
        if (training.Shards > 1) json.WriteNumber("shards", training.Shards);
        if (training.SyncBatchNorm) json.WriteBoolean("sync_batchnorm", true);
        if (parsed.GetValue(HalfExchange)) json.WriteBoolean("half_exchange", true);
        json.WriteNumber("threads", Compute.Threads);
    });

    private static void WritePictures(Utf8JsonWriter json, DataOptions data)
    {
        var defaults = new PictureOptions();
        json.WriteString("size", (data.PictureSize ?? defaults.Size).ToString());
        json.WriteNumber("channels", data.PictureChannels ?? defaults.Channels);
        json.WriteString("resize", Flags.Word(data.PictureResize ?? defaults.Resize));
        if (data.MaxPixels is { } most) json.WriteNumber("max_pixels", most);
        if (data.SkipUnreadable) json.WriteBoolean("skip_unreadable", true);
    }

    // What the user says of a table's cells, in the words of the options.
    private static void WriteReading(Utf8JsonWriter json, DataOptions data)
    {
        WriteWords(json, "ignore", data.Ignore);
        string[] orders = [.. data.Orders.Select(static told => ToldColumn.WordOf(told.Key, told.Value))];
        WriteWords(json, "column", [.. data.Kinds.Select(static told => $"{told.Key}={Flags.Word(told.Value)}"), .. orders]);
        if (data.Decimal != DecimalMark.Auto) json.WriteString("decimal", Flags.Word(data.Decimal));
        if (data.Dates != DateOrder.Auto) json.WriteString("dates", Flags.Word(Flags.DateOrders, data.Dates));
        if (data.Delimiter is { } delimiter) json.WriteString("delimiter", Flags.Word(Flags.Delimiters, delimiter));
        if (data.MaxCategories is { } most) json.WriteNumber("categories", most);
        if (data.Audit) json.WriteBoolean("audit", true);
        if (data.Window is { } window) json.WriteNumber("window", window);
        if (data.Horizon is { } horizon) json.WriteNumber("horizon", horizon);
        if (data.Text is { } text) json.WriteString("text", text);
        if (data.MaxWords is { } words) json.WriteNumber("words", words);
        if (data.Length is { } length) json.WriteNumber("length", length);
    }

    // What of a trained model is trained further, in the words that were given.
    private static void WriteTuning(Utf8JsonWriter json, ParseResult parsed)
    {
        WriteWords(json, "unfreeze", parsed.GetValue(Unfreeze) ?? []);
        WriteWords(json, "rate_of", parsed.GetValue(RateOf) ?? []);
        if (parsed.GetValue(LayerDecay) is { } decay) json.WriteNumber("layer_decay", decay);
        if (parsed.GetValue(LoraRank) is not { } rank) return;
        json.WriteNumber("lora", rank);
        if (parsed.GetValue(LoraAlpha) is { } alpha) json.WriteNumber("lora_alpha", alpha);
        WriteWords(json, "lora_layers", parsed.GetValue(LoraLayers) ?? []);
        WriteWords(json, "lora_also", parsed.GetValue(LoraAlso) ?? []);
        if (parsed.GetValue(Dora)) json.WriteBoolean("dora", true);
    }

    private static void WriteWords(Utf8JsonWriter json, string name, IReadOnlyList<string> words)
    {
        if (words.Count == 0) return;
        json.WriteStartArray(name);
        foreach (var word in words) json.WriteStringValue(word);
        json.WriteEndArray();
    }
}
