namespace Gradus.Nn.Tests.Optim;

/// <summary>Gradients whose squares f32 does not hold.</summary>
public class LargeGradientsTests
{
    [Theory, InlineData(1e20), InlineData(1e-25), InlineData(3e38), InlineData(1)]
    public void Norms_of_gradients_reach_as_far_as_f32(double size)
    {
        // given
        Parameter first = Of(3 * size / 4, 0), second = Of(size);

        // when
        var norm = Clip.Norm([first, second]);
        var before = Clip.ByNorm([first, second], size / 2);

        // then
        Assert.Equal(1.25, norm / size, 1e-6);
        Assert.Equal(norm, before);
        Assert.Equal(0.5, Clip.Norm([first, second]) / size, size < 1e-10 ? 1 : 1e-5);
        if (size > 1e-10) Assert.Equal(0.3, first.Grad![0].Item() / size, 1e-6);
    }

    [Fact]
    public void Clipping_brings_the_largest_gradients_to_the_bound()
    {
        // given
        Parameter[] parameters = [Of(3e38, 3e38, 3e38), Of(1e38, -3e38)];

        // when
        Clip.ByNorm(parameters, 1e-3);

        // then
        Assert.Equal(1e-3, Clip.Norm(parameters), 1e-8);
        Assert.Equal(1e-3 / Math.Sqrt(37), parameters[1].Grad![0].Item(), 1e-8);
    }

    [Fact]
    public void Norms_of_doubles_reach_as_far_as_doubles()
    {
        // given
        Parameter[] large = [Wide(3e200, 0), Wide(4e200)], small = [Wide(3e-200), Wide(4e-200, 0)];

        // when
        var norms =
            (Clip.Norm(large), Clip.Norm(small), Clip.Norm([Wide(0, 0)]), Clip.Norm([Wide(double.PositiveInfinity, 1)]), Clip.Norm([Wide(double.NaN, 1)]));

        // then
        Assert.Equal(5, norms.Item1 / 1e200, 1e-9);
        Assert.Equal(5, norms.Item2 / 1e-200, 1e-9);
        Assert.Equal((0, double.PositiveInfinity, double.NaN), (norms.Item3, norms.Item4, norms.Item5));
    }

    [Fact]
    public void One_large_gradient_makes_no_running_square_infinite()
    {
        // given
        Dictionary<string, Func<Parameter[], Optimizer>> optimizers = new()
        {
            ["Adam"] = static parameters => new Adam(parameters),
            ["Adam with the greatest squares"] = static parameters => new Adam(parameters, new AdamOptions { AmsGrad = true }),
            ["AdamW"] = static parameters => new AdamW(parameters),
            ["NAdam"] = static parameters => new NAdam(parameters),
            ["RAdam"] = static parameters => new RAdam(parameters),
            ["Lamb"] = static parameters => new Lamb(parameters),
            ["Adagrad"] = static parameters => new Adagrad(parameters),
            ["Adadelta"] = static parameters => new Adadelta(parameters),
            ["RmsProp"] = static parameters => new RmsProp(parameters),
        };

        foreach (var (name, make) in optimizers)
        {
            // when
            var parameter = Of(1e25, 1);
            var optimizer = make([parameter]);
            optimizer.Step();
            parameter.Grad = Tensor.Of(1f, 1);
            optimizer.Step();

            // then
            Assert.All(optimizer.State(), state => Assert.True(state.Value.ToArray<double>().All(double.IsFinite), $"{name}: {state.Key} is {state.Value}"));
            Assert.True(parameter.Value.ToArray<float>().All(float.IsFinite), name);
        }
    }

    private static Parameter Of(params double[] gradient) => With(Tensor.Of(gradient).To(DType.Float32));

    private static Parameter Wide(params double[] gradient) => With(Tensor.Of(gradient));

    private static Parameter With(Tensor gradient) => new(Tensor.Ones(gradient.Shape, gradient.DType)) { Grad = gradient };
}
