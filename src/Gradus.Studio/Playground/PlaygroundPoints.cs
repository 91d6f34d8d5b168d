using Gradus.Data;

namespace Gradus.Studio;

/// <summary>The points of a <see cref="Playground"/>: coordinates of about −1 to 1, and a target each; a class as 0 or 1.</summary>
internal sealed class PlaygroundPoints
{
    private const double Deviation = 0.25;

    private PlaygroundPoints(float[] x, float[] targets, int trained) => (X, Targets, Trained) = (x, targets, trained);

    /// <summary>Both coordinates of each point, first of those that are trained on.</summary>
    public float[] X { get; }

    public float[] Targets { get; }

    public int Count => Targets.Length;

    /// <summary>How many points are trained on.</summary>
    public int Trained { get; }

    public static PlaygroundPoints Of(PlaygroundOptions options) => options.Data switch
    {
        PlaygroundData.Own => Divide(options.Own.X, options.Own.Targets, options),
        PlaygroundData.Gaussians => Gaussians(options),
        _ => Generate(options),
    };

    /// <summary>What the network is given of points: [points, features].</summary>
    public static Tensor FeaturesOf(ReadOnlySpan<float> points, IReadOnlyList<PlaygroundFeature> features)
    {
        var (count, values) = (points.Length / 2, new float[points.Length / 2 * features.Count]);
        // The engine's sine: its bits are the same on every machine.
        var sines = features.Any(static feature => feature is PlaygroundFeature.SinX1 or PlaygroundFeature.SinX2)
            ? (Tensor.From(points.ToArray(), [points.Length]) * Math.PI).Sin().ToArray<float>()
            : [];
        for (var index = 0; index < count; index++)
        {
            var (x1, x2) = (points[2 * index], points[2 * index + 1]);
            for (var feature = 0; feature < features.Count; feature++)
            {
                values[index * features.Count + feature] = features[feature] switch
                {
                    PlaygroundFeature.X1 => x1,
                    PlaygroundFeature.X2 => x2,
                    PlaygroundFeature.X1Squared => x1 * x1,
                    PlaygroundFeature.X2Squared => x2 * x2,
                    PlaygroundFeature.X1X2 => x1 * x2,
                    PlaygroundFeature.SinX1 => sines[2 * index],
                    _ => sines[2 * index + 1],
                };
            }
        }

        return Tensor.From(values, [count, features.Count]);
    }

    private static PlaygroundPoints Generate(PlaygroundOptions options)
    {
        var set = new PointOptions
        {
            Count = options.Count,
            Noise = options.Noise,
            Seed = (ulong)options.Seed,
            ValidationShare = 0,
            TestShare = options.TestShare,
        };
        var split = options.Data switch
        {
            PlaygroundData.Spirals => Points.Spirals(set),
            PlaygroundData.Moons => Points.Moons(set),
            PlaygroundData.Circles => Points.Circles(set),
            _ => Points.Xor(set),
        };
        float[] x = [.. InputsOf(split.Train), .. InputsOf(split.Test)];
        float[] targets = options.IsClassification
            ? [.. split.Train.Labels!.Concat(split.Test.Labels ?? []).Select(static label => (float)label)]
            : NumbersOf(options.Data, Tensor.From(x, [options.Count, 2]));
        return new PlaygroundPoints(x, targets, split.Train.Count);
    }

    private static PlaygroundPoints Gaussians(PlaygroundOptions options)
    {
        var deviation = Math.Sqrt((Deviation * Deviation) + (options.Noise * options.Noise));
        var places = Tensor.Normal([options.Count, 2], 0, deviation, generator: new Generator(options.Seed, "gaussians")).ToArray<float>();
        float[] targets = [.. Enumerable.Range(0, options.Count).Select(static index => (float)(index % 2))];
        return Divide([.. places.Select((place, at) => place + (targets[at / 2] - 0.5f))], targets, options);
    }

    // Whether a point is held out follows from its place in the order alone: points that are painted after it change nothing of it.
    private static PlaygroundPoints Divide(IReadOnlyList<float> x, IReadOnlyList<float> targets, PlaygroundOptions options)
    {
        var shares = Tensor.Rand([PlaygroundOptions.MostPoints], generator: new Generator(options.Seed, "held out")).ToArray<float>();
        var rows = Enumerable.Range(0, targets.Count).ToLookup(row => shares[row] < options.TestShare);
        int[] order = [.. rows[false], .. rows[true]];
        // One at least is there to be learnt.
        return new PlaygroundPoints(
            [.. order.SelectMany(row => new[] { x[2 * row], x[2 * row + 1] })], [.. order.Select(row => targets[row])],
            Math.Max(rows[false].Count(), Math.Min(1, order.Length)));
    }

    private static float[] InputsOf(Dataset part) =>
        part.Count == 0 ? [] : part.InputTensor([.. Enumerable.Range(0, part.Count)]).ToArray<float>();

    private static float[] NumbersOf(PlaygroundData data, Tensor points)
    {
        var (x1, x2, squares) = (points.Select(1, 0), points.Select(1, 1), points.Square().Sum(1));
        var numbers = data switch
        {
            PlaygroundData.Plane => (x1 + x2) / 2,
            PlaygroundData.Saddle => x1 * x2,
            PlaygroundData.Waves => (squares.Sqrt() * (2 * Math.PI)).Cos(),
            _ => ((squares * -4).Exp() * 2) - 1,
        };
        return numbers.ToArray<float>();
    }
}
