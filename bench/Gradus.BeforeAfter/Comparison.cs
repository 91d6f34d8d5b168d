using System.Diagnostics;

namespace Gradus.BeforeAfter;

/// <summary>Two runs of one workload, before and after, in turn.</summary>
/// <param name="Before">The tenth percentile of the times before, in µs.</param>
/// <param name="After">That of the times after.</param>
/// <param name="Ratio">The median of after over before, of stretches that follow each other.</param>
/// <param name="Stretches">How many pairs there were.</param>
internal sealed record Comparison(double Before, double After, double Ratio, int Stretches)
{
    private const double WarmUpSeconds = 1;
    private const int WarmUpRuns = 60;
    private const double StretchSeconds = 0.004;
    private const int FewestStretches = 6;

    /// <summary>Runs both in turn for some seconds, in stretches of 4 ms, the one and the other first.</summary>
    public static Comparison Of(Action before, Action after, double seconds)
    {
        Action[] sides = [before, after];
        var longest = sides.Max(WarmUp);
        var runs = Math.Max(1, (int)(StretchSeconds / longest));
        List<double>[] times = [[], []];
        var clock = Stopwatch.StartNew();
        for (var stretch = 0; stretch < FewestStretches || clock.Elapsed.TotalSeconds < seconds; stretch++)
        {
            for (var turn = 0; turn < 2; turn++)
            {
                var side = (stretch + turn) % 2;
                // The first run brings the other's data out of the caches.
                sides[side]();
                times[side].Add(Time(sides[side], runs));
            }
        }

        double[] ratios = [.. times[0].Zip(times[1], static (one, other) => other / one)];
        return new Comparison(Quantile(times[0], 0.1), Quantile(times[1], 0.1), Quantile(ratios, 0.5), ratios.Length);
    }

    /// <summary>Runs until the code is compiled for good, and times one run.</summary>
    private static double WarmUp(Action run)
    {
        var clock = Stopwatch.StartNew();
        for (var index = 0; index < WarmUpRuns || clock.Elapsed.TotalSeconds < WarmUpSeconds; index++)
        {
            run();
            if (clock.Elapsed.TotalSeconds > 2.5 * WarmUpSeconds) break;
        }

        return Time(run, 1) / 1e6;
    }

    private static double Time(Action run, int runs)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var index = 0; index < runs; index++) run();
        return Stopwatch.GetElapsedTime(begin).TotalMicroseconds / runs;
    }

    private static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)((sorted.Length - 1) * share)];
    }
}
