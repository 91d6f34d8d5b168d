namespace Gradus.Testing.Specs;

/// <summary>What Ops.Random must do.</summary>
internal static class Random
{
    public static IEnumerable<OpSpec> All =>
    [
        // The mask is not the same in float32, whose stream takes half as many words: the tests of Dropout hold that type to the same rules.
        OpSpec.General(Ops.Dropout, [Dropped([5], 0.5), Dropped([2, 3], 0.2), Dropped([2, 1, 3], 0), Dropped([0], 0.5), Dropped([], 0.5)], [DType.Float64],
            large: [Dropped([100_003], 0.3)],
            misuses: [new("certainty", static () => Tensor.Ones([2]).Dropout(1), "dropout: probability 1 is outside [0, 1).")]),
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
}
