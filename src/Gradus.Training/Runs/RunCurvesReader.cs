namespace Gradus.Training;

/// <summary>Reads the curves of a run from its events: a line of a step by <see cref="StepLine"/>, any other as an event.</summary>
internal static class RunCurvesReader
{
    /// <exception cref="InvalidDataException">A line but the last one is no event.</exception>
    public static RunCurves Read(Stream stream, string path)
    {
        var curves = new RunCurves();
        var lines = new EventLines(stream, path);
        while (lines.TryRead(out var line))
        {
            if (StepLine.Is(line.Span) && StepLine.Read(line.Span) is { } step) curves.Add(step);
            else if (RunEvent.Parse(line) is { } happened) curves.Add(happened);
            else lines.Refuse(line);
        }

        return curves;
    }
}
