namespace Gradus.Data;

/// <summary>
/// Random numbers for one sample in one epoch: they follow from seed, epoch, sample and name alone, on any thread and machine, whatever was read before.
/// </summary>
/// <remarks>Not safe for several threads at a time: make one for each sample.</remarks>
public sealed class SampleRandom
{
    private CounterRandom _random;

    /// <summary>Begins the numbers of a sample.</summary>
    /// <param name="seed">The seed of all samples.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="sample">The number of the sample, from 0.</param>
    /// <param name="name">What the numbers are for: other names give other numbers. Default: none.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epoch"/> or <paramref name="sample"/> is below 0.</exception>
    public SampleRandom(ulong seed, int epoch, int sample, string name = "") : this(StreamOf(name), seed, epoch, sample)
    {
    }

    private SampleRandom(string stream, ulong seed, int epoch, int sample)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(sample);
        _random = new CounterRandom(seed, stream, ((ulong)epoch << 32) | (uint)sample);
    }

    /// <summary>The stream of a name, for <see cref="Of"/>.</summary>
    internal static string StreamOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return "sample " + name;
    }

    /// <summary>The numbers of a sample in a stream.</summary>
    internal static SampleRandom Of(string stream, ulong seed, int epoch, int sample) => new(stream, seed, epoch, sample);

    /// <summary>A uniform number in [0, 1), in steps of 2⁻³².</summary>
    public double NextDouble() => _random.NextDouble();

    /// <summary>A uniform number in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double Between(double low, double high) => _random.Between(low, high);

    /// <summary>A uniform whole number in [0, <paramref name="bound"/>).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is below 1.</exception>
    public int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        return _random.Below(bound);
    }

    /// <summary>True with a probability.</summary>
    public bool Chance(double probability) => _random.NextDouble() < probability;

    /// <summary>An approximately normal number of mean 0 and standard deviation 1, within ±6: a sum of twelve uniform numbers.</summary>
    public double NextBell() => _random.NextBell();
}
