namespace Gradus.Data;

/// <summary>How many generated points, and how they are split.</summary>
public sealed record PointOptions
{
    /// <summary>Points in all, for training, validation and test together. Default: 2,000.</summary>
    public int Count { get; init; } = 2000;

    /// <summary>The deviation of the bell-shaped noise on both coordinates, in the points' own unit. Default: null, what suits the set.</summary>
    public double? Noise { get; init; }

    /// <summary>Fraction of points for validation, 0 to below 1. Default: 0.1.</summary>
    public double Valid { get; init; } = 0.1;

    /// <summary>Fraction of points for the test, 0 to below 1. Default: 0.1.</summary>
    public double Test { get; init; } = 0.1;

    /// <summary>The same seed gives the same points on every machine. Default: 0.</summary>
    public ulong Seed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(PointOptions), PrintMembers);
}

/// <summary>
/// Points in the plane that no straight line tells apart: two inputs of about −1 to 1, classes of equal size. Small enough to watch a network learn.
/// </summary>
public static class Points
{
    private delegate (double X, double Y) Place(int label, int index, ref CounterRandom random);

    /// <summary>Arms of a spiral, one class each, winding around the origin one and a quarter times.</summary>
    /// <param name="options">Null: the defaults; noise 0.03.</param>
    /// <param name="arms">Number of arms, 2 to 10. Default: 2.</param>
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

    /// <summary>Two half circles, each reaching into the other.</summary>
    /// <param name="options">Null: the defaults; noise 0.1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static DataSplit Moons(PointOptions? options = null) =>
        Make("moons", 2, options, noise: 0.1, (int label, int _, ref CounterRandom random) =>
        {
            var (sin, cos) = Angle.SinCos(0.5 * random.NextDouble());
            return label == 0 ? (cos - 0.5, sin - 0.25) : (0.5 - cos, 0.25 - sin);
        });

    /// <summary>A circle of radius 1 around a circle of radius 0.5.</summary>
    /// <param name="options">Null: the defaults; noise 0.08.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static DataSplit Circles(PointOptions? options = null) =>
        Make("circles", 2, options, noise: 0.08, (int label, int _, ref CounterRandom random) =>
        {
            var (sin, cos) = Angle.SinCos(random.NextDouble());
            var radius = label == 0 ? 1 : 0.5;
            return (radius * cos, radius * sin);
        });

    /// <summary>The four quarters of a square: class 1 where the coordinates' signs differ, as in exclusive or.</summary>
    /// <param name="options">Null: the defaults; noise 0.03, added after the class is fixed, so a few points at the borders are on the wrong side.</param>
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

        var split = Split.ByFraction(options.Count, options.Valid, options.Test, options.Seed);

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
        return new DataSplit(all.Select(split.Train), all.Select(split.Valid), all.Select(split.Test));
    }
}
