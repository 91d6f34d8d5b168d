using System.CommandLine;
using System.Globalization;
using Gradus.Cli.Output;
using Gradus.Distributed;
using Gradus.Formats;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus train</c>: trains a network on data and writes it to a folder.</summary>
internal static partial class TrainCommand
{
    private const int DefaultContext = 64;
    private const int DefaultTextSteps = 2500;
    private const int DefaultGradientNormEvery = 10;
    private const int DefaultShards = 8;

    public static Command Create()
    {
        var command = new Command("train", "Train a network on data and save it.")
        {
            Data, Model, DataDirectory, Query, Target, Task, Transform, Header, Missing, Ignore, Column, Decimal, Dates, Delimiter,
            Categories, Audit, Window, Horizon, Text, Words, Length, Size, Channels, Resize, MaxPixels, SkipUnreadable, Augment, TokenizerChoice, Valid, Test,
            Folds, Dropout, Epochs, Steps, BatchSize, Optimizer, LearningRate, Schedule, Momentum, WeightDecay, Seed, ClipNorm, GradientNormEvery,
            ClassWeights, Patience, Budget, From, Rename, Partial, Freeze, Unfreeze, RateOf, LayerDecay, LoraRank, LoraAlpha, LoraLayers, LoraAlso, Dora,
            Doctor, DoctorEvery, CheckpointEvery, Keep, History, TensorBoard, Resume, Threads, Prefetch, Shards, SyncBatchNorm, HalfExchange,
            HeartbeatTimeout, Timeline, Out, Overwrite, Json,
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

    /// <summary>Data, model and trainer of a recorded run, as its recipe makes them; without a time as its budget.</summary>
    /// <exception cref="IOException">There is no run in the folder, or its data cannot be read.</exception>
    /// <exception cref="InvalidDataException">The recipe or the data are damaged.</exception>
    /// <exception cref="UsageException">The run's steps are those of several processes, and cannot be repeated by one.</exception>
    public static PreparedTraining PrepareAgain(string run)
    {
        var command = Create();
        var parsed = Recipe.Read(command, command.Parse([]), RunFolder.ReadRecipe(run), Path.Combine(run, "run.json"));
        if (parsed.GetValue(HalfExchange))
        {
            throw new UsageException(
                $"{run}: its gradients went between several processes as numbers of 16 bits (--half-exchange), so that one process cannot repeat its steps.");
        }

        return Prepare(parsed, run, hasBudget: false);
    }

    /// <param name="parsed">What the user says, or the recipe of a run.</param>
    /// <param name="resumed">The folder of the run that goes on; null for a new one.</param>
    private static int Train(ParseResult parsed, string? resumed = null) => Communicator.IsLaunched
        ? TrainTogether(parsed, resumed)
        : Train(parsed, resumed, Prepare(parsed, resumed), ranks: null);

    private static int Train(ParseResult parsed, string? resumed, PreparedTraining prepared, TrainingRanks? ranks)
    {
        if (parsed.GetValue(Out) is "") throw new UsageException("--out: the folder's name is empty.");
        var checkpoints = ReadCheckpoints(parsed);
        var (model, trainer) = (prepared.Model, prepared.Trainer);
        var first = JsonLine.Of(prepared.Loaded);
        IReadOnlyList<string> damaged = [];
        using var folder = resumed is not null
            ? RunFolder.Resume(resumed, trainer, out damaged, first)
            : RunPlace.Create(parsed.GetValue(Out), prepared.Source.KindName, prepared.Recipe, parsed.GetValue(Overwrite));
        folder.Model = model.Record;
        ITrainingOutput output = parsed.GetValue(Json) ? new JsonOutput(folder.ModelPath)
            // mpirun gives a terminal of its own to the process, whatever its own output is.
            : Console.IsOutputRedirected || ranks is not null ? new PlainOutput() : new LiveOutput();
        output.Begin(prepared.Loaded, prepared.Spec);
        foreach (var fault in damaged) Console.Error.WriteLine(PlainText.OfLines($"gradus: {fault} The checkpoint before it is taken."));
        if (resumed is null)
        {
            model.Tokenizer?.Save(folder.TokenizerPath);
            folder.Note(first);
        }

        using var stop = new StopSignals();
        if (resumed is null && !Validate(prepared, folder, output, stop.Token)) return stop.ExitCode;
        if (ranks is not null && !parsed.GetValue(Json))
            Console.WriteLine($"{ranks.Count} processes share the shards of each batch; each holds all of the data");
        ranks?.ShareState();
        using var board = parsed.GetValue(TensorBoard) ? TrainingBoard.Of(folder.Path, model, prepared.Data, prepared.Loaded) : null;
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
            ReportCommand.Write(folder, static () => null);
            throw;
        }

        output.End(last!, model.Record.Calibration, folder.ModelPath);
        if (prepared.Timeline is { } timeline) WriteTimeline(parsed, ranks is null ? [timeline.Spans] : ranks.Gather(timeline));
        return last is TrainingInterrupted ? stop.ExitCode : 0;

        // Kept before it is shown: who reads "done" finds the files.
        IEnumerable<TrainingEvent> Kept()
        {
            var events = folder.Record(trainer, checkpoints, stop.Token);
            foreach (var happened in board?.Follow(events) ?? events)
            {
                ranks?.Check(happened);
                if (happened is TrainingDone or TrainingInterrupted)
                {
                    model = model.Calibrate(prepared.Data.Validation);
                    AtomicFile.Write(folder.ModelPath, model.Save);
                    prepared.Lora?.Save(folder.AdapterPath);
                    if (ReconstructionPicture.Of(model, prepared.Data) is { } picture)
                    {
                        AtomicFile.Write(Path.Combine(folder.Path, "reconstructions.png"), stream => stream.Write(picture));
                    }
                }

                if (happened is TrainingDone or TrainingInterrupted) ReportCommand.Write(folder, () => RunEvaluation.Of(model, prepared.Data));
                yield return happened;
            }
        }
    }

    /// <exception cref="UsageException">It is neither steps nor minutes.</exception>
    private static CheckpointOptions ReadCheckpoints(ParseResult parsed)
    {
        var options = new CheckpointOptions { Keep = parsed.GetValue(Keep) ?? 2, History = parsed.GetValue(History) ?? new CheckpointOptions().History };
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
}
