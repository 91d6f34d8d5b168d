namespace Gradus.Nn.Tests;

public class AttributionsTests
{
    private static readonly Tensor Weight = Tensor.Of([[1.0, -2.0, 0.5], [3.0, 0.25, -1.0]]);

    [Fact]
    public void On_a_linear_model_every_method_gives_the_exact_values()
    {
        // given: f₁(x) = 3x₁ + x₂/4 − x₃ + 7
        var model = LinearModel();
        var x = Tensor.Of([[2.0, 4.0, -1.0], [1.0, 0.0, 8.0]]);
        var baseline = Tensor.Of(1.0, 1.0, 1.0);

        // when
        var gradient = Attributions.Gradient(model, x, [1]);
        var product = Attributions.GradientTimesInput(model, x, [1]);
        var integrated = Attributions.IntegratedGradients(model, x, [1], baseline);
        var smooth = Attributions.SmoothGrad(model, x, [1]);
        var occlusion = Attributions.Occlusion(model, x, window: 1, target: [1], baseline: baseline);

        // then
        AssertClose([3, 0.25, -1, 3, 0.25, -1], gradient);
        AssertClose([6, 1, 1, 3, 0, -8], product);
        AssertClose([3, 0.75, 2, 0, -0.25, -7], integrated.Values);
        AssertClose([15, 2], integrated.Score);
        AssertClose([9.25, 9.25], integrated.BaselineScore);
        AssertClose([5.75, -7.25], integrated.Sum);
        AssertClose([0, 0], integrated.Gap);
        AssertClose([3, 0.25, -1, 3, 0.25, -1], smooth);
        AssertClose([3, 0.75, 2, 0, -0.25, -7], occlusion);
    }

    [Fact]
    public void Without_a_target_each_sample_is_asked_about_its_greatest_output()
    {
        // given: outputs (−9, 7), then (21, −2)
        var model = LinearModel();
        var x = Tensor.Of([[1.0, 5.0, 0.0], [-5.0, -12.0, -4.0]]);

        // when
        var chosen = Attributions.Gradient(model, x);
        var named = Attributions.Gradient(model, x, [1, 0]);

        // then
        AssertClose([3, 0.25, -1, 1, -2, 0.5], chosen);
        AssertClose([3, 0.25, -1, 1, -2, 0.5], named);
    }

    [Fact]
    public void Integrated_gradients_of_a_smooth_network_are_complete_to_a_millionth()
    {
        // given
        var network = Float64(
            new Sequential(new Conv2d(2, 5, 3), new Tanh(), new AvgPool2d(2), new Flatten(), new Linear(5 * 3 * 3, 8), new Sigmoid(), new Linear(8, 4)),
            seed: 1);
        var random = new Generator(seed: 2);
        var x = Tensor.Randn([3, 2, 8, 8], DType.Float64, random);
        var baseline = Tensor.Randn([2, 8, 8], DType.Float64, random);

        // when
        var integrated = Attributions.IntegratedGradients(network, x, [0, 3, 1], baseline);

        // then: f(x) and f(baseline) are the network's own
        using var noGrad = new NoGrad();
        var (at, from) = (network.Forward(x), network.Forward(baseline.Unsqueeze(0)));
        AssertClose([at[0, 0].Item(), at[1, 3].Item(), at[2, 1].Item()], integrated.Score);
        AssertClose([from[0, 0].Item(), from[0, 3].Item(), from[0, 1].Item()], integrated.BaselineScore);
        AssertClose((integrated.Score - integrated.BaselineScore).ToArray<double>(), integrated.Sum, 1e-6);
        AssertClose([0, 0, 0], integrated.Gap, 1e-6);
        Assert.True(integrated.Sum.Abs().Min().Item() > 1e-3);
    }

    [Fact]
    public void Where_the_gradient_jumps_the_gap_is_reported_and_falls_with_the_steps()
    {
        // given
        var network = Float64(new Sequential(new Linear(6, 30), new Relu(), new Linear(30, 30), new Relu(), new Linear(30, 3)), seed: 3);
        var x = Tensor.Randn([4, 6], DType.Float64, new Generator(seed: 4));

        // when
        var gaps = new[] { 3, 30, 1000 }.Select(steps => Attributions.IntegratedGradients(network, x, steps: steps)).Select(static integrated =>
        {
            AssertClose((integrated.Sum - integrated.Score + integrated.BaselineScore).ToArray<double>(), integrated.Gap);
            return integrated.Gap.Abs().Max().Item();
        }).ToArray();

        // then
        Assert.Equal(gaps.OrderDescending(), gaps);
        Assert.InRange(gaps[2], 1e-12, 2e-3);
    }

