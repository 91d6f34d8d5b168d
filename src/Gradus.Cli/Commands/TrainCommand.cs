using System.CommandLine;
using Gradus.Cli.Output;
using Gradus.Data;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus train</c>: trains a network on data and writes it to a folder.</summary>
internal static class TrainCommand
{
    private static readonly Argument<string?> Data = new("DATA") { Description = $"{CommandOptions.DataDescription} Default: digits.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Model = new("--model") { Description = "The architecture: mlp:SIZES for a perceptron with hidden layers of these sizes, mlp for a linear model. Default: mlp:256,128 for pictures, else mlp:64,32.", HelpName = "SPEC" };
    private static readonly Option<string?> DataDirectory = CommandOptions.DataDirectory();
    private static readonly Option<string?> Target = new("--target") { Description = "A table's target column: its name, else its number from 0. Default: the last.", HelpName = "COLUMN" };
    private static readonly Option<TaskKind?> Task = CommandOptions.Choice("--task", "What to learn from a table. Default: classify if the target is text or whole numbers of at most 20 values.", ("classify", TaskKind.Classify), ("regress", TaskKind.Regress));
    private static readonly Option<HeaderKind?> Header = CommandOptions.Choice("--header", "Whether a table's first row names its columns. Default: auto.", ("auto", HeaderKind.Auto), ("yes", HeaderKind.Yes), ("no", HeaderKind.No));
    private static readonly Option<MissingValues?> Missing = CommandOptions.Choice("--missing", "What happens to a table's missing cells. Default: fill.", ("fill", MissingValues.Fill), ("drop", MissingValues.Drop), ("error", MissingValues.Error));
    private static readonly Option<double?> Valid = CommandOptions.Real("--valid", "Share of the samples for validation. Default: 0.1, at most 5,000 pictures of mnist.", 0, 1, "FRACTION");
    private static readonly Option<double?> Test = CommandOptions.Real("--test", "Share of the samples for the test. Default: 0.1, or the data's own test set.", 0, 1, "FRACTION");
    private static readonly Option<int?> Epochs = CommandOptions.Whole("--epochs", "Passes over the training data. Default: 10, more for small data.", 1);
    private static readonly Option<int?> Steps = CommandOptions.Whole("--steps", "Optimizer steps in all, instead of --epochs.", 1);
    private static readonly Option<int?> BatchSize = CommandOptions.Whole("--batch-size", "Samples in a step. Default: 64, or 16 for small data.", 1);
    private static readonly Option<OptimizerKind?> Optimizer = CommandOptions.Choice("--optimizer", "What makes the steps. Default: adamw.", ("sgd", OptimizerKind.Sgd), ("adam", OptimizerKind.Adam), ("adamw", OptimizerKind.AdamW));
    private static readonly Option<double?> LearningRate = CommandOptions.Real("--lr", "Learning rate at its highest. Default: 0.001, or 0.1 with sgd.", 0);
    private static readonly Option<ScheduleKind?> Schedule = CommandOptions.Choice("--schedule", "How the learning rate changes. Default: cosine, after a short warm-up.", ("cosine", ScheduleKind.Cosine), ("constant", ScheduleKind.Constant));
    private static readonly Option<double?> Momentum = CommandOptions.Real("--momentum", "Momentum, with --optimizer sgd only. Default: 0.9.", 0, 1);
    private static readonly Option<double?> WeightDecay = CommandOptions.Real("--weight-decay", "What draws the weights towards zero. Default: 0.01 with adamw, else 0.", 0);
    private static readonly Option<int?> Seed = CommandOptions.Whole("--seed", "Everything random follows from it. Default: 0.", 0);
    private static readonly Option<int?> Threads = CommandOptions.Threads();
    private static readonly Option<string?> Out = new("--out") { Description = "Where to write. Default: a fresh folder under runs/.", HelpName = "DIR" };
    private static readonly Option<bool> Json = CommandOptions.Json();

    public static Command Create()
    {
        var command = new Command("train", "Train a network on data and save it.")
        {
            Data, Model, DataDirectory, Target, Task, Header, Missing, Valid, Test, Epochs, Steps, BatchSize, Optimizer, LearningRate, Schedule, Momentum, WeightDecay, Seed, Threads, Out, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        if (parsed.GetValue(Epochs) is not null && parsed.GetValue(Steps) is not null) throw new UsageException("--epochs and --steps exclude each other.");
        if (parsed.GetValue(Momentum) is not null && parsed.GetValue(Optimizer) != OptimizerKind.Sgd) throw new UsageException("--momentum is a setting of sgd alone: add --optimizer sgd, or leave it out.");
        if (parsed.GetValue(Out) is "") throw new UsageException("--out: the folder's name is empty.");
        var source = CommandOptions.ReadSource(parsed.GetValue(Data) ?? "digits", parsed.GetValue(DataDirectory));
        var spec = parsed.GetValue(Model) is { } word ? CommandOptions.Usage(() => ModelSpec.Parse(word)) : null;
        CommandOptions.SetThreads(parsed.GetValue(Threads));

        var dataOptions = new DataOptions
        {
            Seed = parsed.GetValue(Seed) ?? 0,
            Valid = parsed.GetValue(Valid),
            Test = parsed.GetValue(Test),
            Target = parsed.GetValue(Target),
            Task = parsed.GetValue(Task) ?? TaskKind.Auto,
            Header = parsed.GetValue(Header) ?? HeaderKind.Auto,
            Missing = parsed.GetValue(Missing) ?? MissingValues.Fill,
        };
        var loaded = CommandOptions.Usage(() => LoadedData.Load(source, dataOptions));
        spec ??= loaded.Split.Train.InputShape.Count > 1 ? ModelSpec.Mlp(256, 128) : ModelSpec.Mlp(64, 32);
        var (model, data) = CommandOptions.Usage(() => TrainedModel.Prepare(spec, source, dataOptions, loaded));
        var options = ReadTrainingOptions(parsed, loaded.Split.Train.Count);
        using var folder = RunFolder.Create(parsed.GetValue(Out), source.KindName);
        ITrainingOutput output = parsed.GetValue(Json) ? new JsonOutput(folder.ModelPath) : Console.IsOutputRedirected ? new PlainOutput() : new LiveOutput();
        output.Begin(loaded, spec);
        folder.Write(JsonLine.Of(loaded));

        using var stop = new StopSignals();
        var trainer = new Trainer(model.Network, data, options, loaded.Table?.Target.Deviation ?? 1);
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
                if (happened is TrainingDone or TrainingInterrupted) folder.Keep(model, Config(source, spec, dataOptions, options));
                yield return happened;
            }
        }
    }

