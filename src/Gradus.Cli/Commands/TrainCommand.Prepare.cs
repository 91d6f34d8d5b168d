using System.CommandLine;
using System.Globalization;
using Gradus.Cli.Output;
using Gradus.Data;
using Gradus.Text;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <content>From the words of a command line, or of a recipe, to data, model and trainer.</content>
internal static partial class TrainCommand
{
    /// <param name="parsed">What the user says, or the recipe of a run.</param>
    /// <param name="run">The folder of a run that is there already; null for a new one.</param>
    /// <param name="hasBudget">Whether the time of <c>--budget</c> counts.</param>
    /// <param name="exchange">The processes that train together; null for this one alone.</param>
    private static PreparedTraining Prepare(ParseResult parsed, string? run, bool hasBudget = true, IShardExchange? exchange = null)
    {
        Check(parsed);
        var augmentation = CommandOptions.Usage(() => AugmentationPlan.Parse(parsed.GetValue(Augment) ?? []));
        var source = CommandOptions.ReadSource(parsed.GetValue(Data) ?? "digits", parsed.GetValue(DataDirectory), parsed.GetValue(Query));
        var start = ReadStart(parsed);
        var spec = ReadSpec(parsed, start);
        CommandOptions.SetThreads(parsed.GetValue(Threads) ?? (exchange is null ? null : TrainingRanks.ThreadsOfEach));
        var dataOptions = ReadDataOptions(parsed, spec, start) with { Tokenizer = start?.Tokenizer };
        dataOptions = WithTokenizer(dataOptions, parsed.GetValue(TokenizerChoice), run);
        var showsDecoding = source.Kind == DataKind.Pictures && !parsed.GetValue(Json) && !Console.IsOutputRedirected;
        var loaded = CommandOptions.Usage(() => DecodingBar.Show(showsDecoding, progress => LoadedData.Load(source, dataOptions, progress)));
        spec ??= DefaultFor(loaded);
        spec = CommandOptions.Usage(() => spec.WithDropout(parsed.GetValue(Dropout)));
        var plain = start is null ? loaded.Split : DecodingBar.Show(showsDecoding, progress => start.LoadPlain(source, progress));
        var (model, data) = start is not null
            ? (start, start.Standardize(plain))
            : CommandOptions.Usage(() => TrainedModel.Prepare(spec, source, dataOptions, loaded));
        var options = ReadTrainingOptions(
            parsed, spec.DefaultOptions(loaded.Split.Train.Count, parsed.GetValue(BatchSize)), loaded.Split.Train.IsText ? DefaultTextSteps : null);
        if (start is null && parsed.GetValue(From) is { } weights) LoadWeights(parsed, model, weights);
        model.Network.Train();
        var lora = AttachLora(parsed, model.Network);
        var samples = augmentation.Words.Count == 0 ? null : CommandOptions.Usage(() => model.Augment(plain.Train, augmentation, options.Seed));
        options = options with
        {
            Shards = parsed.GetValue(Shards) ?? (exchange is null ? 1 : DefaultShards),
            SyncBatchNorm = parsed.GetValue(SyncBatchNorm),
            Exchange = exchange,
            Timeline = ReadTimeline(parsed),
        };
        CheckShards(options);
        options = options with { Baselines = loaded.Table is { Words: null, Window: 0 } && !model.Reconstructs };
        var trainer = new Trainer(model.Network, data, hasBudget ? options : options with { Budget = null }, model.TargetDeviation, samples);
        var task = loaded.Split.Train.ClassNames is null ? TaskKind.Regress : TaskKind.Classify;
        return new PreparedTraining(
            source, spec, loaded, model, lora, data, trainer,
            RecipeOf(parsed, start, source, model.Record.ReadSpec(), dataOptions, task, options, augmentation))
        {
            Folds = FoldsOf(parsed, source, spec, dataOptions, options),
            Timeline = options.Timeline,
        };
    }

    /// <exception cref="UsageException">There are more processes than shards, or options that shards exclude.</exception>
    private static void CheckShards(TrainingOptions options)
    {
        if (options.Exchange is { } exchange && exchange.Processes > options.Shards)
        {
            throw new UsageException(FormattableString.Invariant(
                $"--shards: {exchange.Processes} processes cannot share {options.Shards} shards of a batch: start at most {options.Shards}, ") +
                FormattableString.Invariant($"or a new run with --shards {exchange.Processes}."));
        }

        if (options.SyncBatchNorm && options.BatchSize < options.Shards)
        {
            throw new UsageException(FormattableString.Invariant(
                $"--sync-batchnorm: each of {options.Shards} shards of a batch needs a sample: --batch-size {options.Shards} or more, or fewer --shards."));
        }

        if (options is { SyncBatchNorm: true, Exchange.IsExact: false })
            throw new UsageException("--sync-batchnorm and --half-exchange exclude each other: statistics over all shards are sums that must not be rounded.");
        if (options.Shards > 1 && options.Prefetch > 0)
        {
            throw new UsageException(options.Exchange is null ? "--shards and --prefetch exclude each other."
                : "--prefetch: several processes cut batches into shards, which are read when they are computed; leave it out.");
        }
    }

