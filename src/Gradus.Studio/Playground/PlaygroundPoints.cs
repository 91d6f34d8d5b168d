using Gradus.Data;

namespace Gradus.Studio;

/// <summary>The points of a <see cref="Playground"/>: coordinates of about −1 to 1, and a target each; a class as 0 or 1.</summary>
internal sealed class PlaygroundPoints
{
    public PlaygroundPoints(PlaygroundOptions options)
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
        X = [.. InputsOf(split.Train), .. InputsOf(split.Test)];
        Targets = options.IsClassification
            ? [.. split.Train.Labels!.Concat(split.Test.Labels ?? []).Select(static label => (float)label)]
            : [.. Enumerable.Range(0, options.Count).Select(index => TargetOf(options.Data, X[2 * index], X[2 * index + 1]))];
        Trained = split.Train.Count;
    }

    /// <summary>Both coordinates of each point, first of those that are trained on.</summary>
    public float[] X { get; }

    public float[] Targets { get; }

    public int Count => Targets.Length;

    /// <summary>How many points are trained on.</summary>
    public int Trained { get; }

    /// <summary>What the network is given of points: [points, features].</summary>
    public static Tensor FeaturesOf(ReadOnlySpan<float> points, IReadOnlyList<PlaygroundFeature> features)
    {
        var values = new float[points.Length / 2 * features.Count];
        for (var index = 0; index < points.Length / 2; index++)
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
                    _ => x1 * x2,
                };
            }
        }

        return Tensor.From(values, [points.Length / 2, features.Count]);
    }

    private static float[] InputsOf(Dataset part) =>
        part.Count == 0 ? [] : part.InputTensor([.. Enumerable.Range(0, part.Count)]).ToArray<float>();

    private static float TargetOf(PlaygroundData data, float x1, float x2) => data == PlaygroundData.Plane ? (x1 + x2) / 2 : x1 * x2;
}