    private static TrainingOptions ReadTrainingOptions(ParseResult parsed, int samples)
    {
        // A small set makes few steps an epoch: smaller batches, and as many epochs as give some 2,000 steps.
        var batchSize = parsed.GetValue(BatchSize) ?? (samples < 2000 ? 16 : 64);
        var stepsPerEpoch = new Batches(samples, new BatchOptions { Size = batchSize }).Count;
        return new TrainingOptions
        {
            Epochs = parsed.GetValue(Epochs) ?? Math.Clamp(2000 / stepsPerEpoch, 10, 200),
            Steps = parsed.GetValue(Steps),
            BatchSize = batchSize,
            Optimizer = parsed.GetValue(Optimizer) ?? OptimizerKind.AdamW,
            LearningRate = parsed.GetValue(LearningRate),
            Schedule = parsed.GetValue(Schedule) ?? ScheduleKind.Cosine,
            Momentum = parsed.GetValue(Momentum) ?? 0.9,
            WeightDecay = parsed.GetValue(WeightDecay),
            Seed = parsed.GetValue(Seed) ?? 0,
        };
    }

    private static string Config(DataSource source, ModelSpec spec, DataOptions data, TrainingOptions training) => JsonLine.Of(json =>
    {
        json.WriteString("data", source.Kind == DataKind.Csv ? "csv:" + source.Path : source.KindName);
        json.WriteString("model", spec.Text);
        if (source.HasOwnTest) json.WriteString("data_dir", source.Path);
        if (data.Target is not null) json.WriteString("target", data.Target);
        if (source.Kind == DataKind.Csv)
        {
            json.WriteString("task", Word(data.Task));
            json.WriteString("header", Word(data.Header));
            json.WriteString("missing", Word(data.Missing));
        }

        if (data.Valid is { } valid) json.WriteNumber("valid", valid);
        if (data.Test is { } test) json.WriteNumber("test", test);
        if (training.Steps is { } steps) json.WriteNumber("steps", steps);
        else json.WriteNumber("epochs", training.Epochs);
        json.WriteNumber("batch_size", training.BatchSize);
        json.WriteString("optimizer", Word(training.Optimizer));
        if (training.LearningRate is { } rate) json.WriteNumber("lr", rate);
        json.WriteString("schedule", Word(training.Schedule));
        json.WriteNumber("momentum", training.Momentum);
        if (training.WeightDecay is { } decay) json.WriteNumber("weight_decay", decay);
        json.WriteNumber("seed", training.Seed);
        json.WriteNumber("threads", Compute.Threads);
    });

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
