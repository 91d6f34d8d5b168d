using System.Diagnostics;
using System.Text;
using Gradus.Formats;

namespace Gradus.Training;

/// <summary>
/// The folder of a run: run.json (the recipe), environment.json, events.jsonl, checkpoints/, model.safetensors. A run that is recorded in it can be killed at
/// any moment, and goes on as if nothing had happened.
/// </summary>
public sealed class RunFolder : IDisposable
{
    internal const string RecipeName = "run.json", EventsName = "events.jsonl", CheckpointsName = "checkpoints";

    internal const string ModelName = "model.safetensors", AdapterName = "adapter.safetensors", ReplayName = "replay.safetensors";

    internal const string ReportName = "report.html";

    internal const string TokenizerName = "tokenizer.json";

    // What is written when the run ends, or is interrupted.
    private static readonly string[] AtTheEnd = [ModelName, AdapterName, RunEvaluation.FileName, ReportName, "reconstructions.png"];

    // An epoch's checkpoint is left out where the last one took more than this share of the time since.
    private const double LargestShare = 0.02;

    private const double LeastSecondsApart = 2;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FileStream _events;
    private readonly IReadOnlyList<string> _made;
    private double? _secondsOfOne;
    private bool _isKept;

    private RunFolder(string directory, FileStream events, IReadOnlyList<string> made) => (Path, _events, _made) = (directory, events, made);

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Where the trained model belongs.</summary>
    public string ModelPath => System.IO.Path.Combine(Path, ModelName);

    /// <summary>Where the adapters alone belong, of a run that trains such.</summary>
    public string AdapterPath => System.IO.Path.Combine(Path, AdapterName);

    /// <summary>Where a page that reports the run belongs.</summary>
    public string ReportPath => System.IO.Path.Combine(Path, ReportName);

    /// <summary>Where the step that ended the run with a loss that is not finite is kept.</summary>
    public string ReplayPath => System.IO.Path.Combine(Path, ReplayName);

    /// <summary>The record of the model that is trained, for the file of a step that failed. Default: null, there is none.</summary>
    public ModelRecord? Model { get; set; }

    /// <summary>Where the tokenizer of a text belongs.</summary>
    internal string TokenizerPath => System.IO.Path.Combine(Path, TokenizerName);

    private string CheckpointsPath => System.IO.Path.Combine(Path, CheckpointsName);

    /// <summary>Whether a folder holds a run, or one is begun in it.</summary>
    public static bool Holds(string directory) => FirstOf(directory) is not null || File.Exists(System.IO.Path.Combine(directory, EventsName));