    [Fact]
    public void The_points_of_the_integral_are_those_of_Gauss_and_Legendre()
    {
        // given: √(3/5) around the middle of [0, 1] for three points
        var three = GaussLegendre.Rule(3);
        var many = GaussLegendre.Rule(1000);

        // then
        Assert.Equal(
            [0.5 - (Math.Sqrt(0.6) / 2), 0.5, 0.5 + (Math.Sqrt(0.6) / 2)], three.Select(static place => place.Point),
            static (left, right) => Math.Abs(left - right) < 1e-15);
        Assert.Equal([5 / 18.0, 8 / 18.0, 5 / 18.0], three.Select(static place => place.Weight), static (left, right) => Math.Abs(left - right) < 1e-15);
        Assert.Equal([(0.5, 1.0)], GaussLegendre.Rule(1));
        Assert.Equal(1, many.Sum(static place => place.Weight), 1e-13);
        Assert.Equal(Math.E - 1, many.Sum(static place => place.Weight * Math.Exp(place.Point)), 1e-13);
        // exact to degree 2n − 1
        for (var degree = 0; degree < 20; degree++)
        {
            Assert.Equal(1.0 / (degree + 1), GaussLegendre.Rule(10).Sum(place => place.Weight * Math.Pow(place.Point, degree)), 1e-14);
        }
    }

    [Fact]
    public void Smooth_gradients_are_the_mean_over_seeded_noises()
    {
        // given
        var network = Float64(new Sequential(new Linear(3, 6), new Tanh(), new Linear(6, 2)), seed: 5);
        var x = Tensor.Of([[0.0, 2.0, -2.0], [1.0, 1.5, 1.0]]);

        // when
        var smooth = Attributions.SmoothGrad(network, x, [0], noise: 0.5, draws: 3, seed: 9);

        // then: the ranges are 4 and ½, so the deviations 2 and ¼
        var random = new Generator(9, "smoothGrad");
        var sum = Tensor.Zeros([2, 3], DType.Float64);
        for (var draw = 0; draw < 3; draw++)
        {
            sum += Attributions.Gradient(network, x + (Tensor.Randn([1, 3], DType.Float64, random) * Tensor.Of([[2.0], [0.25]])), [0]);
        }

        AssertClose((sum / 3).ToArray<double>(), smooth);
        Assert.Equal(smooth.ToArray<double>(), Attributions.SmoothGrad(network, x, [0], noise: 0.5, draws: 3, seed: 9).ToArray<double>());
        Assert.NotEqual(smooth.ToArray<double>(), Attributions.SmoothGrad(network, x, [0], noise: 0.5, draws: 3, seed: 10).ToArray<double>());
        AssertClose(Attributions.Gradient(network, x, [0]).ToArray<double>(), Attributions.SmoothGrad(network, x, [0], noise: 0));
    }

    [Fact]
    public void Gradient_times_input_of_a_network_is_the_product_of_both()
    {
        // given
        var network = Float64(new Sequential(new Flatten(), new Linear(8, 6), new Gelu(), new Linear(6, 2)), seed: 6);
        var x = Tensor.Randn([3, 2, 4], DType.Float64, new Generator(seed: 7));

        // then
        AssertClose((Attributions.Gradient(network, x) * x).ToArray<double>(), Attributions.GradientTimesInput(network, x));
    }

    private static Sequential LinearModel()
    {
        var model = new Sequential(new Linear(3, 2));
        model.To(DType.Float64);
        model.LoadState(new Dictionary<string, Tensor> { ["0.weight"] = Weight, ["0.bias"] = Tensor.Of(1.0, 7.0) });
        return model;
    }

    internal static Sequential Float64(Sequential network, long seed)
    {
        network.Initialize(seed);
        network.To(DType.Float64);
        return network;
    }

    internal static void AssertClose(double[] expected, Tensor actual, double tolerance = 1e-12)
    {
        var values = actual.ToArray<double>();
        Assert.Equal(expected.Length, values.Length);
        for (var index = 0; index < values.Length; index++)
        {
            Assert.True(Math.Abs(expected[index] - values[index]) <= tolerance, $"element {index} is {values[index]}, expected {expected[index]}");
        }
    }
}
