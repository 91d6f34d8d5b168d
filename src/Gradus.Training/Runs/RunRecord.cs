using System.Buffers;
using System.Text.Json;

namespace Gradus.Training;

/// <summary>How far a run has come.</summary>
public enum RunStatus
{
    /// <summary>It goes on, or was killed: <see cref="RunFolder.Resume"/> tells which.</summary>
    Unfinished,

    /// <summary>It was interrupted, and its state saved.</summary>
    Interrupted,

    /// <summary>It is complete.</summary>
    Done,
}

/// <summary>What a run says of itself in its folder: the recipe, and its events. Nothing is written, and the run may go on meanwhile.</summary>
/// <remarks>See <see cref="RunFolder"/>, which records it.</remarks>
public sealed class RunRecord
{
    // The start follows the data, whose notes may be long.
    private const int Head = 1 << 20;

    // The last epoch stands near the end of most runs; but many steps, or a long examination, may follow it.
    private const int Tail = 1 << 16, TailGrowth = 1 << 4;

    // A link may lead back to where it lies.
    private static readonly EnumerationOptions Real = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };

    private RunRecord(string directory, string recipe)
    {
        (Directory, Recipe) = (directory, recipe);
        Options = ReadOptions(recipe, Path.Combine(directory, RunFolder.RecipeName));
        ReadEnds();
    }

    /// <summary>The folder.</summary>
    public string Directory { get; }

    /// <summary>The name of the folder.</summary>
    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Directory)));

    /// <summary>The recipe, as JSON.</summary>
    public string Recipe { get; }

    /// <summary>The options in the recipe, each as text, in its order. Several values are separated by commas.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Options { get; }

    /// <summary>When the run began: when its recipe was written.</summary>
    public DateTime Began => File.GetLastWriteTimeUtc(Path.Combine(Directory, RunFolder.RecipeName));

    /// <summary>How far it has come.</summary>
    public RunStatus Status { get; private set; }

    /// <summary>Number of trainable parameters; 0 where it has not begun.</summary>
    public long Parameters { get; private set; }

    /// <summary>Number of training samples; of text, of tokens.</summary>
    public long Samples { get; private set; }

    /// <summary>Number of steps in the whole run.</summary>
    public long Steps { get; private set; }

    /// <summary>The last step in the events.</summary>
    public long LastStep { get; private set; }

    /// <summary>The loss of the last step; NaN where there is none.</summary>
    public double LastLoss { get; private set; } = double.NaN;

    /// <summary>The seconds that it took, as far as the events tell; NaN where they do not.</summary>
    public double Seconds { get; private set; } = double.NaN;

    /// <summary>The best epoch; null before the run is done.</summary>
    public int? BestEpoch { get; private set; }

    /// <summary>Whether it ended because its time was over.</summary>
    internal bool IsBudgetSpent { get; private set; }

    /// <summary>The figures of the result, or else of the last epoch: <c>valid_loss</c>, <c>test_accuracy</c>.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; private set; } = new Dictionary<string, double>();

    /// <summary>The path of the events.</summary>
    public string EventsPath => Path.Combine(Directory, RunFolder.EventsName);

    /// <summary>Opens the record of a run.</summary>
    /// <exception cref="IOException">There is no run in the folder, or it cannot be read.</exception>
    /// <exception cref="InvalidDataException">The recipe is damaged.</exception>
    public static RunRecord Open(string directory) => new(directory, RunFolder.ReadRecipe(directory));

    /// <summary>The folders under a folder that hold runs, itself included, by name; those inside of a run and behind links are not looked for.</summary>
    public static IEnumerable<string> Find(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        if (File.Exists(Path.Combine(directory, RunFolder.RecipeName))) return [directory];
        if (!System.IO.Directory.Exists(directory)) return [];
        return System.IO.Directory.EnumerateDirectories(directory, "*", Real).Order(StringComparer.Ordinal).SelectMany(Find);
    }

    /// <summary>All events, in their order; a last line that is not whole yet is left out.</summary>
    /// <exception cref="IOException">The events cannot be read.</exception>
    /// <exception cref="InvalidDataException">A line is no event. The message names it.</exception>
    public IEnumerable<RunEvent> ReadEvents()
    {
        if (!File.Exists(EventsPath)) yield break;
        using var stream = OpenEvents();
        var lines = new EventLines(stream, EventsPath);
        while (lines.TryRead(out var line))
        {
            if (RunEvent.Parse(line) is { } happened) yield return happened;
            else lines.Refuse(line);
        }
    }

    /// <summary>The recorded loss of a step; NaN where there is none, or it was not finite.</summary>
    /// <inheritdoc cref="ReadEvents"/>
    public double ReadLoss(long step)
    {
        var curves = ReadCurves();
        return step >= 1 && step <= curves.Steps.Count && curves.Steps[(int)step - 1] == step ? curves.Losses[(int)step - 1] : double.NaN;
    }

    /// <summary>The figures of every step and epoch, and all other events: a million steps in about a second.</summary>
    /// <inheritdoc cref="ReadEvents"/>
    public RunCurves ReadCurves()
    {
        if (!File.Exists(EventsPath)) return new RunCurves();
        using var stream = OpenEvents();
        return RunCurvesReader.Read(stream, EventsPath);
    }

    /// <summary>The environment that the run was begun in; null where its folder does not tell.</summary>
    /// <inheritdoc cref="RunEnvironment.Read"/>
    public RunEnvironment? ReadEnvironment() => RunEnvironment.Read(Directory);

    /// <summary>What was measured at its end; null where it has not come to it.</summary>
    /// <inheritdoc cref="RunEvaluation.Read"/>
    public RunEvaluation? ReadEvaluation() => RunEvaluation.Read(Directory);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"RunRecord({Name}, {Status}, step {LastStep} of {Steps})");

    private FileStream OpenEvents() => new(EventsPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    // What begins and ends the events: a list of many runs reads no more of each.
    private void ReadEnds()
    {
        if (!File.Exists(EventsPath)) return;
        using var stream = OpenEvents();
        ReadStart(stream);
        for (long length = Tail; !ReadEnd(stream, Math.Max(0, stream.Length - length)) && length < stream.Length; length *= TailGrowth)
        {
        }
    }

    private void ReadStart(FileStream stream)
    {
        var lines = new EventLines(stream, EventsPath);
        while (stream.Position <= Head && lines.TryRead(out var line) && !StepLine.Is(line.Span))
        {
            if (RunEvent.Parse(line) is not { Name: "start" } happened) continue;
            (Parameters, Samples, Steps) = ((long)happened["parameters"], (long)happened["samples"], (long)happened["steps"]);
            return;
        }
    }

    /// <summary>Reads the events from a place on; says whether a step and an epoch are among them. The line that begins before the place is left out.</summary>
    private bool ReadEnd(FileStream stream, long from)
    {
        stream.Position = from;
        var lines = new EventLines(stream, EventsPath);
        if (from > 0) lines.TryRead(out _);
        // Of steps that follow each other only the last one says something new.
        var step = new ArrayBufferWriter<byte>();
        var (hasStep, hasEpoch) = (false, false);
        while (lines.TryRead(out var line))
        {
            if (StepLine.Is(line.Span))
            {
                if (StepLine.Read(line.Span) is null) continue;
                hasStep = true;
                step.ResetWrittenCount();
                step.Write(line.Span);
                continue;
            }

            Take(step.WrittenMemory);
            step.ResetWrittenCount();
            hasEpoch |= Take(line) == "epoch";
        }

        Take(step.WrittenMemory);
        return hasStep && hasEpoch;
    }

    private string? Take(ReadOnlyMemory<byte> line)
    {
        if (line.IsEmpty || RunEvent.Parse(line) is not { } happened) return null;
        Take(happened);
        return happened.Name;
    }

    private void Take(RunEvent happened)
    {
        if (!double.IsNaN(happened["seconds"])) Seconds = happened["seconds"];
        if (!double.IsNaN(happened["step"])) LastStep = (long)happened["step"];
        switch (happened.Name)
        {
            case "step":
                (Status, LastLoss) = (RunStatus.Unfinished, happened["loss"]);
                break;
            case "epoch":
                Figures = happened.Figures;
                break;
            case "budget":
                IsBudgetSpent = true;
                break;
            case "interrupted":
                Status = RunStatus.Interrupted;
                break;
            case "done":
                (Status, BestEpoch) = (RunStatus.Done, (int)happened["best_epoch"]);
                Figures = Figures.Concat(happened.Figures).GroupBy(static figure => figure.Key)
                    .ToDictionary(static figure => figure.Key, static figure => figure.Last().Value);
                break;
        }
    }

    private static List<KeyValuePair<string, string>> ReadOptions(string recipe, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(recipe);
            return [.. document.RootElement.EnumerateObject().Select(static option => KeyValuePair.Create(option.Name, Text(option.Value)))];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path}: it cannot be read: {exception.Message}", exception);
        }
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join(",", value.EnumerateArray().Select(Text)),
        _ => value.GetRawText(),
    };
}