    private static ModelSpec DefaultFor(LoadedData data)
    {
        if (data.Split.Train.IsText) return ModelSpec.Parse("gpt");
        if (data.Split.Train.InputShape.Count > 1) return ModelSpec.Mlp(256, 128);
        return data.Table is { Words: null } ? ModelSpec.Parse("table") : ModelSpec.Mlp(64, 32);
    }

    /// <exception cref="UsageException">Options exclude each other.</exception>
    private static void Check(ParseResult parsed)
    {
        if (parsed.GetValue(Epochs) is not null && parsed.GetValue(Steps) is not null) throw new UsageException("--epochs and --steps exclude each other.");
        if (parsed.GetValue(Momentum) is not null && parsed.GetValue(Optimizer) != OptimizerKind.Sgd)
        {
            throw new UsageException("--momentum is a setting of sgd alone: add --optimizer sgd, or leave it out.");
        }

        CheckTuning(parsed);
        if (parsed.GetValue(From) is null && (parsed.GetResult(Rename) is not null || parsed.GetValue(Partial)))
            throw new UsageException("--rename and --partial are about the tensors of --from: name its file, or leave them out.");
        if (parsed.GetValue(Model) is null) CheckExcluded(parsed, Dropout);
    }

    private static DataOptions ReadDataOptions(ParseResult parsed, ModelSpec? spec, TrainedModel? start) => new()
    {
        Seed = parsed.GetValue(Seed) ?? 0,
        ValidationShare = parsed.GetValue(Valid),
        TestShare = parsed.GetValue(Test),
        Target = parsed.GetValue(Target),
        Task = parsed.GetValue(Task) ?? TaskKind.Auto,
        TargetTransform = parsed.GetValue(Transform) ?? TargetTransform.None,
        Header = parsed.GetValue(Header) ?? HeaderKind.Auto,
        Missing = parsed.GetValue(Missing) ?? MissingValues.Fill,
        Ignore = parsed.GetValue(Ignore) ?? [],
        Kinds = ToldColumn.ReadKinds(parsed.GetValue(Column) ?? []),
        Orders = ToldColumn.ReadOrders(parsed.GetValue(Column) ?? []),
        Decimal = parsed.GetValue(Decimal) ?? DecimalMark.Auto,
        Dates = parsed.GetValue(Dates) ?? DateOrder.Auto,
        Delimiter = parsed.GetValue(Delimiter),
        MaxCategories = parsed.GetValue(Categories),
        Audit = parsed.GetValue(Audit),
        Window = parsed.GetValue(Window),
        Horizon = parsed.GetValue(Horizon),
        Text = parsed.GetValue(Text) ?? start?.TextColumn,
        MaxWords = parsed.GetValue(Words),
        Length = parsed.GetValue(Length),
        PictureSize = parsed.GetValue(Size),
        PictureChannels = parsed.GetValue(Channels),
        PictureResize = parsed.GetValue(Resize),
        MaxPixels = parsed.GetValue(MaxPixels),
        SkipUnreadable = parsed.GetValue(SkipUnreadable),
        Context = spec?.Context ?? DefaultContext,
    };

    /// <summary>The options with the tokenizer that the user names: that of the run, where it is there already.</summary>
    private static DataOptions WithTokenizer(DataOptions options, string? word, string? run)
    {
        const string Learn = "bpe:";
        if (word is null) return options;
        var kept = run is null ? null : Path.Combine(run, RunFolder.TokenizerName);
        if (File.Exists(kept)) return options with { Tokenizer = Tokenizer.Read(kept) };
        if (!word.StartsWith(Learn, StringComparison.Ordinal)) return options with { Tokenizer = Tokenizer.Read(word) };
        return int.TryParse(word.AsSpan(Learn.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? options with { VocabularySize = size }
            : throw new UsageException($"--tokenizer: '{PlainText.Quote(word)}' is no number of tokens; expected a word such as bpe:1000.");
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
            BalanceClasses = parsed.GetValue(ClassWeights) == Weighting.Balanced,
            Patience = parsed.GetValue(Patience) ?? defaults.Patience,
            Budget = parsed.GetValue(Budget) is { } time ? new TrainingBudget { Time = time } : null,
            Freeze = parsed.GetValue(Freeze) ?? [],
            Unfreeze = ReadUnfreezing(parsed),
            Groups = ReadGroups(parsed),
            LayerDecay = parsed.GetValue(LayerDecay),
            Prefetch = parsed.GetValue(Prefetch) ?? 0,
            DoctorEvery = parsed.GetValue(DoctorEvery) ?? (parsed.GetValue(Doctor) ? 1 : null),
        };
    }
}
