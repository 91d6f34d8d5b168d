using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Gradus.Cli.Output;
using Gradus.Data;
using Gradus.Formats;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus train</c>: trains a network on data and writes it to a folder.</summary>
internal static partial class TrainCommand
{
    private const int DefaultContext = 64;
    private const int DefaultTextSteps = 2500;
    private const int DefaultGradientNormEvery = 10;

    public static Command Create()
    {
        var command = new Command("train", "Train a network on data and save it.")
        {
            Data, Model, DataDirectory, Query, Target, Task, Header, Missing, Ignore, Column, Decimal, Dates, Delimiter, Categories,
            Audit, Window, Horizon, Size, Channels, Resize, MaxPixels, SkipUnreadable, Valid, Test,
            Dropout, Epochs, Steps, BatchSize, Optimizer, LearningRate, Schedule, Momentum, WeightDecay, Seed, ClipNorm, GradientNormEvery, Patience,
            Budget, From, Freeze, Doctor, DoctorEvery, CheckpointEvery, Keep, Resume, Threads, Out, Overwrite, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (parsed.GetValue(Resume) is { } run)
        {
            if (parsed.GetValue(Data) is not null) throw new UsageException("--resume: the run's data are its own; leave DATA out.");
            return Train(Recipe.Read(command, parsed, RunFolder.ReadRecipe(run), Path.Combine(run, "run.json")), run);
        }

        return Recipe.Is(parsed.GetValue(Data))
            ? Train(Recipe.Read(command, parsed, File.ReadAllText(parsed.GetValue(Data)!), parsed.GetValue(Data)!))
            : Train(parsed);
    }

    /// <param name="parsed">What the user says, or the recipe of a run.</param>
    /// <param name="resumed">The folder of the run that goes on; null for a new one.</param>
    private static int Train(ParseResult parsed, string? resumed = null)
    {
        if (parsed.GetValue(Epochs) is not null && parsed.GetValue(Steps) is not null) throw new UsageException("--epochs and --steps exclude each other.");
        if (parsed.GetValue(Momentum) is not null && parsed.GetValue(Optimizer) != OptimizerKind.Sgd)
        {
            throw new UsageException("--momentum is a setting of sgd alone: add --optimizer sgd, or leave it out.");
        }

        if (parsed.GetValue(Out) is "") throw new UsageException("--out: the folder's name is empty.");
        foreach (var option in (Option[])[Model, Dropout])
        {
            if (parsed.GetValue(From) is null || parsed.GetResult(option) is null) continue;
            throw new UsageException($"--from and {option.Name} exclude each other: the architecture is the model's.");
        }

        var checkpoints = ReadCheckpoints(parsed);
        var source = CommandOptions.ReadSource(parsed.GetValue(Data) ?? "digits", parsed.GetValue(DataDirectory), parsed.GetValue(Query));
        var start = parsed.GetValue(From) is { } file ? TrainedModel.Load(file) : null;
        var spec = start is not null ? start.Record.ReadSpec() : parsed.GetValue(Model) is { } word ? CommandOptions.Usage(() => ModelSpec.Parse(word)) : null;
        CommandOptions.SetThreads(parsed.GetValue(Threads));
        var dataOptions = ReadDataOptions(parsed, spec);
        var loaded = CommandOptions.Usage(() => LoadedData.Load(source, dataOptions));
        spec ??= loaded.Split.Train.IsText ? ModelSpec.Parse("gpt") : loaded.Split.Train.InputShape.Count > 1 ? ModelSpec.Mlp(256, 128) : ModelSpec.Mlp(64, 32);
        if (parsed.GetValue(Dropout) is { } share) spec = CommandOptions.Usage(() => spec.WithDropout(share));
        var (model, data) = start is not null
            ? (start, start.LoadSplit(source))
            : CommandOptions.Usage(() => TrainedModel.Prepare(spec, source, dataOptions, loaded));
        var options = ReadTrainingOptions(
            parsed, spec.DefaultOptions(loaded.Split.Train.Count, parsed.GetValue(BatchSize)), loaded.Split.Train.IsText ? DefaultTextSteps : null);
        model.Network.Train();
        var trainer = new Trainer(model.Network, data, options, model.TargetDeviation);
        var first = JsonLine.Of(loaded);
        var task = loaded.Split.Train.ClassNames is null ? TaskKind.Regress : TaskKind.Classify;
        var recipe = Config(parsed, source, spec, dataOptions, task, options);
        IReadOnlyList<string> damaged = [];
        using var folder = resumed is not null
            ? RunFolder.Resume(resumed, trainer, out damaged, first)
            : RunPlace.Create(parsed.GetValue(Out), source.KindName, recipe, parsed.GetValue(Overwrite));
        folder.Model = model.Record;
        ITrainingOutput output = parsed.GetValue(Json) ? new JsonOutput(folder.ModelPath) : Console.IsOutputRedirected ? new PlainOutput() : new LiveOutput();
        output.Begin(loaded, spec);
        foreach (var fault in damaged) Console.Error.WriteLine(PlainText.OfLines($"gradus: {fault} The checkpoint before it is taken."));
        if (resumed is null) folder.Note(first);

        using var stop = new StopSignals();
        TrainingEvent? last = null;
        try
        {
            foreach (var happened in output.Show(Kept()))
            {
                if (happened is TrainingDone or TrainingInterrupted) last = happened;
            }
        }
        catch (TrainingException)
        {
            ReportCommand.Write(folder, evaluation: null);
            throw;
        }

        output.End(last!, folder.ModelPath);
        return last is TrainingInterrupted ? stop.ExitCode : 0;

        // Kept before it is shown: who reads "done" finds the files.
        IEnumerable<TrainingEvent> Kept()
        {
            foreach (var happened in folder.Record(trainer, checkpoints, stop.Token))
            {
                if (happened is TrainingDone or TrainingInterrupted)
                {
                    AtomicFile.Write(folder.ModelPath, model.Save);
                    if (ReconstructionPicture.Of(model, data) is { } picture)
                    {
                        AtomicFile.Write(Path.Combine(folder.Path, "reconstructions.png"), stream => stream.Write(picture));
                    }
                }

                if (happened is TrainingDone or TrainingInterrupted) ReportCommand.Write(folder, RunEvaluation.Of(model, data));
                yield return happened;
            }
        }
    }

    private static DataOptions ReadDataOptions(ParseResult parsed, ModelSpec? spec) => new()
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
        PictureSize = parsed.GetValue(Size),
        PictureChannels = parsed.GetValue(Channels),
        PictureResize = parsed.GetValue(Resize),
        MaxPixels = parsed.GetValue(MaxPixels),
        SkipUnreadable = parsed.GetValue(SkipUnreadable),
        Context = spec?.Context ?? DefaultContext,
    };

