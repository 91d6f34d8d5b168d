namespace Gradus.Testing.Specs;

/// <summary>What Ops.Dropout and the relatives of dropout must do. In float64, whose stream the references draw from.</summary>
internal static class Dropout
{
    private const double Floor = -1.7580993408473766;

    public static IEnumerable<OpSpec> All =>
    [
        // The mask is not the same in float32, whose stream takes half as many words: the tests of Dropout hold that type to the same rules.
        OpSpec.General(Ops.Dropout, [Dropped([5], 0.5), Dropped([2, 3], 0.2), Dropped([2, 1, 3], 0), Dropped([0], 0.5), Dropped([], 0.5)], [DType.Float64],
            large: [Dropped([100_003], 0.3)],
            misuses: [new("certainty", static () => Tensor.Ones([2]).Dropout(1), "dropout: probability 1 is outside [0, 1).")]),
        OpSpec.Composite("AlphaDropout", [Alpha([5], 0.5), Alpha([2, 3], 0.2), Alpha([2, 2], 0), Alpha([0], 0.5)], [DType.Float64],
            misuses: [new("certainty", static () => Tensor.Ones([2]).AlphaDropout(1), "alphaDropout: probability 1 is outside [0, 1).")]),
        Featured("FeatureDropout", static (x, probability, generator) => x.FeatureDropout(probability, generator),
            [[2, 3], [2, 3, 2], [2, 2, 2, 1, 2]], isAlpha: false,
            new("a vector", static () => Tensor.Ones([2]).FeatureDropout(0.5), "featureDropout: the input is f32[2], expected [samples, channels, ...].")),
        Featured("FeatureAlphaDropout", static (x, probability, generator) => x.FeatureAlphaDropout(probability, generator), [[2, 3], [2, 3, 2]], isAlpha: true,
            new("certainty", static () => Tensor.Ones([2, 2]).FeatureAlphaDropout(1), "featureAlphaDropout: probability 1 is outside [0, 1).")),
        Featured("Dropout1d", static (x, probability, generator) => x.Dropout1d(probability, generator), [[2, 3, 2]], isAlpha: false,
            new("the rank", static () => Tensor.Ones([2, 2]).Dropout1d(0.5), "dropout1d: the input is f32[2,2], expected [samples, channels, length].")),
        Featured("Dropout3d", static (x, probability, generator) => x.Dropout3d(probability, generator), [[2, 3, 2, 1, 2]], isAlpha: false,
            new("the rank", static () => Tensor.Ones([2, 2]).Dropout3d(0.5), "dropout3d: the input is f32[2,2], expected [samples, channels, depth,")),
        Featured("Dropout2d", static (x, probability, generator) => x.Dropout2d(probability, generator), [[2, 3, 2, 2]], isAlpha: false,
            new("the rank", static () => Tensor.Ones([2, 2]).Dropout2d(0.5), "dropout2d: the input is f32[2,2], expected [images, channels, height, width].")),
    ];

    private static Case Dropped(int[] shape, double probability)
    {
        var stream = new Generator(7, "dropout");
        return Case.Of(Ops.Dropout, new DropoutArgs(probability, 7, stream.Stream, 3), new Input(shape, Domain.Plain), x =>
        {
            stream.Position = 3;
            var draws = Tensor.Rand(Shape.Create(shape), DType.Float64, stream).ToArray<double>();
            return new NArray(shape, [.. x.Values.Zip(draws, (value, draw) => draw < 1 - probability ? value / (1 - probability) : 0)]);
        });
    }

    private static OpSpec Featured(string name, Func<Tensor, double, Generator, Tensor> method, int[][] shapes, bool isAlpha, Misuse misuse) =>
        OpSpec.Composite(name,
            [.. shapes.SelectMany(shape => new[] { 0, 0.4 }.Select(probability =>
                Case.Of([new Input(shape, Domain.Plain)], t => method(t[0], probability, Stream()), a =>
                {
                    var kept = Kept(shape[..2], probability);
                    return NArray.Build(shape, at => Result(a[0][at], kept[at[..2]], probability, isAlpha));
                }, $"p = {probability}")))], [DType.Float64], misuses: [misuse]);

    private static Case Alpha(int[] shape, double probability) => Case.Of([new Input(shape, Domain.Plain)], t => t[0].AlphaDropout(probability, Stream()), a =>
    {
        var kept = Kept(shape, probability);
        return NArray.Build(shape, at => Result(a[0][at], kept[at], probability, isAlpha: true));
    }, $"p = {probability}");

    private static double Result(double x, double kept, double probability, bool isAlpha)
    {
        if (!isAlpha) return kept * x / (1 - probability);
        var a = 1 / Math.Sqrt((1 - probability) * (1 + (probability * Floor * Floor)));
        return (a * (kept == 1 ? x : Floor)) - (a * Floor * probability);
    }

    /// <summary>1 where an element is kept.</summary>
    private static NArray Kept(int[] shape, double probability) =>
        new(shape, [.. Tensor.Rand(Shape.Create(shape), DType.Float64, Stream()).ToArray<double>().Select(draw => draw < 1 - probability ? 1.0 : 0)]);

    private static Generator Stream() => new(7, "dropout");
}
