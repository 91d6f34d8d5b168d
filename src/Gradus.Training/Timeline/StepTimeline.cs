using System.Diagnostics;

namespace Gradus.Training;

/// <summary>When the parts of the last steps of a training were computed and sent; for <see cref="TrainingOptions.Timeline"/>.</summary>
public sealed class StepTimeline
{
    private readonly int _steps;
    private readonly List<TimelineSpan> _spans = [];
    private long _zero = Stopwatch.GetTimestamp();

    /// <summary>A timeline that keeps the last steps.</summary>
    /// <param name="steps">How many. Default: 5.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are fewer than one.</exception>
    public StepTimeline(int steps = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        _steps = steps;
    }

    /// <summary>The spans of the last steps, in the order in which they ended.</summary>
    public IReadOnlyList<TimelineSpan> Spans => _spans;

    /// <summary>The time, in seconds since <see cref="Start"/>.</summary>
    internal double Now => Stopwatch.GetElapsedTime(_zero).TotalSeconds;

    /// <summary>Lets the time begin here, as all processes do that are to be laid side by side.</summary>
    public void Start() => _zero = Stopwatch.GetTimestamp();

    /// <summary>The share of the time of all exchanges in which this process computed: 1 where none was waited for; NaN without exchanges.</summary>
    /// <param name="spans">Spans of one process.</param>
    public static double HiddenShare(IReadOnlyList<TimelineSpan> spans)
    {
        ArgumentNullException.ThrowIfNull(spans);
        var (all, hidden) = (0.0, 0.0);
        foreach (var exchange in spans.Where(static span => span.Kind == TimelineKind.Exchange))
        {
            all += exchange.Seconds;
            foreach (var pass in spans.Where(static span => span.Kind is TimelineKind.Forward or TimelineKind.Backward))
                hidden += Math.Max(0, Math.Min(pass.End, exchange.End) - Math.Max(pass.Start, exchange.Start));
        }

        return hidden / all;
    }

    /// <summary>Begins a step; the oldest is forgotten.</summary>
    internal void BeginStep(long step) => _spans.RemoveAll(span => span.Step <= step - _steps);

    /// <summary>Adds a span that ends now.</summary>
    internal void Add(TimelineKind kind, int index, long step, double start) => _spans.Add(new TimelineSpan(kind, index, step, start, Now));
}
