using System.Globalization;
using Gradus.Training;
using Spectre.Console;

namespace Gradus.Cli.Output;

/// <summary>What a terminal shows of a run while it goes on: how far it is, its figures, the curve of its loss, its last epochs.</summary>
/// <param name="title">What is learned.</param>
/// <param name="isText">Whether it is a text, whose progress is told in steps and tokens.</param>
internal sealed class Dashboard(string title, bool isText)
{
    // Before the curve stands the range of its values.
    private const int LabelWidth = 10, TallestCurve = 12, LeastForKey = 60, NotesShown = 2, LeastBar = 5;

    // "step 0   ⣀⠤⠒⠉ each step   ⣀⠤⠒⠉ validation".
    private const int KeyWidth = 41;

    private readonly List<EpochDone> _epochs = [];
    private readonly List<string> _notes = [];
    private readonly Speed _speed = new();
    private LossHistory _losses = new(1);
    private StepDone? _last;
    private double _loss, _norm = double.NaN;
    private long _steps = 1, _from;

    /// <summary>Takes notice of an event.</summary>
    public void Take(TrainingEvent happened)
    {
        switch (happened)
        {
            case TrainingStarted started:
                Begin(0, started.Steps);
                break;
            case TrainingResumed resumed:
                Begin(resumed.Step, resumed.Steps);
                break;
            case StepDone step:
                _speed.Add(step.Samples);
                _loss = _last is null ? step.Loss : (0.98 * _loss) + (0.02 * step.Loss);
                if (!double.IsNaN(step.GradientNorm)) _norm = step.GradientNorm;
                _losses.Add(step.Step, step.Loss);
                _last = step;
                break;
            case EpochDone epoch:
                _epochs.Add(epoch);
                break;
        }
    }

    /// <summary>Adds a line that stands below the figures.</summary>
    public void Note(string line) => _notes.Add(line);

    /// <summary>The notes that the lines do not hold, or not whole.</summary>
    /// <param name="width">Characters in a line.</param>
    public IEnumerable<string> NotesLeft(int width) =>
        _notes.SkipLast(NotesShown).Concat(_notes.TakeLast(NotesShown).Where(note => PlainText.Of(note).Length > width));

    /// <summary>The lines, as markup, of at most these sizes.</summary>
    /// <param name="width">Characters in a line.</param>
    /// <param name="height">Lines.</param>
    /// <param name="elapsed">The time since the run, or its part, began.</param>
    public IReadOnlyList<string> Render(int width, int height, TimeSpan elapsed)
    {
        var lines = new List<string> { Head(width), Bar(width, elapsed), Fit(width, Numbers()) };
        foreach (var note in _notes.TakeLast(NotesShown)) lines.Add($"[yellow]{Plain(note, width)}[/]");
        // Of what is left a curve takes the half, its axis included, and the last epochs the rest.
        var left = height - lines.Count;
        if (left >= 4) lines.AddRange(Curve(Math.Max(10, width - LabelWidth), Math.Clamp((left - 1) / 2, 2, TallestCurve)));
        foreach (var epoch in _epochs.TakeLast(Math.Max(0, height - lines.Count))) lines.Add(Epoch(epoch, width));
        return lines.Count <= height ? lines : lines[..height];
    }

    private void Begin(long step, long steps) => (_from, _steps, _losses) = (step, Math.Max(1, steps), new LossHistory(Math.Max(1, steps)));

    private string Head(int width)
    {
        var epoch = isText || _last is null ? "" : string.Create(CultureInfo.InvariantCulture, $"epoch {_last.Epoch}  ");
        var place = string.Create(CultureInfo.InvariantCulture, $"{epoch}step {_last?.Step ?? _from} of {_steps}");
        var name = PlainText.Of(title);
        var room = width - place.Length - 2;
        if (room < 8) return Plain(place, width);
        if (name.Length > room) name = name[..(room - 1)] + "…";
        return $"[bold]{Markup.Escape(name)}[/]{new string(' ', width - name.Length - place.Length)}{place}";
    }

