namespace Gradus.Training;

/// <summary>When the steps of a recorded run were made: its events tell the time of each epoch, between which they are taken to be even.</summary>
internal sealed class RecordedTimes
{
    private readonly DateTimeOffset _began;
    private readonly List<long> _steps = [0];
    private readonly List<double> _seconds = [0];

    public RecordedTimes(RunRecord run, RunCurves curves)
    {
        _began = new DateTimeOffset(run.Began);
        foreach (var epoch in curves.Epochs) Add(epoch.Step, epoch.Seconds);
        Add(run.LastStep, run.Seconds);
    }

    /// <summary>The end of the run, as far as it is recorded.</summary>
    public DateTimeOffset Last => _began.AddSeconds(_seconds[^1]);

    /// <summary>The time of a step; of those behind the last time that is known, that time.</summary>
    public DateTimeOffset Of(long step)
    {
        var at = _steps.BinarySearch(step);
        if (at < 0) at = ~at;
        if (at == 0) return _began;
        if (at == _steps.Count) return Last;
        var share = (double)(step - _steps[at - 1]) / (_steps[at] - _steps[at - 1]);
        return _began.AddSeconds(_seconds[at - 1] + (share * (_seconds[at] - _seconds[at - 1])));
    }

    private void Add(long step, double seconds)
    {
        // A year is more than any run takes; a damaged record may say anything.
        if (!(seconds >= _seconds[^1] && seconds < 365.25 * 86400)) return;
        if (step > _steps[^1])
        {
            _steps.Add(step);
            _seconds.Add(seconds);
        }
        else if (step == _steps[^1])
        {
            _seconds[^1] = seconds;
        }
    }
}
