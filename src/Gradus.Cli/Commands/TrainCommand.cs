using System.CommandLine;
using System.Text.Json;
using Gradus.Cli.Output;
using Gradus.Data;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus train</c>: trains a network on data and writes it to a folder.</summary>
internal static class TrainCommand
{
    private const int DefaultContext = 64;
    private const int DefaultTextSteps = 2500;

    private static readonly Argument<string?> Data = new("DATA")
    {
        Description = $"{CommandOptions.DataDescription} Default: digits.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Model = new("--model")
    {
        Description = $"The architecture, one of {ModelSpec.KnownWords}, with sizes of your own. " +
            "Default: gpt:4,4,128,64 for text, mlp:256,128 for pictures, else mlp:64,32.",
        HelpName = "SPEC",
    };

    private static readonly Option<string?> DataDirectory = CommandOptions.DataDirectory();
    private static readonly Option<string?> Query = CommandOptions.Query();

    private static readonly Option<string?> Target = new("--target")
    {
        Description = "A table's target column: its name, else its number from 0. Default: the last.",
        HelpName = "COLUMN",
    };

    private static readonly Option<TaskKind?> Task = CommandOptions.Choice(
        "--task", "What to learn from a table. Default: classify if the target is text or whole numbers of at most 20 values.",
        ("classify", TaskKind.Classify), ("regress", TaskKind.Regress));

    private static readonly Option<HeaderKind?> Header = CommandOptions.Choice(
        "--header", "Whether a table's first row names its columns. Default: auto.",
        ("auto", HeaderKind.Auto), ("yes", HeaderKind.Yes), ("no", HeaderKind.No));

    private static readonly Option<MissingValues?> Missing = CommandOptions.Choice(
        "--missing", "What happens to a table's missing cells. Default: fill.",
        ("fill", MissingValues.Fill), ("drop", MissingValues.Drop), ("error", MissingValues.Error));

    private static readonly Option<string[]> Ignore = new("--ignore")
    {
        Description = "A table's column to leave out: its name, else its number. May be given several times.",
        HelpName = "COLUMN",
    };

    private static readonly Option<string[]> Column = new("--column")
    {
        Description = "What a table's column holds, where it is not to be decided from its content: number, text or date. "
            + "Cells that are none are then missing. May be given several times.",
        HelpName = "COLUMN=KIND",
    };

    private static readonly Option<DecimalMark?> Decimal = CommandOptions.Choice(
        "--decimal", "What stands before the decimals of a table's numbers. Default: decided from the content.",
        ("point", DecimalMark.Point), ("comma", DecimalMark.Comma));

    private static readonly Option<DateOrder?> Dates = CommandOptions.Choice(
        "--dates", "The order of day, month and year in a table's dates. Default: decided from the content.", Flags.DateOrders);

    private static readonly Option<char?> Delimiter = CommandOptions.Choice(
        "--delimiter", "What separates a table's cells. Default: found out.", Flags.Delimiters);

    private static readonly Option<int?> Categories = CommandOptions.Whole(
        "--categories", "The most different texts that a table's column may have, each of which becomes an input. Default: 100.", 1, 10_000);

    private static readonly Option<bool> Audit = new("--audit")
    {
        Description = "Say what is doubtful about a table: rows in several parts, leaking or constant columns, imbalance, missing values.",
    };

    private static readonly Option<int?> Window = CommandOptions.Whole(
        "--window", "Forecast a time series: so many rows of a table, in the order of time, say the --target after them. Split by time.", 1, 10_000);

    private static readonly Option<int?> Horizon = CommandOptions.Whole(
        "--horizon", "How many rows after a --window the forecast is for. Default: 1.", 1, 10_000);

    private static readonly Option<double?> Valid = CommandOptions.Real(
        "--valid", "Share of the samples for validation; of a text its end. Default: 0.1, at most 5,000 pictures of mnist.", 0, 1, "FRACTION");

    private static readonly Option<double?> Test = CommandOptions.Real(
        "--test", "Share of the samples for the test. Default: 0.1, or the data's own test set; a text has none.", 0, 1, "FRACTION");

    private static readonly Option<int?> Epochs = CommandOptions.Whole(
        "--epochs", "Passes over the training data. Default: 10, more for small data; of text see --steps.", 1);

    private static readonly Option<int?> Steps = CommandOptions.Whole("--steps", "Optimizer steps in all, instead of --epochs. Default for text: 2500.", 1);

    private static readonly Option<int?> BatchSize = CommandOptions.Whole(
        "--batch-size", "Samples in a step, of text windows. Default: 64, or 16 for small data, or 32 with gpt.", 1);

    private static readonly Option<OptimizerKind?> Optimizer = CommandOptions.Choice(
        "--optimizer", "What makes the steps. Default: adamw.",
        ("sgd", OptimizerKind.Sgd), ("adam", OptimizerKind.Adam), ("adamw", OptimizerKind.AdamW));

    private static readonly Option<double?> LearningRate = CommandOptions.Real("--lr", "Learning rate at its highest. Default: 0.001, or 0.1 with sgd.", 0);

    private static readonly Option<ScheduleKind?> Schedule = CommandOptions.Choice(
        "--schedule", "How the learning rate changes. Default: cosine, after a short warm-up.",
        ("cosine", ScheduleKind.Cosine), ("onecycle", ScheduleKind.OneCycle), ("constant", ScheduleKind.Constant));

    private static readonly Option<double?> Momentum = CommandOptions.Real("--momentum", "Momentum, with --optimizer sgd only. Default: 0.9.", 0, 1);

    private static readonly Option<double?> WeightDecay = CommandOptions.Real(
        "--weight-decay", "What draws the weights towards zero, biases and norms left out. Default: 0.01 with adamw, else 0.", 0);

    private static readonly Option<int?> Seed = CommandOptions.Whole("--seed", "Everything random follows from it. Default: 0.", 0);

    private static readonly Option<bool> Doctor = new("--doctor")
    {
        Description = "Examine the network before the first step and after each epoch, and say what is wrong. The training is the same.",
    };

    private static readonly Option<int?> DoctorEvery = CommandOptions.Whole("--doctor-every", "Examine it after every so many epochs.", 1);
    private static readonly Option<int?> Threads = CommandOptions.Threads();
    private static readonly Option<string?> Out = new("--out") { Description = "Where to write. Default: a fresh folder under runs/.", HelpName = "DIR" };
    private static readonly Option<bool> Overwrite = new("--overwrite") { Description = "Replace a run that the folder of --out holds already." };
    private static readonly Option<bool> Json = CommandOptions.Json();

    public static Command Create()
    {
        var command = new Command("train", "Train a network on data and save it.")
        {
            Data, Model, DataDirectory, Query, Target, Task, Header, Missing, Ignore, Column, Decimal, Dates, Delimiter, Categories,
            Audit, Window, Horizon, Valid, Test, Epochs, Steps, BatchSize, Optimizer, LearningRate, Schedule, Momentum, WeightDecay, Seed, Doctor,
            DoctorEvery, Threads, Out, Overwrite, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        if (parsed.GetValue(Epochs) is not null && parsed.GetValue(Steps) is not null) throw new UsageException("--epochs and --steps exclude each other.");
        if (parsed.GetValue(Momentum) is not null && parsed.GetValue(Optimizer) != OptimizerKind.Sgd)
        {
            throw new UsageException("--momentum is a setting of sgd alone: add --optimizer sgd, or leave it out.");
        }

        if (parsed.GetValue(Out) is "") throw new UsageException("--out: the folder's name is empty.");
        var source = CommandOptions.ReadSource(parsed.GetValue(Data) ?? "digits", parsed.GetValue(DataDirectory), parsed.GetValue(Query));
        var spec = parsed.GetValue(Model) is { } word ? CommandOptions.Usage(() => ModelSpec.Parse(word)) : null;
        CommandOptions.SetThreads(parsed.GetValue(Threads));

        var dataOptions = new DataOptions
        {
            Seed = parsed.GetValue(Seed) ?? 0,
            ValidationShare = parsed.GetValue(Valid),
            TestShare = parsed.GetValue(Test),
            Target = parsed.GetValue(Target),
            Task = parsed.GetValue(Task) ?? TaskKind.Auto,
            Header = parsed.GetValue(Header) ?? HeaderKind.Auto,
            Missing = parsed.GetValue(Missing) ?? MissingValues.Fill,
            Ignore = parsed.GetValue(Ignore) ?? [],
            Kinds = (parsed.GetValue(Column) ?? []).Select(ReadColumn).GroupBy(static told => told.Name, StringComparer.Ordinal)
                .ToDictionary(static told => told.Key, static told => told.Last().Kind, StringComparer.Ordinal),
            Decimal = parsed.GetValue(Decimal) ?? DecimalMark.Auto,
            Dates = parsed.GetValue(Dates) ?? DateOrder.Auto,
            Delimiter = parsed.GetValue(Delimiter),
            MaxCategories = parsed.GetValue(Categories),
            Audit = parsed.GetValue(Audit),
            Window = parsed.GetValue(Window),
            Horizon = parsed.GetValue(Horizon),
            Context = spec?.Context ?? DefaultContext,
        };
        var loaded = CommandOptions.Usage(() => LoadedData.Load(source, dataOptions));
        spec ??= loaded.Split.Train.IsText ? ModelSpec.Parse("gpt") : loaded.Split.Train.InputShape.Count > 1 ? ModelSpec.Mlp(256, 128) : ModelSpec.Mlp(64, 32);
        var (model, data) = CommandOptions.Usage(() => TrainedModel.Prepare(spec, source, dataOptions, loaded));
        var options = ReadTrainingOptions(
            parsed, spec.DefaultOptions(loaded.Split.Train.Count, parsed.GetValue(BatchSize)), loaded.Split.Train.IsText ? DefaultTextSteps : null);
        using var folder = RunFolder.Create(parsed.GetValue(Out), source.KindName, parsed.GetValue(Overwrite));
        ITrainingOutput output = parsed.GetValue(Json) ? new JsonOutput(folder.ModelPath) : Console.IsOutputRedirected ? new PlainOutput() : new LiveOutput();
        output.Begin(loaded, spec);
        folder.Write(JsonLine.Of(loaded));

        using var stop = new StopSignals();
        var trainer = new Trainer(model.Network, data, options, model.TargetDeviation);
        TrainingEvent? last = null;
        foreach (var happened in output.Show(Noted()))
        {
            last = happened;
        }

        output.End(last!, folder.ModelPath);
        return last is TrainingInterrupted ? stop.ExitCode : 0;

        // Noted before it is shown: who reads "done" finds the files.
        IEnumerable<TrainingEvent> Noted()
        {
            foreach (var happened in trainer.Run(stop.Token))
            {
                if (JsonLine.Of(happened, folder.ModelPath) is { } line) folder.Write(line);
                if (happened is TrainingDone or TrainingInterrupted)
                {
                    folder.Keep(model, Config(source, spec, dataOptions, options), ReconstructionPicture.Of(model, data));
                }

                yield return happened;
            }
        }
    }

    private static (string Name, ColumnKind Kind) ReadColumn(string told)
    {
        var at = told.LastIndexOf('=');
        var kind = told[(at + 1)..] switch { "number" => ColumnKind.Number, "text" => ColumnKind.Text, "date" => ColumnKind.Date, _ => (ColumnKind?)null };
        return at > 0 && kind is { } known ? (told[..at], known)
            : throw new UsageException($"--column: '{PlainText.Quote(told)}' is not COLUMN=number, COLUMN=text or COLUMN=date.");
    }

    /// <param name="parsed">What the user says.</param>
    /// <param name="defaults">What is done otherwise.</param>
    /// <param name="steps">Steps where neither says anything of them: passes over a long text may take days.</param>
    private static TrainingOptions ReadTrainingOptions(ParseResult parsed, TrainingOptions defaults, int? steps)
    {
        var optimizer = parsed.GetValue(Optimizer) ?? defaults.Optimizer;
        // A rate and a decay that suit one optimizer do not suit another.
        var sameOptimizer = optimizer == defaults.Optimizer;
        return defaults with
        {
            Epochs = parsed.GetValue(Epochs) ?? defaults.Epochs,
            Steps = parsed.GetValue(Steps) ?? (parsed.GetValue(Epochs) is null ? defaults.Steps ?? steps : null),
            Optimizer = optimizer,
            LearningRate = parsed.GetValue(LearningRate) ?? (sameOptimizer ? defaults.LearningRate : null),
            Schedule = parsed.GetValue(Schedule) ?? defaults.Schedule,
            Momentum = parsed.GetValue(Momentum) ?? defaults.Momentum,
            WeightDecay = parsed.GetValue(WeightDecay) ?? (sameOptimizer ? defaults.WeightDecay : null),
            Seed = parsed.GetValue(Seed) ?? 0,
            DoctorEvery = parsed.GetValue(DoctorEvery) ?? (parsed.GetValue(Doctor) ? 1 : null),
        };
    }

    private static string Config(DataSource source, ModelSpec spec, DataOptions data, TrainingOptions training) => JsonLine.Of(json =>
    {
        json.WriteString("data", source.Word);
        json.WriteString("model", spec.Text);
        if (source.HasOwnTest) json.WriteString("data_dir", source.Path);
        if (source.Query is { } query) json.WriteString("query", query);
        if (data.Target is not null) json.WriteString("target", data.Target);
        if (source.IsTable)
        {
            json.WriteString("task", Flags.Word(data.Task));
            json.WriteString("header", Flags.Word(data.Header));
            json.WriteString("missing", Flags.Word(data.Missing));
            WriteReading(json, data);
        }

        if (data.ValidationShare is { } valid) json.WriteNumber("valid", valid);
        if (data.TestShare is { } test) json.WriteNumber("test", test);
        if (training.Steps is { } steps) json.WriteNumber("steps", steps);
        else json.WriteNumber("epochs", training.Epochs);
        json.WriteNumber("batch_size", training.BatchSize);
        json.WriteString("optimizer", Flags.Word(training.Optimizer));
        if (training.LearningRate is { } rate) json.WriteNumber("lr", rate);
        json.WriteString("schedule", Flags.Word(training.Schedule));
        json.WriteNumber("momentum", training.Momentum);
        if (training.WeightDecay is { } decay) json.WriteNumber("weight_decay", decay);
        json.WriteNumber("seed", training.Seed);
        json.WriteNumber("threads", Compute.Threads);
    });

    // What the user says of a table's cells, in the words of the options.
    private static void WriteReading(Utf8JsonWriter json, DataOptions data)
    {
        WriteWords(json, "ignore", data.Ignore);
        WriteWords(json, "column", [.. data.Kinds.Select(static told => $"{told.Key}={Flags.Word(told.Value)}")]);
        if (data.Decimal != DecimalMark.Auto) json.WriteString("decimal", Flags.Word(data.Decimal));
        if (data.Dates != DateOrder.Auto) json.WriteString("dates", Flags.Word(Flags.DateOrders, data.Dates));
        if (data.Delimiter is { } delimiter) json.WriteString("delimiter", Flags.Word(Flags.Delimiters, delimiter));
        if (data.MaxCategories is { } most) json.WriteNumber("categories", most);
        if (data.Window is { } window) json.WriteNumber("window", window);
        if (data.Horizon is { } horizon) json.WriteNumber("horizon", horizon);
    }

    private static void WriteWords(Utf8JsonWriter json, string name, IReadOnlyList<string> words)
    {
        if (words.Count == 0) return;
        json.WriteStartArray(name);
        foreach (var word in words) json.WriteStringValue(word);
        json.WriteEndArray();
    }
}
