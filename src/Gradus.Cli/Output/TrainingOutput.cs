using Gradus.Training;

namespace Gradus.Cli.Output;

/// <summary>Where a training run is shown.</summary>
internal interface ITrainingOutput
{
    /// <summary>Says something about the run that is not an event of it.</summary>
    void Say(string text);

    /// <summary>Shows the events as they come, and hands them on.</summary>
    IEnumerable<TrainingEvent> Show(IEnumerable<TrainingEvent> events);
}

/// <summary>Nothing but one JSON object a line.</summary>
internal sealed class JsonOutput(string model) : ITrainingOutput
{
    public void Say(string text)
    {
        // A program reads the events; what is said to people is not among them.
    }

    public IEnumerable<TrainingEvent> Show(IEnumerable<TrainingEvent> events)
    {
        foreach (var happened in events)
        {
            if (JsonLine.Of(happened, model) is { } line) Console.Out.WriteLine(line);
            yield return happened;
        }
    }
}

/// <summary>A line for each epoch: for files and pipes.</summary>
internal sealed class PlainOutput : ITrainingOutput
{
    public void Say(string text) => Console.Out.WriteLine(text);

    public IEnumerable<TrainingEvent> Show(IEnumerable<TrainingEvent> events)
    {
        var speed = new Speed();
        foreach (var happened in events)
        {
            if (happened is StepDone step) speed.Add(step.Samples);
            if (happened is EpochDone epoch) Console.Out.WriteLine(Figures.Of(epoch, speed.TakeSamplesPerSecond()));
            yield return happened;
        }
    }
}
