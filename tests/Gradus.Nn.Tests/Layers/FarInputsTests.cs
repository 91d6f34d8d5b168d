namespace Gradus.Nn.Tests.Layers;

/// <summary>
/// Layers that divide by a deviation or a length, on inputs whose squares f32 does not hold or whose mean it rounds, against the same layer in float64.
/// </summary>
public class FarInputsTests
{
    public static TheoryData<string> Layers => [.. s_layers.Keys];

    private static readonly Dictionary<string, Func<Module<Tensor, Tensor>>> s_layers = new()
    {
        ["group norm"] = static () => new GroupNorm(4, 2),
        ["instance norm"] = static () => new InstanceNorm1d(4, affine: true),
        ["batch norm"] = static () => new BatchNorm1d(4),
        ["layer norm"] = static () => new LayerNorm(6),
        ["layer norm of two axes"] = static () => new LayerNorm([4, 6]),
        ["root mean square norm"] = static () => new RmsNorm(6),
        ["local response norm"] = static () => new LocalResponseNorm(3),
    };

    [Theory, MemberData(nameof(Layers))]
    public void Values_around_ten_thousand_and_around_1e30_are_normalized_as_in_float64(string name)
    {
        // given
        var unit = Tensor.Uniform([3, 4, 6], -1, 1, DType.Float64, new Generator(4, name));
        Tensor[] inputs = [(unit + 10_000).To(DType.Float32), ((unit + 0.5) * 1e30).To(DType.Float32)];

        foreach (var input in inputs)
        {
            // when
            Module<Tensor, Tensor> narrow = s_layers[name](), wide = s_layers[name]();
            wide.To(DType.Float64);
            var output = narrow.Forward(input).ToArray<double>();
            var expected = wide.Forward(input.To(DType.Float64)).ToArray<double>();

            // then
            var largest = expected.Max(Math.Abs);
            Assert.All(expected.Zip(output), pair => Assert.InRange((pair.Second - pair.First) / largest, -3e-6, 3e-6));
        }
    }

    [Fact]
    public void Running_statistics_come_back_from_a_batch_of_1e30()
    {
        // given
        var norm = new BatchNorm1d(2);
        var ordinary = Tensor.Randn([16, 2], generator: new Generator(1));

        // when
        norm.Forward(ordinary * 1e30);
        var after = norm.RunningVar!.Value.ToArray<float>();
        for (var step = 0; step < 1200; step++) norm.Forward(ordinary);

        // then
        Assert.All(after, static value => Assert.True(float.IsFinite(value)));
        Assert.All(norm.RunningVar.Value.ToArray<double>().Zip(ordinary.Var(0).ToArray<double>()), static pair => Assert.Equal(pair.Second, pair.First, 1e-4));
        Assert.All(norm.RunningMean!.Value.ToArray<double>().Zip(ordinary.Mean(0).ToArray<double>()), static pair =>
            Assert.Equal(pair.Second, pair.First, 1e-4));
    }

    [Theory, InlineData(1e20, 1e20), InlineData(1e30, 1e-3), InlineData(3e38, 3e38), InlineData(1, 1)]
    public void The_cosine_of_an_angle_does_not_depend_on_lengths(double left, double right)
    {
        // given
        Tensor x = (Tensor.Of([[3.0, 4], [1, 0.5]]) * (left / 4)).To(DType.Float32).RequireGrad(),
            y = (Tensor.Of([[4.0, 3], [0.5, -1]]) * (right / 4)).To(DType.Float32);

        // when
        var cosine = new CosineSimilarity().Forward((x, y));
        var loss = Losses.CosineEmbedding(x, y, Tensor.Of(1f, 1), reduction: Reduction.None);
        cosine.Sum().Backward();

        // then
        Assert.All(cosine.ToArray<double>().Zip([0.96, 0]), static pair => Assert.Equal(pair.Second, pair.First, 1e-6));
        Assert.All(loss.ToArray<double>().Zip([0.04, 1]), static pair => Assert.Equal(pair.Second, pair.First, 1e-6));
        // ∂cos/∂x = (y/|y| − cos·x/|x|)/|x|: here (0.8 − 0.96·0.6)/|x| and (0.6 − 0.96·0.8)/|x| in the first row.
        var length = 1.25 * left;
        Assert.Equal(0.224, x.Grad![0, 0].Item() * length, 1e-5);
        Assert.Equal(-0.168, x.Grad[0, 1].Item() * length, 1e-5);
    }

    [Fact]
    public void A_distance_and_the_parts_of_a_weight_reach_as_far_as_f32()
    {
        // given
        var x = Tensor.Of([[3e30f, 0]]);
        var linear = new Linear(2, 1, bias: false);
        var spectral = new Linear(2, 1, bias: false);
        using (new NoGrad())
        {
            linear.Weight.Value.CopyFrom(Tensor.Of([[3e25f, 4e25f]]));
            spectral.Weight.Value.CopyFrom(Tensor.Of([[3e25f, 4e25f]]));
        }

        // when
        var distance = new PairwiseDistance().Forward((x, Tensor.Of([[0f, 4e30f]]))).Item();
        var weightNorm = WeightNorm.Apply(linear).Forward(Tensor.Of([[1f, 0]])).Item();
        var spectralNorm = SpectralNorm.Apply(spectral, iterations: 5).Forward(Tensor.Of([[1f, 0]])).Item();

        // then
        Assert.Equal(5e30, distance, 1e25);
        Assert.Equal(3e25, weightNorm, 1e20);
        Assert.Equal(0.6, spectralNorm, 1e-5);
    }

    [Fact]
    public void The_cosine_of_halves_is_computed_in_f32()
    {
        // given: squares of 300 are beyond f16
        Tensor x = Tensor.Of([[(Half)300, (Half)400]]), y = Tensor.Of([[(Half)400, (Half)300]]);

        // when
        var cosine = new CosineSimilarity().Forward((x, y));

        // then
        Assert.Equal(DType.Float16, cosine.DType);
        Assert.Equal((double)(Half)0.96, cosine.Item());
    }
}
