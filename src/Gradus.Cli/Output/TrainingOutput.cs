using System.Globalization;
using Gradus.Training;

namespace Gradus.Cli.Output;

/// <summary>Where a training run is shown.</summary>
internal interface ITrainingOutput
{
    /// <summary>Shows what is about to be learnt.</summary>
    void Begin(LoadedData data, ModelSpec spec);

    /// <summary>Shows a fold of a cross-validation that is over.</summary>
    void Show(FoldDone fold);

    /// <summary>Shows the figures of all folds.</summary>
    void Show(int folds, IReadOnlyList<FoldSummary> models);

    /// <summary>Shows the events as they come, and hands them on.</summary>
    IEnumerable<TrainingEvent> Show(IEnumerable<TrainingEvent> events);

    /// <summary>Shows how the run ended, how sure its model may be, and where it is.</summary>
    void End(TrainingEvent last, CalibrationRecord? calibration, string model);
}

/// <summary>Nothing but one JSON object a line.</summary>
internal sealed class JsonOutput(string model) : ITrainingOutput
{
    public void Begin(LoadedData data, ModelSpec spec) => Console.Out.WriteLine(JsonLine.Of(data));

    public void Show(FoldDone fold) => Console.Out.WriteLine(EventJson.Of(fold));

    public void Show(int folds, IReadOnlyList<FoldSummary> models) => Console.Out.WriteLine(EventJson.Of(folds, models));

    public IEnumerable<TrainingEvent> Show(IEnumerable<TrainingEvent> events)
    {
        foreach (var happened in events)
        {
            if (JsonLine.Of(happened, model) is { } line) Console.Out.WriteLine(line);
            yield return happened;
        }
    }

    public void End(TrainingEvent last, CalibrationRecord? calibration, string model)
    {
        // The last event has said it.
    }
}

/// <summary>Lines for people.</summary>
internal abstract class TextOutput : ITrainingOutput
{
    private readonly HashSet<(string, string)> _told = [];

    /// <summary>Whether a text is learnt, whose progress is told in steps and tokens.</summary>
    protected bool IsText { get; private set; }

    /// <summary>What is learned, in a line.</summary>
    protected string Title { get; private set; } = "";

    public void Begin(LoadedData data, ModelSpec spec)
    {
        IsText = data.Split.Train.IsText;
        Title = $"{data.Split.Train.Name}  {spec}";
        foreach (var line in Figures.Of(data, spec)) Console.Out.WriteLine(line);
    }

    public void Show(FoldDone fold) => Console.Out.WriteLine(Figures.Of(fold));

    public void Show(int folds, IReadOnlyList<FoldSummary> models)
    {
        foreach (var line in Figures.Of(folds, models)) Console.Out.WriteLine(line);
    }

    public abstract IEnumerable<TrainingEvent> Show(IEnumerable<TrainingEvent> events);

    public void End(TrainingEvent last, CalibrationRecord? calibration, string model) =>
        Console.Out.WriteLine(PlainText.OfLines(Figures.OfEnd(last, calibration, model, IsText)));

    /// <summary>What befalls the run itself.</summary>
    protected static IEnumerable<string> OfRun(TrainingEvent happened) => happened switch
    {
        TrainingResumed resumed => [FormattableString.Invariant($"goes on after step {resumed.Step} of {resumed.Steps}")],
        ParametersUnused unused => [PlainText.OfLines($"no part in the loss, and nothing learnt: {string.Join(", ", unused.Names)}")],
        CheckpointFailed failed =>
            [PlainText.OfLines(FormattableString.Invariant($"checkpoint after step {failed.Step} could not be saved: {failed.Message}"))],
        _ => [],
    };

    /// <summary>What the doctor found that has not been told before; at the first examination also that there was nothing.</summary>
    protected IEnumerable<string> News(NetworkExamined examined)
    {
        if (examined is { Step: 0, Examination.Findings.Count: 0 }) yield return "doctor: nothing found";
        foreach (var finding in examined.Examination.Findings)
        {
            if (!_told.Add((finding.Name, finding.Place))) continue;
            yield return PlainText.OfLines($"doctor, {(examined.Step == 0 ? "before the first step" : $"after epoch {examined.Epoch}")}: {finding}");
        }
    }
}

/// <summary>A line for each epoch, of text with the time left: for files and pipes.</summary>
internal sealed class PlainOutput : TextOutput
{
    public override IEnumerable<TrainingEvent> Show(IEnumerable<TrainingEvent> events)
    {
        var speed = new Speed();
        var steps = 0L;
        foreach (var happened in events)
        {
            if (happened is TrainingStarted start) steps = start.Steps;
            if (happened is TrainingResumed resumed) steps = resumed.Steps;
            foreach (var line in OfRun(happened)) Console.Out.WriteLine(line);
            if (happened is StepDone step) speed.Add(step.Samples);
            if (happened is EpochDone epoch)
            {
                Console.Out.WriteLine(Figures.Of(epoch, IsText, speed.TakeSamplesPerSecond()) + (IsText ? TimeLeft(epoch, steps) : ""));
            }

            if (happened is NetworkExamined examined)
            {
                foreach (var line in News(examined)) Console.Out.WriteLine(line);
            }

            yield return happened;
        }
    }

    private static string TimeLeft(EpochDone done, long steps) =>
        string.Create(CultureInfo.InvariantCulture, $"  about {done.Seconds / done.Step * (steps - done.Step):0} s left");
}
