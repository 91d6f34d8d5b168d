using System.Diagnostics;

namespace Gradus.Cli.Output;

/// <summary>Samples per second since it was last asked.</summary>
internal sealed class Speed
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _samples;

    public void Add(int samples) => _samples += samples;

    /// <summary>The speed up to now.</summary>
    public double SamplesPerSecond => _samples / Math.Max(_clock.Elapsed.TotalSeconds, 1e-9);

    /// <summary>The speed up to now; counting begins anew.</summary>
    public double TakeSamplesPerSecond()
    {
        var speed = SamplesPerSecond;
        _samples = 0;
        _clock.Restart();
        return speed;
    }
}
