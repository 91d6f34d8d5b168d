using System.Diagnostics;

namespace Gradus.Cli.Bench;

/// <summary>Something to time.</summary>
/// <param name="Name">Its name, the same as on the side it is compared with.</param>
/// <param name="Prepare">Makes the data and gives what one run is. Called only if the workload is asked for.</param>
/// <param name="Operations">Floating-point operations of a run, two for a multiply-add; null where they are not the measure.</param>
/// <param name="Bytes">Bytes that a run must at least read and write; null where they are not the measure.</param>
internal sealed record Workload(string Name, Func<Action> Prepare, double? Operations = null, double? Bytes = null);

/// <summary>How long a workload takes.</summary>
/// <param name="MedianMicroseconds">The median of the runs.</param>
/// <param name="MinMicroseconds">The shortest run.</param>
/// <param name="Runs">How many runs were timed.</param>
internal sealed record Timing(double MedianMicroseconds, double MinMicroseconds, int Runs)
{
    private const int WarmUps = 3;
    private const double SecondsOfRuns = 0.6;
    private const double SecondsOfWarmUp = 1.2;
    private const int CompiledRuns = 60;
    private const double MostSecondsOfWarmUp = 3;

    /// <summary>Times an action: 1.2 seconds and 60 runs to warm up, but no more than 3 seconds; one to see how long it takes; then at least seven.</summary>
    /// <remarks>
    /// The warm-up lasts because code is compiled while it runs, and compiled again where it runs often: after three calls alone, 300 runs of a scalar chain
    /// are over before that has happened, and take three times as long as all later ones; a tiny network needs a second. A step of a large network takes
    /// twice as long while its code is compiled a second time beside it, which on two processors goes on for 2 seconds.
    /// </remarks>
    public static Timing Of(Action action)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var run = 0; run < CompiledRuns || Elapsed(begin) < SecondsOfWarmUp; run++)
        {
            action();
            if (run + 1 >= WarmUps && Elapsed(begin) > MostSecondsOfWarmUp) break;
        }

        var runs = (int)Math.Clamp(SecondsOfRuns / Seconds(action), 7, 300);
        var times = new double[runs];
        for (var run = 0; run < runs; run++) times[run] = Seconds(action) * 1e6;
        Array.Sort(times);
        var median = runs % 2 == 1 ? times[runs / 2] : (times[(runs / 2) - 1] + times[runs / 2]) / 2;
        return new Timing(median, times[0], runs);
    }

    private static double Seconds(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Math.Max(Elapsed(start), 1e-9);
    }

    private static double Elapsed(long start) => Stopwatch.GetElapsedTime(start).TotalSeconds;
}