    private string Bar(int width, TimeSpan elapsed)
    {
        var done = _last?.Step ?? _from;
        var share = Math.Clamp((double)done / _steps, 0, 1);
        var rest = done > _from && elapsed > TimeSpan.Zero ? elapsed * ((double)(_steps - done) / (done - _from)) : (TimeSpan?)null;
        var percent = $" {Math.Clamp(done * 100 / _steps, 0, 100),3} %";
        string[] words = rest is { } left && done < _steps ? [$"  {Clock(elapsed)}", $"{Clock(left)} left"] : [$"  {Clock(elapsed)}"];
        var times = Fit(width - LeastBar - percent.Length, words);
        var length = Math.Max(LeastBar, width - percent.Length - times.Length);
        var full = (int)Math.Round(share * length);
        return $"[blue]{new string('━', full)}[/][grey]{new string('─', length - full)}[/]{percent}{times}";
    }

    private IEnumerable<string> Numbers()
    {
        if (_last is null) yield break;
        yield return string.Create(CultureInfo.InvariantCulture, $"loss {_loss:0.0000}");
        yield return string.Create(CultureInfo.InvariantCulture, $"{_speed.SamplesPerSecond:N0} {Figures.UnitOf(isText)}/s");
        yield return string.Create(CultureInfo.InvariantCulture, $"rate {_last.LearningRate:0.00E+0}");
        if (double.IsFinite(_norm)) yield return string.Create(CultureInfo.InvariantCulture, $"gradient {_norm:G3}");
        yield return string.Create(CultureInfo.InvariantCulture, $"{Environment.WorkingSet >> 20:N0} MB");
    }

    private IEnumerable<string> Curve(int width, int height)
    {
        var (steps, losses) = _losses.Read();
        if (steps.Count < 2) return [];
        var plot = new CurvePlot(0, _steps, width, height);
        plot.Add(steps, losses);
        plot.Add([.. _epochs.Select(static epoch => epoch.Step)], [.. _epochs.Select(static epoch => epoch.Validation?.Loss ?? double.NaN)]);
        string[] drawn = [.. plot.Lines(isPlain: false)];
        if (drawn.Length == 0 || _epochs.Count == 0 || width < LeastForKey) return drawn;
        var key = $"step 0   {CurvePlot.KeyOf(0)} each step   {CurvePlot.KeyOf(1)} validation";
        var last = _steps.ToString(CultureInfo.InvariantCulture).PadLeft(width - KeyWidth);
        return [.. drawn[..^1], $"{new string(' ', LabelWidth)}{key}{last}"];
    }

    // Without the time and the speed, which stand above, where the line would be too long.
    private string Epoch(EpochDone epoch, int width)
    {
        var line = Figures.Of(epoch, isText);
        if (line.Length > width && epoch.Validation is { } valid)
        {
            line = string.Create(
                CultureInfo.InvariantCulture, $"{(isText ? epoch.Step : epoch.Epoch),3} {epoch.TrainLoss:0.0000} {Figures.Of(valid)}");
        }

        return epoch.IsBest && epoch == _epochs.LastOrDefault(static done => done.IsBest) ? $"[green]{Plain(line, width)}[/]" : Plain(line, width);
    }

    /// <summary>As many of some words as go into a line.</summary>
    private static string Fit(int width, IEnumerable<string> words)
    {
        var line = "";
        foreach (var word in words)
        {
            if (line.Length + word.Length + 2 > width) break;
            line += (line.Length == 0 ? "" : "  ") + word;
        }

        return line;
    }

    private static string Plain(string text, int width)
    {
        var line = PlainText.Of(text);
        return Markup.Escape(line.Length <= width ? line : line[..(width - 1)] + "…");
    }

    private static string Clock(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");
}
