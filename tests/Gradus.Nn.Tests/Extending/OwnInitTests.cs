namespace Gradus.Nn.Tests.Extending;

public class OwnInitTests
{
    [Fact]
    public void A_seed_gives_the_same_values_whatever_was_drawn_before_and_where_the_size_is_learnt()
    {
        // given
        Linear known = new(4, 3, init: new Signs(2)), learnt = new(3, init: new Signs(2));
        Generator.Default.Position++;

        // when
        foreach (var layer in new[] { known, learnt }) layer.Initialize(7);
        learnt.Forward(Tensor.Ones([1, 4]));

        // then: ±2/√4
        Assert.All(known.Weight.Value.ToArray<float>(), static value => Assert.Equal(1, Math.Abs(value)));
        Assert.Equal(known.Weight.Value.ToArray<float>(), learnt.Weight.Value.ToArray<float>());
    }

    [Fact]
    public void It_serves_in_training_and_a_state_is_saved_and_loaded()
    {
        // given
        Linear layer = new(4, 3, init: new Signs(1)), other = new(4, 3, init: new Signs(1));
        var optimizer = new Sgd(layer.Parameters(), 0.1);

        // when
        optimizer.Step(() => layer.Forward(Tensor.Ones([2, 4])).Square().Sum());
        other.LoadState(layer.State());

        // then
        Assert.Equal(layer.Weight.Value.ToArray<float>(), other.Weight.Value.ToArray<float>());
        Assert.Equal(new Signs(1), new Signs(1));
    }

    [Fact]
    public void Values_that_an_initialization_keeps_are_copied()
    {
        // given
        var values = Tensor.Of(1f, 2f);
        Parameter first = new([2], new Given(values)), second = new([2], new Given(values));

        // when
        first.Value.Detach().CopyFrom(Tensor.Of(5f, 5f));

        // then
        Assert.Equal([1f, 2f], second.Value.ToArray<float>());
        Assert.Null(values.Node);
    }

    [Fact]
    public void Values_of_another_element_type_become_the_parameter_s()
    {
        // given
        var layer = new Linear(2, 1, bias: false, init: new Given(Tensor.Of(1.5, 2.5).Reshape(1, 2)));

        // when
        layer.To(DType.BFloat16);

        // then
        Assert.Equal(DType.BFloat16, layer.Weight.Value.DType);
        Assert.Equal(4, layer.Weight.Value.Sum().Item());
    }

    [Fact]
    public void Values_of_another_shape_are_an_error_that_names_the_parameter()
    {
        // given
        var net = new Sequential(new Linear(2, 3, init: new Given(Tensor.Of(1f, 2f))));

        // when
        var error = Assert.Throws<GradusException>(() => net.Initialize(1));
        var nothing = Assert.Throws<GradusException>(() => new Parameter([2], new Given(null!)).Value);

        // then
        Assert.Equal("init: Given gave f32[2] for 0.weight, expected [3,2]. Create is to give the shape it is asked for.", error.Message);
        Assert.Equal("init: Given gave null for Parameter [2], expected [2]. Create is to give the shape it is asked for.", nothing.Message);
    }

    private sealed record Signs(double Scale) : Init
    {
        public override Tensor Create(Shape shape, Generator generator) =>
            (Tensor.Rand(shape, DType.Float32, generator) - 0.5).Sign() * (Scale / Math.Sqrt(FanIn(shape)));
    }

    private sealed record Given(Tensor Values) : Init
    {
        public override Tensor Create(Shape shape, Generator generator) => Values;

        public override string ToString() => "Given";
    }
}