    /// <exception cref="UsageException">It is neither steps nor minutes.</exception>
    private static CheckpointOptions ReadCheckpoints(ParseResult parsed)
    {
        var options = new CheckpointOptions { Keep = parsed.GetValue(Keep) ?? 2 };
        if (parsed.GetValue(CheckpointEvery) is not { } every) return options;
        var isMinutes = every.EndsWith('m');
        var number = isMinutes ? every[..^1] : every;
        if (isMinutes && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var minutes) && minutes is > 0 and < 1e6)
        {
            return options with { Every = TimeSpan.FromMinutes(minutes) };
        }

        if (!isMinutes && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var steps) && steps > 0)
        {
            return options with { EverySteps = steps };
        }

        throw new UsageException($"--checkpoint-every: '{PlainText.Quote(every)}' is neither a number of steps (500) nor of minutes (10m).");
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
            ClipNorm = parsed.GetValue(ClipNorm),
            GradientNormEvery = parsed.GetValue(GradientNormEvery) ?? DefaultGradientNormEvery,
            Patience = parsed.GetValue(Patience),
            Budget = parsed.GetValue(Budget) is { } time ? new TrainingBudget { Time = time } : null,
            Freeze = parsed.GetValue(Freeze) ?? [],
            DoctorEvery = parsed.GetValue(DoctorEvery) ?? (parsed.GetValue(Doctor) ? 1 : null),
        };
    }

    // Each option under its flag's name, so that the recipe can be read as a command line.
    private static string Config(
        ParseResult parsed, DataSource source, ModelSpec spec, DataOptions data, TaskKind task, TrainingOptions training) => JsonLine.Of(json =>
    {
        json.WriteString("gradus", typeof(Tensor).Assembly.GetName().Version!.ToString(3));
        json.WriteString("data", source.Word);
        if (parsed.GetValue(From) is { } model) json.WriteString("from", model);
        else json.WriteString("model", spec.Text);
        if (parsed.GetValue(From) is null && spec.Dropout > 0) json.WriteNumber("dropout", spec.Dropout);
        if (source.HasOwnTest) json.WriteString("data_dir", source.Path);
        if (source.Query is { } query) json.WriteString("query", query);
        if (data.Target is not null) json.WriteString("target", data.Target);
        if (source.IsTable)
        {
            json.WriteString("task", Flags.Word(task));
            json.WriteString("header", Flags.Word(data.Header));
            json.WriteString("missing", Flags.Word(data.Missing));
            WriteReading(json, data);
        }

        if (source.Kind == DataKind.Pictures) WritePictures(json, data);
        if (data.ValidationShare is { } valid) json.WriteNumber("valid", valid);
        if (data.TestShare is { } test) json.WriteNumber("test", test);
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
        if (training.Patience is { } patience) json.WriteNumber("patience", patience);
        if (training.Budget?.Time is { } budget) json.WriteString("budget", CommandOptions.Word(budget));
        WriteWords(json, "freeze", training.Freeze);
        if (training.DoctorEvery is { } doctor) json.WriteNumber("doctor_every", doctor);
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
        WriteWords(json, "column", [.. data.Kinds.Select(static told => $"{told.Key}={Flags.Word(told.Value)}")]);
        if (data.Decimal != DecimalMark.Auto) json.WriteString("decimal", Flags.Word(data.Decimal));
        if (data.Dates != DateOrder.Auto) json.WriteString("dates", Flags.Word(Flags.DateOrders, data.Dates));
        if (data.Delimiter is { } delimiter) json.WriteString("delimiter", Flags.Word(Flags.Delimiters, delimiter));
        if (data.MaxCategories is { } most) json.WriteNumber("categories", most);
        if (data.Audit) json.WriteBoolean("audit", true);
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