    /// <summary>Makes a folder for a new run. Nobody else can write to it until it is disposed.</summary>
    /// <param name="directory">The folder; it is made if it is not there.</param>
    /// <param name="recipe">What the run is made from, as JSON: it goes into run.json.</param>
    /// <param name="overwrite">Whether a run that is in the folder is removed. Default: false, that is an error.</param>
    /// <exception cref="IOException">The folder cannot be written to, or holds a run already.</exception>
    public static RunFolder Create(string directory, string recipe, bool overwrite = false)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(recipe);
        if (!overwrite && FirstOf(directory) is { } there) throw new IOException($"{directory}: there is a run in it already ({there}).");
        var made = new List<string>();
        try
        {
            var folder = System.IO.Path.GetFullPath(directory);
            for (; folder is not null && !System.IO.Path.Exists(folder); folder = System.IO.Path.GetDirectoryName(folder)) made.Add(folder);

            Directory.CreateDirectory(directory);
            var events = System.IO.Path.Combine(directory, EventsName);
            // Those of a run that goes on are locked, and one that began and ended since the look above has its recipe here.
            if (!overwrite && FirstOf(directory) is { } here) throw new IOException($"another run has come first ({here}).");
            StagedFile.RemoveUnlocked(events);
            // Made anew, so that a link is not followed, and not shared: two runs must not write to one folder.
            var run = new RunFolder(directory, new FileStream(events, FileMode.CreateNew, FileAccess.Write, FileShare.Read), made);
            try
            {
                run.RemoveEarlier();
                RunEnvironment.Capture().Write(directory);
                AtomicFile.WriteText(System.IO.Path.Combine(directory, RecipeName), recipe + "\n");
                return run;
            }
            catch
            {
                // Events that stay would pass for another run's.
                run._events.Dispose();
                File.Delete(events);
                File.Delete(System.IO.Path.Combine(directory, RunEnvironment.FileName));
                throw;
            }
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            RemoveEmpty(made);
            throw new IOException($"{directory}: cannot be written to: {exception.Message}", exception);
        }
    }

    /// <summary>The recipe of a run.</summary>
    /// <exception cref="IOException">There is no run in the folder, or its recipe cannot be read.</exception>
    public static string ReadRecipe(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        var path = System.IO.Path.Combine(directory, RecipeName);
        if (!File.Exists(path)) throw new FileNotFoundException($"{directory}: there is no run in it: {RecipeName} is missing.", path);
        return File.ReadAllText(path);
    }

    /// <summary>Opens the folder of a run that was broken off, and brings a trainer to where its newest whole checkpoint stands.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="trainer">A trainer of the same task, data and options, that has not run.</param>
    /// <param name="damaged">What is wrong with newer checkpoints that had to be passed over.</param>
    /// <param name="firstEvent">
    /// The line of the events that comes before the trainer's own, where the run begins anew for want of a checkpoint. Default: none.
    /// </param>
    /// <exception cref="IOException">There is no such run, or another process is at it.</exception>
    /// <exception cref="GradusException">The checkpoint is that of another network or optimizer.</exception>
    public static RunFolder Resume(string directory, ITrainer trainer, out IReadOnlyList<string> damaged, string? firstEvent = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        _ = ReadRecipe(directory);
        var faults = new List<string>();
        damaged = faults;
        var path = System.IO.Path.Combine(directory, EventsName);
        // Another process that is at it shares the file with readers alone.
        try
        {
            new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None).Dispose();
        }
        catch (IOException exception) when (File.Exists(path))
        {
            throw new IOException($"{directory}: another process trains this run; wait for its end, or end it.", exception);
        }

        var events = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.Read);
        var run = new RunFolder(directory, events, []) { _isKept = true };
        try
        {
            var unusable = new List<string>();
            foreach (var saved in Checkpoint.In(run.CheckpointsPath))
            {
                try
                {
                    var (state, length) = Checkpoint.Read(saved);
                    if (length > events.Length) throw new InvalidDataException($"{saved}: {EventsName} is shorter than when it was saved.");
                    trainer.Restore(state);
                    events.SetLength(length);
                    events.Seek(0, SeekOrigin.End);
                    run.LeaveBehind(unusable);
                    return run;
                }
                catch (InvalidDataException exception)
                {
                    faults.Add(exception.Message);
                    unusable.Add(saved);
                }
            }

            events.SetLength(0);
            run.LeaveBehind(unusable);
            if (firstEvent is not null) run.Note(firstEvent);
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>What was made of the model as it stood goes; so do checkpoints from which the run cannot go on, which would pass for the newest.</summary>
    private void LeaveBehind(List<string> unusable)
    {
        foreach (var name in AtTheEnd) File.Delete(System.IO.Path.Combine(Path, name));
        foreach (var checkpoint in unusable) File.Move(checkpoint, checkpoint + ".damaged", overwrite: true);
    }

    /// <summary>Adds a line to the events.</summary>
    public void Note(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        _events.Write(Encoding.UTF8.GetBytes(line + "\n"));
    }

    /// <summary>Runs a trainer, notes its events and saves its state. The run goes on only while the events are enumerated.</summary>
    /// <param name="trainer">The trainer.</param>
    /// <param name="options">When to save. Default: null, those of <see cref="CheckpointOptions"/>.</param>
    /// <param name="cancellation">Cancels the run after the current batch; its state is saved.</param>
    /// <exception cref="TrainingException">As of <see cref="Trainer{TBatch}.Run"/>.</exception>
    /// <exception cref="IOException">An event cannot be written.</exception>
    public IEnumerable<TrainingEvent> Record(ITrainer trainer, CheckpointOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        options ??= new CheckpointOptions();
        options.Validate();
        var clock = Stopwatch.StartNew();
        var last = TimeSpan.Zero;
        var steps = 0;
        foreach (var happened in Watched(trainer.Run(cancellation)))
        {
            // Before its line, which is no part of the run once it goes on.
            if (happened is TrainingInterrupted) yield return Save(trainer, options);
            if (EventJson.Of(happened, ModelPath) is { } line) Note(line);
            if (happened is StepDone) (_isKept, steps) = (true, steps + 1);
            if (happened is EpochDone or TrainingDone or TrainingInterrupted) _events.Flush();
            yield return happened;
            var isDue = happened switch
            {
                StepDone when options.EverySteps is { } every => steps >= every,
                StepDone => clock.Elapsed - last >= (options.Every ?? Minute)
                    || (options.Every is null && clock.Elapsed - last >= Part(clock.Elapsed, options) && IsCheap(clock.Elapsed - last)),
                // What belongs to the end of the epoch belongs to its checkpoint.
                EpochDone { IsExamined: false } or NetworkExamined { Step: > 0 } => options.EverySteps is null && IsCheap(clock.Elapsed - last),
                _ => false,
            };
            if (!isDue) continue;
            yield return Save(trainer, options);
            (last, steps) = (clock.Elapsed, 0);
        }
    }

    private bool IsCheap(TimeSpan since) => (_secondsOfOne ?? 0) <= LargestShare * since.TotalSeconds;

    // The distance of the checkpoints that stay, so that there is one for each place.
    private static TimeSpan Part(TimeSpan elapsed, CheckpointOptions options) =>
        options.History == 0 ? TimeSpan.MaxValue : TimeSpan.FromSeconds(Math.Max(LeastSecondsApart, elapsed.TotalSeconds / options.History));

    /// <summary>The events of a run; the step that ends it with a loss that is not finite is kept in a file.</summary>
    private IEnumerable<TrainingEvent> Watched(IEnumerable<TrainingEvent> events)
    {
        using var run = events.GetEnumerator();
        while (true)
        {
            try
            {
                if (!run.MoveNext()) yield break;
            }
            catch (TrainingException exception) when (exception.Replay is not null && Model is not null)
            {
                _isKept = true;
                _events.Flush();
                ReplayFile.Write(ReplayPath, exception.Replay, Model);
                throw new TrainingException($"{exception.Message} The step is kept in {ReplayPath}.") { Replay = exception.Replay };
            }

            yield return run.Current;
        }
    }

    /// <summary>Closes the folder. One in which not a step was made is removed again.</summary>
    public void Dispose()
    {
        _events.Dispose();
        if (_isKept) return;
        RemoveEarlier();
        File.Delete(System.IO.Path.Combine(Path, EventsName));
        RemoveEmpty(_made);
    }

    private TrainingEvent Save(ITrainer trainer, CheckpointOptions options)
    {
        var state = trainer.Capture();
        var step = state.Progress.Step;
        var path = System.IO.Path.Combine(CheckpointsPath, Checkpoint.NameOf(step));
        var begin = Stopwatch.GetTimestamp();
        try
        {
            // The events first: a checkpoint never knows of more than there are.
            _events.Flush(flushToDisk: true);
            Directory.CreateDirectory(CheckpointsPath);
            Checkpoint.Write(path, state, _events.Length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new CheckpointFailed(step, exception.Message);
        }

        try
        {
            CheckpointHistory.Thin(CheckpointsPath, options);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new CheckpointFailed(step, $"it is saved, but an older one cannot be deleted: {exception.Message}");
        }

        var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        // Most of the first one's time is that of compiling what writes it.
        _secondsOfOne = _secondsOfOne is null ? seconds / 4 : seconds;
        return new CheckpointSaved(step, path);
    }

    private void RemoveEarlier()
    {
        string[] others = [RecipeName, ReplayName, TokenizerName, RunEnvironment.FileName];
        foreach (var name in AtTheEnd.Concat(others)) File.Delete(System.IO.Path.Combine(Path, name));
        foreach (var old in (string[])[.. TensorBoardWriter.FilesIn(Path), .. Checkpoint.In(CheckpointsPath)]) File.Delete(old);
        RemoveEmpty([CheckpointsPath]);
    }

    // Events without a recipe are no run: it was killed as it began.
    private static string? FirstOf(string directory) =>
        ((string[])[ModelName, RecipeName]).FirstOrDefault(name => System.IO.Path.Exists(System.IO.Path.Combine(directory, name)));

    // Innermost first, as they were listed; what others have put files into stays.
    private static void RemoveEmpty(IReadOnlyList<string> folders)
    {
        foreach (var folder in folders)
        {
            if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
        }
    }
}
