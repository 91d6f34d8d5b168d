namespace Gradus.Nn.Tests.Parametrizations;

public class ParametrizationTests
{
    private static readonly Tensor X = Tensor.Randn([4, 3], generator: new Generator(1));

    [Fact]
    public void Weight_norm_changes_nothing_at_first_and_trains_length_and_direction()
    {
        // given
        var layer = new Linear(3, 2);
        layer.Initialize(1);
        var before = layer.Forward(X);

        // when
        WeightNorm.Apply(layer);

        // then
        Assert.Equal(["bias", "weight_g", "weight_v"], layer.State().Keys.Order());
        Assert.Equal([2, 1], layer.State()["weight_g"].Shape);
        Assert.True(layer.Forward(X).AllClose(before, 1e-5, 1e-6));
        Assert.Equal(3, layer.Parameters().Count());
    }

    [Fact]
    public void Weight_norm_can_be_taken_away_again()
    {
        // given
        var layer = WeightNorm.Apply(new Conv2d(2, 3, 3));
        layer.Initialize(1);
        var images = Tensor.Randn([1, 2, 5, 5], generator: new Generator(1));
        var before = layer.Forward(images);

        // when
        WeightNorm.Remove(layer);

        // then
        Assert.Equal(["bias", "weight"], layer.State().Keys.Order());
        Assert.Equal(before.ToArray<float>(), layer.Forward(images).ToArray<float>());
    }

    [Fact]
    public void Weight_norm_waits_for_the_first_input_like_the_layer_it_is_on()
    {
        // given
        var layer = WeightNorm.Apply(new Linear(2));
        layer.Initialize(1);

        // when
        var output = layer.Forward(X);

        // then: each row of the weight is as long as was drawn for its direction
        Assert.Equal([4, 2], output.Shape);
        Assert.True(layer.Weight.Value.AllClose(layer.State()["weight_v"], 1e-5, 1e-6));
    }

    [Fact]
    public void Gradients_of_both_norms_agree_with_finite_differences()
    {
        // given
        var layers = new[] { WeightNorm.Apply(new Linear(3, 2)), SpectralNorm.Apply(new Linear(3, 2)) };
        foreach (var layer in layers)
        {
            layer.Initialize(1);
            layer.To(DType.Float64);
            layer.Eval();
        }

        // when
        var x = X.To(DType.Float64).RequireGrad();
        var reports =
            layers.Select(layer => GradientCheck.Run(() => layer.Forward(x), [x, .. layer.Parameters().Select(static parameter => parameter.Value)])).ToArray();

        // then
        Assert.All(reports, static report => Assert.True(report.IsRight, report.ToString()));
    }

    [Fact]
    public void Spectral_norm_comes_to_a_greatest_singular_value_of_one()
    {
        // given
        var layer = SpectralNorm.Apply(new Linear(3, 2, bias: false));
        layer.Initialize(1);

        // when
        for (var call = 0; call < 50; call++) _ = layer.Forward(X);

        // then: of a matrix with two rows, the greater eigenvalue of W·Wᵀ
        var product = layer.Weight.Value.Detach().MatMul(layer.Weight.Value.Detach().Transpose()).ToArray<float>();
        double sum = product[0] + product[3], determinant = (product[0] * product[3]) - (product[1] * product[2]);
        Assert.Equal(1, (sum + Math.Sqrt((sum * sum) - (4 * determinant))) / 2, 1e-4);
        Assert.Equal(["weight_orig", "weight_u", "weight_v"], layer.State().Keys);
    }

    [Fact]
    public void In_use_the_singular_vectors_stay()
    {
        // given
        var layer = SpectralNorm.Apply(new Linear(3, 2));
        layer.Eval();
        var before = layer.State()["weight_u"].ToArray<float>();

        // when
        _ = layer.Forward(X);

        // then
        Assert.Equal(before, layer.State()["weight_u"].ToArray<float>());
        layer.Train();
        _ = layer.Forward(X);
        Assert.NotEqual(before, layer.State()["weight_u"].ToArray<float>());
    }

    [Fact]
    public void A_parameter_that_is_not_there_is_refused()
    {
        // given, when
        var name = Assert.Throws<GradusException>(static () => WeightNorm.Apply(new Linear(3, 2), "wait"));
        var norm = Assert.Throws<GradusException>(static () => SpectralNorm.Remove(new Linear(3, 2)));

        // then
        Assert.Equal("Linear: it has no parameter wait; there are weight, bias.", name.Message);
        Assert.Equal("spectralNorm: weight of Linear is not normalized.", norm.Message);
    }
}
