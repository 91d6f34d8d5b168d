namespace Gradus.Data;

/// <summary>The options of <see cref="Points"/>.</summary>
public sealed record PointOptions
{
    /// <summary>Total number of points: training, validation and test set together. Default: 2,000.</summary>
    public int Count { get; init; } = 2000;

    /// <summary>
    /// The standard deviation of the noise that is added to both coordinates. Default: null; each method documents its own default.
    /// </summary>
    public double? Noise { get; init; }

    /// <summary>The fraction of the points for validation, from 0 to below 1. Default: 0.1.</summary>
    public double ValidationShare { get; init; } = 0.1;

    /// <summary>The fraction of the points for the test, from 0 to below 1. Default: 0.1.</summary>
    public double TestShare { get; init; } = 0.1;

    /// <summary>The seed. Equal seeds give equal points on every machine. Default: 0.</summary>
    public ulong Seed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(PointOptions), PrintMembers);
}

/// <summary>
/// Generated points in the plane whose classes no straight line separates. Two inputs of about −1 to 1, classes of equal size. Training takes
/// seconds.
/// </summary>
public static class Points
{
    private delegate (double X, double Y) Place(int label, int index, ref CounterRandom random);

    /// <summary>Spiral arms that wind 1.25 times around the origin. Each arm is a class.</summary>
    /// <param name="options">The options. Default: null, those of <see cref="PointOptions"/> with noise 0.03.</param>
    /// <param name="arms">Number of arms, from 2 to 10. Default: 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static DataSplit Spirals(PointOptions? options = null, int arms = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(arms, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(arms, 10);
        return Make("spirals", arms, options, noise: 0.03, (int label, int _, ref CounterRandom random) =>
        {
            var radius = random.Between(0.08, 1);
            var (sin, cos) = Angle.SinCos(1.25 * radius + label / (double)arms);
            return (radius * cos, radius * sin);
        });
    }

    /// <summary>Two interleaving half circles. Each is a class.</summary>
    /// <param name="options">The options. Default: null, those of <see cref="PointOptions"/> with noise 0.1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static DataSplit Moons(PointOptions? options = null) =>
        Make("moons", 2, options, noise: 0.1, (int label, int _, ref CounterRandom random) =>
        {
            var (sin, cos) = Angle.SinCos(0.5 * random.NextDouble());
            return label == 0 ? (cos - 0.5, sin - 0.25) : (0.5 - cos, 0.25 - sin);
        });

    /// <summary>Two concentric circles, of radius 1 and 0.5. Each is a class.</summary>
    /// <param name="options">The options. Default: null, those of <see cref="PointOptions"/> with noise 0.08.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static DataSplit Circles(PointOptions? options = null) =>
        Make("circles", 2, options, noise: 0.08, (int label, int _, ref CounterRandom random) =>
        {
            var (sin, cos) = Angle.SinCos(random.NextDouble());
            var radius = label == 0 ? 1 : 0.5;
            return (radius * cos, radius * sin);
        });

    /// <summary>Points in a square: class 1 where the signs of the coordinates differ, as in exclusive or, else class 0.</summary>
    /// <param name="options">The options. Default: null, those of <see cref="PointOptions"/> with noise 0.03.</param>
    /// <remarks>Noise is added after the class is chosen, so a few points near the borders are on the wrong side.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static DataSplit Xor(PointOptions? options = null) =>
        Make("xor", 2, options, noise: 0.03, (int label, int index, ref CounterRandom random) =>
        {
            var x = (index / 2 % 2 == 0 ? 1 : -1) * random.NextDouble();
            var y = random.NextDouble();
            return (x, (x < 0) == (label == 1) ? y : -y);
        });

    private static DataSplit Make(string name, int classes, PointOptions? options, double noise, Place place)
    {
        options ??= new PointOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Count, classes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Count, Array.MaxLength / 2);
        noise = options.Noise ?? noise;
        if (!(noise >= 0 && double.IsFinite(noise)))
        {
            throw new ArgumentOutOfRangeException(nameof(options), noise, "The noise must be a finite number, 0 or more.");
        }

        var split = Split.ByFraction(options.Count, options.ValidationShare, options.TestShare, options.Seed);

        var inputs = new float[2 * options.Count];
        var labels = new int[options.Count];
        for (var index = 0; index < options.Count; index++)
        {
            var random = new CounterRandom(options.Seed, name, (ulong)index);
            labels[index] = index % classes;
            var (x, y) = place(labels[index], index, ref random);
            inputs[2 * index] = (float)(x + noise * random.NextBell());
            inputs[2 * index + 1] = (float)(y + noise * random.NextBell());
        }

        var names = Enumerable.Range(0, classes).Select(label => $"{(char)('A' + label)}").ToArray();
        var all = Dataset.OfClasses(name, [2], Inputs.Of(inputs, 2), labels, names);
        return new DataSplit(all.Select(split.Train), all.Select(split.Validation), all.Select(split.Test));
    }
}
