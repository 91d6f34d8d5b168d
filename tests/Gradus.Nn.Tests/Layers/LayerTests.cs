namespace Gradus.Nn.Tests.Layers;

public class LayerTests
{
    public static TheoryData<string> Names => [.. ModuleSpec.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_layer_gives_the_shape_it_should_and_prints_as_one_would_type_it(string name)
    {
        // given
        var spec = ModuleSpec.All[name];
        var layer = spec.Make();

        // when
        var output = layer.Forward(Tensor.Ones(spec.Input));

        // then
        Assert.Equal(spec.Output, output.Shape);
        Assert.Equal(DType.Float32, output.DType);
        Assert.Equal(spec.Text, layer.ToString());
    }

    [Theory, MemberData(nameof(Names))]
    public void Gradients_through_input_and_parameters_agree_with_finite_differences(string name)
    {
        // given
        var spec = ModuleSpec.All[name];
        var layer = spec.Make();
        layer.Initialize(1);
        layer.To(DType.Float64);
        layer.Eval();
        var x = (Tensor.Rand(spec.Input, DType.Float64, new Generator(1)) - 0.5).Detach().RequireGrad();

        // when
        var report = GradientCheck.Run(() => layer.Forward(x), [x, .. layer.Parameters().Select(static parameter => parameter.Value)]);

        // then
        Assert.True(report.IsRight, report.ToString());
    }

    [Theory, MemberData(nameof(Names))]
    public void A_layer_with_the_state_of_another_does_the_same(string name)
    {
        // given
        var spec = ModuleSpec.All[name];
        Module<Tensor, Tensor> from = spec.Make(), to = spec.Make();
        var x = Tensor.Randn(spec.Input, generator: new Generator(2));

        // when
        to.LoadState(from.State());
        from.Eval();
        to.Eval();

        // then
        Assert.Equal(from.Forward(x).ToArray<float>(), to.Forward(x).ToArray<float>());
    }

    [Fact]
    public void Dropout_drops_in_training_only_and_from_a_stream_of_its_own()
    {
        // given
        Sequential first = new(new Dropout(0.5), new Dropout(0.5)), second = new(new Dropout(0.5), new Dropout(0.5));
        first.Initialize(3);
        second.Initialize(3);
        var x = Tensor.Ones([1000]);

        // when
        var trained = first.Forward(x).ToArray<float>();
        Tensor.Rand([5]);

        // then
        Assert.Equal(trained, second.Forward(x).ToArray<float>());
        Assert.InRange(trained.Count(static value => value == 0), 650, 850);
        Assert.NotEqual(trained, first.Forward(x).ToArray<float>());
        first.Eval();
        Assert.Equal(x.ToArray<float>(), first.Forward(x).ToArray<float>());
    }

    [Fact]
    public void Sizes_and_probabilities_out_of_range_are_refused()
    {
        // given
        Action[] acts = [static () => _ = new Linear(0, 3), static () => _ = new Dropout(1)];

        // when
        var messages = acts.Select(static act => Assert.Throws<GradusException>(act).Message);

        // then
        Assert.Equal(["linear: 0 → 3; both sizes must be at least 1.", "dropout: probability 1 is outside [0, 1)."], messages);
    }
}
